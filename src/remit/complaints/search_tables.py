"""The tables behind the search, kept right by triggers, so that no writer can forget.

One document a complaint: its number, title, what was sought, its customer, its order, and all that was said.
On SQLite an FTS5 table with trigrams, which finds parts of words too; on PostgreSQL a `tsvector` in the
simple configuration, which finds beginnings of words.
"""

from __future__ import annotations

from typing import Final

from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from remit.complaints import customer_search

TABLE: Final = "complaints_search"

_TEXT: Final = """
    'C-' || c.number || ' ' || c.title || ' ' || c.sought
    || COALESCE(' ' || k.name || ' ' || k.email || ' ' || k.phone, '')
    || COALESCE(' ' || o.number || ' ' || o.summary, '')
    || COALESCE(' ' || ({messages}), '')
"""
_FROM: Final = """
    FROM complaints_complaint c
    LEFT JOIN complaints_customer k ON k.id = c.customer_id
    LEFT JOIN complaints_order o ON o.id = c.order_id
"""
_MESSAGES: Final = "SELECT {joined} FROM complaints_message m WHERE m.complaint_id = c.id"
_LONGEST: Final = 200_000  # letters of a document; what stands behind isn't found

_WORKED: Final = 2
"""Changes from which on a merge did something: https://sqlite.org/fts5.html#the_merge_command"""

# When a row of these tables changes so, the documents of these complaints are made anew.
_WATCHED: Final = (
    (
        "complaint",
        "complaints_complaint",
        ("number", "title", "sought", "customer_id", "order_id"),
        "= {row}.id",
    ),
    ("message", "complaints_message", ("text", "complaint_id"), "= {row}.complaint_id"),
    (
        "customer",
        "complaints_customer",
        ("name", "email", "phone"),
        "IN (SELECT id FROM complaints_complaint WHERE customer_id = {row}.id)",
    ),
    (
        "order",
        "complaints_order",
        ("number", "summary"),
        "IN (SELECT id FROM complaints_complaint WHERE order_id = {row}.id)",
    ),
)


def install(editor: BaseDatabaseSchemaEditor) -> None:
    """Make the tables and triggers, and a document for every complaint that is there."""
    statements = _on_postgres() if editor.connection.vendor == "postgresql" else _on_sqlite()
    with editor.connection.cursor() as cursor:
        for statement in [*statements, *customer_search.making()]:
            cursor.execute(statement)


def remove(editor: BaseDatabaseSchemaEditor) -> None:
    """Take all of it away."""
    is_postgres = editor.connection.vendor == "postgresql"
    with editor.connection.cursor() as cursor:
        for name, table in _own_triggers():
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}" + (f" ON {table}" if is_postgres else ""))
        if is_postgres:
            for name, *_ in _WATCHED:
                cursor.execute(f"DROP FUNCTION IF EXISTS {TABLE}_of_{name}()")
        for statement in [f"DROP TABLE IF EXISTS {TABLE}", *customer_search.removing()]:
            cursor.execute(statement)


def trigger_names() -> list[tuple[str, str]]:
    """Name and table of every trigger that has to be there."""
    return _own_triggers() + customer_search.triggers()


def _own_triggers() -> list[tuple[str, str]]:
    return [
        (f"{TABLE}_{name}_{when}", table)
        for name, table, *_ in _WATCHED
        for when in ("insert", "update", "delete")
        if (name, when) not in {("customer", "insert"), ("order", "insert")}
    ]


def _on_sqlite() -> list[str]:
    messages = _MESSAGES.format(joined="group_concat(m.text, ' ')")
    document = f"SELECT c.id, substr({_TEXT.format(messages=messages)}, 1, {_LONGEST}) {_FROM}"
    insert = f"INSERT INTO {TABLE}(rowid, text) {document}"
    made = [
        f"CREATE VIRTUAL TABLE {TABLE} USING fts5(text, tokenize='trigram')",
        insert,
    ]
    for name, table in _own_triggers():
        watched, when = name.removeprefix(f"{TABLE}_").rsplit("_", 1)
        columns, where = next((columns, where) for w, _, columns, where in _WATCHED if w == watched)
        row = "OLD" if when == "delete" else "NEW"
        changed = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in columns)
        rows = [where.format(row=row)]
        if when == "update" and watched == "message":
            rows = ["IN (NEW.complaint_id, OLD.complaint_id)"]
        body = "".join(
            f"DELETE FROM {TABLE} WHERE rowid {one}; {insert} WHERE c.id {one};"  # noqa: S608 (the names of our own tables alone)  # nosec B608
            for one in rows
        )
        only = f" WHEN {changed}" if when == "update" else ""
        made.append(
            f"CREATE TRIGGER {name} AFTER {when.upper()} ON {table} FOR EACH ROW{only} BEGIN {body} END"
        )
    return made


def _on_postgres() -> list[str]:
    messages = _MESSAGES.format(joined="string_agg(m.text, ' ')")
    # Without places: nothing asks for words beside each other, and most documents then fit into their row.
    text = f"strip(to_tsvector('simple', left({_TEXT.format(messages=messages)}, {_LONGEST})))"
    insert = (
        f"INSERT INTO {TABLE}(complaint_id, words) SELECT c.id, {text} {_FROM} {{where}} "  # nosec B608  # the names of our own tables alone
        "ON CONFLICT (complaint_id) DO UPDATE SET words = excluded.words"
    )
    made = [
        f"CREATE TABLE {TABLE} (complaint_id bigint PRIMARY KEY, words tsvector NOT NULL)",
        insert.format(where=""),
        f"CREATE INDEX {TABLE}_words ON {TABLE} USING gin (words)",
    ]
    for name, _, _, where in _WATCHED:
        steps = [insert.format(where=f"WHERE c.id {where.format(row='one')}") + ";"]
        if name == "complaint":
            steps.insert(0, f"DELETE FROM {TABLE} WHERE TG_OP = 'DELETE' AND complaint_id = one.id;")  # noqa: S608 (the names of our own tables alone)  # nosec B608
        if name == "message":
            steps.append(
                "IF TG_OP = 'UPDATE' THEN one := OLD; "
                + insert.format(where=f"WHERE c.id {where.format(row='one')}")
                + "; END IF;"
            )
        made.append(
            f"CREATE FUNCTION {TABLE}_of_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
            "DECLARE one record; BEGIN "
            "IF TG_OP = 'DELETE' THEN one := OLD; ELSE one := NEW; END IF; "
            f"{' '.join(steps)} RETURN NULL; END $$"
        )
    for name, table in _own_triggers():
        watched, when = name.removeprefix(f"{TABLE}_").rsplit("_", 1)
        columns = next(columns for w, _, columns, _ in _WATCHED if w == watched)
        changed = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in columns)
        only = f" WHEN ({changed})" if when == "update" else ""
        made.append(
            f"CREATE TRIGGER {name} AFTER {when.upper()} ON {table} FOR EACH ROW{only} "
            f"EXECUTE FUNCTION {TABLE}_of_{watched}()"
        )
    return made


def forget_old_words(pages: int = 500, *, begins: bool = False) -> bool:
    """Take words that were deleted out of the index for good: some pages of it, in a write of the caller.

    SQLite's index only marks what was deleted, until its parts are merged into one; PostgreSQL cleans up by
    itself, with autovacuum.

    Args:
        pages: of the index, merged at a time.
        begins: whether this is the first of several calls.

    Returns:
        whether there is more to do.
    """
    if connection.vendor != "sqlite":
        return False
    steps = -pages if begins else pages
    is_left = [_merged_on_sqlite(table, steps) for table in (TABLE, customer_search.TABLE)]
    return any(is_left)


def _merged_on_sqlite(table: str, pages: int) -> bool:
    """Merge some pages of an FTS5 table; whether there was something to merge."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT total_changes()")
        before = cursor.fetchone()[0]
        cursor.execute(f"INSERT INTO {table}({table}, rank) VALUES ('merge', %s)", [pages])  # noqa: S608  # nosec B608  # the names of our own tables alone
        cursor.execute("SELECT total_changes()")
        return bool(cursor.fetchone()[0] - before >= _WORKED)
