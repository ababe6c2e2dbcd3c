"""Reading every row of a database as it was at one moment, while others go on writing.

SQLite in WAL mode shows a reader the database as it was when its transaction began, and no writer waits for
it; on PostgreSQL a transaction of REPEATABLE READ does the same. Rows come in the order of their keys, and a
few thousand at a time, however many there are.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any, Final, Protocol

from django.db import OperationalError, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from remit.keeping.tables import Column, Kind, Migration, Table, applied, database_trouble
from remit.keeping.values import (
    FROM_POSTGRESQL,
    FROM_SQLITE,
    IN_SQL_OF_POSTGRESQL,
    CantHold,
    Row,
    turned,
    turns,
)
from remit_engine.errors import InputError

_AT_ONCE: Final = 2_000
_SECONDS: Final = 20


class Rows(Protocol):
    """A database to read from, at one moment."""

    vendor: str
    version: str

    def applied(self) -> list[Migration]:
        """The migrations that were applied, sorted."""

    def rows(self, table: Table) -> Iterator[Row]:
        """Every row of a table, in the order of its key."""

    def last_number(self, table: Table) -> int:
        """The highest number that was ever given to a row of a table that counts; 0 for none."""


@contextmanager
def snapshot() -> Iterator[Rows]:
    """The database of the settings, as it is now, for as long as this lasts.

    Raises:
        InputError: it can't be reached.
    """
    if connection.vendor == "sqlite":
        with _sqlite_snapshot(str(connection.settings_dict["NAME"])) as rows:
            yield rows
        return
    try:
        own = connections.create_connection("default")
        own.connect()
    except OperationalError as error:
        raise _unreachable(database_trouble(error)) from error
    with closing(own), own.cursor() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield RowsOfPostgresql(own)
        cursor.execute("COMMIT")


def rows_within(database: BaseDatabaseWrapper) -> Rows:
    """What an open transaction of PostgreSQL sees, or what is committed in a file of SQLite."""
    if database.vendor == "sqlite":
        return RowsOfSqlite(_opened(str(database.settings_dict["NAME"])))
    return RowsOfPostgresql(database)


class RowsOfSqlite:
    """A file of SQLite."""

    vendor = "sqlite"

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self.version = sqlite3.sqlite_version

    def applied(self) -> list[Migration]:
        """The migrations that were applied, sorted."""
        question = "SELECT app, name FROM django_migrations"
        try:
            return sorted((app, name) for app, name in self._database.execute(question))
        except sqlite3.OperationalError:
            return []

    def rows(self, table: Table) -> Iterator[Row]:
        """Every row of a table, in the order of its key."""
        names = ", ".join(f'"{column.name}"' for column in table.columns)
        question = f'SELECT {names} FROM "{table.name}" ORDER BY "{table.key.name}"'  # noqa: S608 (names of ours)  # nosec B608
        # Closed with the database: one that is left in the middle is looked at again only after that.
        cursor = self._database.cursor()
        cursor.arraysize = _AT_ONCE
        cursor.execute(question)
        yield from _turned(cursor, table, turns(table.columns, FROM_SQLITE))

    def last_number(self, table: Table) -> int:
        """The highest number that was ever given to a row."""
        question = "SELECT seq FROM sqlite_sequence WHERE name = ?"
        found = self._database.execute(question, (table.name,)).fetchone()
        return int(found[0]) if found else 0


class RowsOfPostgresql:
    """An open transaction of PostgreSQL."""

    vendor = "postgresql"

    def __init__(self, database: BaseDatabaseWrapper) -> None:
        self._database = database
        with database.cursor() as cursor:
            cursor.execute("SHOW server_version")
            self.version = str(cursor.fetchone()[0])

    def applied(self) -> list[Migration]:
        """The migrations that were applied, sorted."""
        return applied(self._database)

    def rows(self, table: Table) -> Iterator[Row]:
        """Every row of a table, in the order of its key."""
        names = ", ".join(_asked_for(column) for column in table.columns)
        order = f'"{table.key.name}"' + (' COLLATE "C"' if table.key.kind == Kind.TEXT else "")
        # A cursor of the server's own, whatever the settings say of cursors that outlive a transaction.
        with self._database.connection.cursor(name=f"keeping_{table.name}"[:63]) as cursor:
            cursor.itersize = _AT_ONCE
            cursor.arraysize = _AT_ONCE
            cursor.execute(f'SELECT {names} FROM "{table.name}" ORDER BY {order}')  # noqa: S608 (names of our own tables)  # nosec B608
            yield from _turned(cursor, table, turns(table.columns, FROM_POSTGRESQL))

    def last_number(self, table: Table) -> int:
        """The highest number that was ever given to a row."""
        with self._database.cursor() as cursor:
            cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [f'"{table.name}"', table.key.name])
            sequence = cursor.fetchone()[0]
            if sequence is None:
                return 0
            cursor.execute(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}")  # noqa: S608 (names of our own tables)  # nosec B608
            return int(cursor.fetchone()[0])


@contextmanager
def _sqlite_snapshot(name: str) -> Iterator[Rows]:
    try:
        database = _opened(name)
        database.execute("BEGIN")
        database.execute("SELECT count(*) FROM sqlite_master").fetchone()  # from here on, nothing changes
    except sqlite3.Error as error:
        raise _unreachable(str(error)) from error
    with closing(database):
        yield RowsOfSqlite(database)


def _opened(name: str) -> sqlite3.Connection:
    database = sqlite3.connect(
        f"file:{_quoted(name)}?mode=rw", uri=True, isolation_level=None, timeout=_SECONDS
    )
    database.execute("PRAGMA query_only=ON")
    return database


def _quoted(name: str) -> str:
    return name.replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def _asked_for(column: Column) -> str:
    return IN_SQL_OF_POSTGRESQL.get(column.kind, '"{}"').format(column.name)


def _turned(cursor: Any, table: Table, how: Any) -> Iterator[Row]:  # noqa: ANN401 (two drivers)
    while some := cursor.fetchmany():
        for values in some:
            row = list(values)
            try:
                yield turned(row, how) if how else row
            except CantHold as error:
                raise InputError(
                    "odd-value",
                    f"{table.name}.{table.columns[error.place].name} holds what it can't: {error.why}.",
                    "Somebody wrote it there by hand; mend it there first.",
                ) from error


def _unreachable(why: str) -> InputError:
    return InputError(
        "no-database", f"The database can't be read: {why}.", "Look at REMIT_DATA and DATABASE_URL."
    )
