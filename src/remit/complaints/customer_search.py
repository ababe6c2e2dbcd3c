"""The index behind the search of customers: the words of their names, and of their mail before the @.

On PostgreSQL an index over an expression, which nothing has to keep right; on SQLite an FTS5 table with
triggers. Both find beginnings of words: the middle of one can be found by reading all customers alone.
"""

from __future__ import annotations

import re
from typing import Final

from django.db import connection
from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

TABLE: Final = "complaints_customer_search"
"""The FTS5 table, and the name of the index on PostgreSQL."""
MAIL_INDEX: Final = "complaints_customer_mail_begins"
"""On PostgreSQL: how a mail address begins. SQLite uses the index of whole addresses for that, too."""
_CUSTOMERS: Final = "complaints_customer"
_MOST_WORDS: Final = 6
_TOKENS: Final = "unicode61 remove_diacritics 0"  # as PostgreSQL does: ü is no u
_WORD: Final = re.compile(r"[^\W_]+")
_BETWEEN: Final = """.,:;!?@_+-/\\\\()&"''`´’"""
"""What stands between words; doubled where SQL wants it."""
_WORDS_ON_POSTGRES: Final = (
    f"to_tsvector('simple', translate({_CUSTOMERS}.name || ' ' || split_part({_CUSTOMERS}.email, '@', 1), "
    f"E'{_BETWEEN}', '{' ' * (len(_BETWEEN) - 2)}'))"
)
_WORDS_ON_SQLITE: Final = "{row}name || ' ' || substr({row}email, 1, instr({row}email || '@', '@') - 1)"


def triggers() -> list[tuple[str, str]]:
    """Name and table of every trigger that has to be there."""
    if connection.vendor == "postgresql":
        return []
    return [(f"{TABLE}_{when}", _CUSTOMERS) for when in ("insert", "update", "delete")]


def making() -> list[str]:
    """Statements that make it, from every customer that is there."""
    if connection.vendor == "postgresql":
        return [
            f"CREATE INDEX {TABLE} ON {_CUSTOMERS} USING gin ({_WORDS_ON_POSTGRES})",
            f"CREATE INDEX {MAIL_INDEX} ON {_CUSTOMERS} (lower(email) text_pattern_ops)",
        ]
    forget = f"DELETE FROM {TABLE} WHERE rowid = OLD.id;"  # noqa: S608 (names of our own tables)  # nosec B608
    keep = f"INSERT INTO {TABLE}(rowid, text) SELECT NEW.id, {_WORDS_ON_SQLITE.format(row='NEW.')};"
    when = "WHEN NEW.name IS NOT OLD.name OR NEW.email IS NOT OLD.email"
    return [
        f"CREATE VIRTUAL TABLE {TABLE} USING fts5(text, tokenize='{_TOKENS}', prefix='1 2 3')",
        f"INSERT INTO {TABLE}(rowid, text) SELECT id, {_WORDS_ON_SQLITE.format(row='')} FROM {_CUSTOMERS}",  # noqa: S608 (names of our own tables)  # nosec B608
        f"CREATE TRIGGER {TABLE}_insert AFTER INSERT ON {_CUSTOMERS} BEGIN {keep} END",
        f"CREATE TRIGGER {TABLE}_update AFTER UPDATE ON {_CUSTOMERS} {when} BEGIN {forget} {keep} END",
        f"CREATE TRIGGER {TABLE}_delete AFTER DELETE ON {_CUSTOMERS} BEGIN {forget} END",
    ]


def removing() -> list[str]:
    """Statements that take it away, where it is there."""
    if connection.vendor == "postgresql":
        return [f"DROP INDEX IF EXISTS {name}" for name in (TABLE, MAIL_INDEX)]
    return [
        *(f"DROP TRIGGER IF EXISTS {name}" for name, _ in triggers()),
        f"DROP TABLE IF EXISTS {TABLE}",
    ]


def begins_words(text: str) -> RawSQL | None:
    """Whether words of a customer begin with these, as a condition on its row; None where there are none."""
    words = _WORD.findall(text.lower())[:_MOST_WORDS]
    if not words:
        return None
    if connection.vendor == "postgresql":
        asked = " & ".join(f"'{word}':*" for word in words)
        return RawSQL(f"{_WORDS_ON_POSTGRES} @@ to_tsquery('simple', %s)", [asked], BooleanField())  # noqa: S611 (the words are a parameter)  # nosec B611
    asked = " ".join(f'"{word}"*' for word in words)
    found = f"{_CUSTOMERS}.id IN (SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s)"  # noqa: S608 (names of our own tables)  # nosec B608
    return RawSQL(found, [asked], BooleanField())  # noqa: S611 (the words are a parameter)  # nosec B611
