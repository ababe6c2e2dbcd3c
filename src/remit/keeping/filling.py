"""Filling empty tables with the rows of a backup, on either database."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import zip_longest
from typing import Any, Final

from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.graph import MigrationGraph

from remit.complaints import search_tables
from remit.core.new_tables import making_new_tables
from remit.keeping.archive import Archive
from remit.keeping.manifest import Manifest, of_table
from remit.keeping.reading import rows_within
from remit.keeping.tables import Kind, Migration, Table, applied, database_trouble, known, tables_of
from remit.keeping.values import INTO_POSTGRESQL, INTO_SQLITE, CantHold, Row, Turn, row_of, turned, turns
from remit_engine.errors import InputError

Told = Callable[[str, float], None]
"""Hears what is being done, and how far it is: a share."""

_SEARCH: Final = ("complaints", "0002_search")


def need_tables_of(manifest: Manifest) -> dict[str, Table]:
    """The tables that a backup holds.

    Raises:
        InputError: it is of a newer version, or its tables aren't what their migrations make.
    """
    tables = tables_of(manifest.migrations)
    columns = {name: [column.name for column in table.columns] for name, table in tables.items()}
    if columns != manifest.columns:
        raise InputError(
            "other-tables",
            f"The tables of this backup aren't those of this version ({manifest.version} made it).",
            "Restore it with the version that made it.",
        )
    return tables


def fill(archive: Archive, tables: dict[str, Table], told: Told) -> None:
    """Make the tables of a backup in an empty database, put every row in, and see that each one is there.

    Args:
        archive: whose sums were looked at.
        tables: that it holds.
        told: hears how far it is.

    Raises:
        InputError: the database can't hold a value, or holds another one afterwards.
    """
    manifest = archive.manifest
    told("Making the tables", 0.0)
    executor = MigrationExecutor(connection)
    with making_new_tables():
        executor.migrate(_last_of(manifest.migrations, executor.loader.graph))
    total = max(manifest.rows, 1)
    with _without_search():
        done = 0
        with _all_rows():
            for table in tables.values():
                told("Rows", 0.1 + 0.5 * done / total)
                _fill_table(archive, table)
                done += manifest.part(of_table(table.name)).count
        _set_numbers(tables, manifest.numbers)
        told("Search", 0.6)
    done = 0
    for table in tables.values():
        told("Comparing row by row", 0.7 + 0.2 * done / total)
        _compare(archive, table)
        done += manifest.part(of_table(table.name)).count


def migrate_forward() -> bool:
    """Bring the tables to this version; whether they were of an older one."""
    if set(applied()) >= known():
        return False
    call_command("migrate", verbosity=0, interactive=False)
    return True


def _last_of(migrations: Sequence[Migration], graph: MigrationGraph) -> list[Migration]:
    """Those on which no other of them hangs: told of an earlier one, Django would go back to it."""
    return [each for each in migrations if graph.node_map[each].children.isdisjoint(migrations)]


def _fill_table(archive: Archive, table: Table) -> None:
    into = INTO_POSTGRESQL if connection.vendor == "postgresql" else INTO_SQLITE
    how = turns(table.columns, into)
    put = _copy if connection.vendor == "postgresql" else _insert
    try:
        with archive.part(of_table(table.name)) as lines:
            put(table, (_turned(row_of(line), table, how) for line in lines))
    except DatabaseError as error:
        if "disk is full" in str(error) or "disk I/O error" in str(error) or "No space left" in str(error):
            raise InputError(
                "disk-full",
                "There isn't enough room on the disk for what the backup holds. Nothing was changed.",
                "Make room, and try again.",
            ) from error
        raise InputError(
            "cannot-hold",
            f"The database can't hold what stands in {table.name}: {database_trouble(error)}.",
            "Mend that row where it comes from. Nothing was changed here.",
        ) from error


def _turned(row: Row, table: Table, how: Any) -> Row:  # noqa: ANN401
    key = row[table.columns.index(table.key)]
    try:
        return turned(row, how)
    except CantHold as error:
        name = table.columns[error.place].name
        raise InputError(
            "cannot-hold",
            f"{error.why}: it stands in {table.name}, row {key}, column {name}.",
            "Take it out there, and try again. Nothing was changed here.",
            table=table.name,
            row=key,
            column=name,
        ) from error


def _names(table: Table) -> str:
    return ", ".join(f'"{column.name}"' for column in table.columns)


def _insert(table: Table, rows: Iterator[Row]) -> None:
    places = ", ".join("?" * len(table.columns))
    statement = f'INSERT INTO "{table.name}" ({_names(table)}) VALUES ({places})'  # noqa: S608 (names of ours)  # nosec B608
    with connection.wrap_database_errors:
        connection.connection.executemany(statement, rows)


def _copy(table: Table, rows: Iterator[Row]) -> None:
    statement = f'COPY "{table.name}" ({_names(table)}) FROM STDIN'
    with (
        connection.wrap_database_errors,
        connection.connection.cursor() as cursor,
        cursor.copy(statement) as copy,
    ):
        for row in rows:
            copy.write_row(row)


@contextmanager
def _without_search() -> Iterator[None]:
    """Within this the search has no tables; they are made anew from the rows, far quicker than with each."""
    is_there = _SEARCH in applied()
    with connection.schema_editor() as editor:
        search_tables.remove(editor)
    yield
    if is_there:
        with connection.schema_editor() as editor:
            search_tables.install(editor)


@contextmanager
def _all_rows() -> Iterator[None]:
    """Within this, rows may name others that come later; behind it, all have to be there."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            yield
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # whatever was put off is looked at now
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        return
    database = connection.connection
    database.execute("PRAGMA foreign_keys=OFF")
    database.execute("BEGIN")
    yield
    database.execute("COMMIT")
    loose = database.execute("PRAGMA foreign_key_check").fetchone()
    if loose is not None:
        raise InputError(
            "loose-row",
            f"Row {loose[1]} of {loose[0]} names a row of {loose[2]} that isn't there.",
            "Mend that where the backup comes from. Nothing was changed here.",
        )
    database.execute("PRAGMA foreign_keys=ON")


def _set_numbers(tables: dict[str, Table], numbers: dict[str, int]) -> None:
    """Go on counting where the backup ended, also behind rows that were deleted."""
    with connection.cursor() as cursor:
        for name, last in numbers.items():
            if last:
                set_number(cursor, tables[name], last)


def set_number(cursor: Any, table: Table, last: int) -> None:  # noqa: ANN401 (Django's cursor)
    """The next row of a table gets the number behind this one."""
    if connection.vendor == "postgresql":
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [f'"{table.name}"', table.key.name, last]
        )
        return
    cursor.execute("UPDATE sqlite_sequence SET seq = %s WHERE name = %s", [last, table.name])
    cursor.execute(
        "INSERT INTO sqlite_sequence (name, seq) SELECT %s, %s WHERE changes() = 0", [table.name, last]
    )


def _compare(archive: Archive, table: Table) -> None:
    """See that every row of a backup stands in the database, and none besides."""
    said = turns(table.columns, _SAID)
    there = rows_within(connection)
    with archive.part(of_table(table.name)) as lines:
        for line, row in zip_longest(lines, there.rows(table)):
            if line is None or row is None or not _same(row_of(line), row, said):
                raise InputError(
                    "not-the-same",
                    f"A row of {table.name} isn't the same in the backup and in the database.",
                    "Nothing was changed here. Please report that to the project.",
                )


def _moment(value: str) -> datetime | str:
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return value


_SAID: Final[dict[Kind, Turn]] = {Kind.JSON: json.loads, Kind.MOMENT: _moment}
"""What a value says, where there are several ways to write it: PostgreSQL spells JSON anew, and moments too,
which somebody may have written into SQLite by hand."""


def _same(one: Row, other: Row, said: Sequence[tuple[int, Turn]]) -> bool:
    """Whether two rows are the same, by what their values say."""
    return one == other or turned(one, said) == turned(other, said)
