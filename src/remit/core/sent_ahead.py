"""Statements of a write that go to PostgreSQL one behind the other, without waiting for each answer.

While PostgreSQL carries out one, Python makes the next. They keep their order and their transaction, and
PostgreSQL does nothing of what comes behind an error: a write still happens whole or not at all. An error is
told where the next answer is read, and at the latest with the commit.

Only what `asked_often` and `written_often` make goes so. Any other statement waits first until all that was
sent is answered, and goes as ever. On SQLite, and outside of writes, nothing is sent ahead.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from typing import Any, Final

from django.db import Error, connections
from django.db.backends.base.base import BaseDatabaseWrapper

_DATABASE: Final = "default"
Rows = list[tuple[Any, ...]]
Read = Callable[[], Rows]
"""Waits for the rows of an answer."""
_ENDS: Final = "RELEASE SAVEPOINT"
_UNDOES: Final = "ROLLBACK TO SAVEPOINT"
_here = threading.local()


class Line:
    """What was sent in the write that is open.

    Attributes:
        connection: to which it goes.
        is_open: whether something may be under way.
    """

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        """Nothing is sent yet."""
        self.connection: Any = connection
        self.is_open = False
        self._pipeline: Any = None
        self._entered: AbstractContextManager[Any] | None = None
        self._is_ours = False
        self._comes_in_chunks = False
        self._foreseen: dict[Hashable, tuple[str, Read]] = {}
        self._keys: dict[Hashable, Callable[[], int]] = {}

    def send(self, sql: str, values: Sequence[object], *, changes: str = "") -> Any:  # noqa: ANN401 (Django's)
        """Send a statement; its cursor, from which the answer is read.

        Args:
            sql: with a place for each value.
            values: as the database takes them.
            changes: the table whose rows become others: what was asked ahead of it is forgotten.
        """
        if changes:
            self._forget(f'"{changes}"')
        if not self.is_open and not self._comes_in_chunks:
            self._enter()
        cursor = self.connection.cursor()
        self._is_ours = True
        try:
            cursor.execute(sql, values)
        except Error as error:
            self._undo(error)
            raise
        finally:
            self._is_ours = False
        return cursor

    def read(self, cursor: Any) -> Rows:  # noqa: ANN401 (Django's)
        """The rows of an answer.

        Raises:
            Error: the database refused the statement, or one that was sent before it.
        """
        try:
            return cursor.fetchall()  # type: ignore[no-any-return]  # of a cursor
        except Error as error:
            self._undo(error)
            raise
        finally:
            cursor.close()

    def count(self, cursor: Any) -> int:  # noqa: ANN401 (Django's)
        """The number of rows that a statement changed.

        Raises:
            Error: as above.
        """
        self._waited(self._pipeline.sync)
        return int(cursor.rowcount)

    def settle(self) -> None:
        """Wait until all that was sent is answered.

        Raises:
            Error: the database refused something of it.
        """
        self._waited(self._leave)

    def foresee(self, question: Hashable, sql: str, read: Read) -> None:
        """Keep a question that was sent, until it is put, or until something changes in what it asks."""
        self._foreseen[question] = sql, read

    def foreseen(self, question: Hashable) -> Read | None:
        """What was kept of it, once."""
        kept = self._foreseen.pop(question, None)
        return kept[1] if kept else None

    def keep_key(self, model: Hashable, key: Callable[[], int]) -> None:
        """Keep the key of a row that comes."""
        self._keys[model] = key

    def key_for(self, model: Hashable) -> int | None:
        """The key that was kept for a row, once."""
        key = self._keys.pop(model, None)
        return key() if key else None

    def _enter(self) -> None:
        entered = self.connection.connection.pipeline()
        self._pipeline = entered.__enter__()
        self._entered, self.is_open = entered, True

    def _leave(self) -> None:
        if self._entered is None:
            return
        entered, self._entered, self.is_open = self._entered, None, False
        entered.__exit__(None, None, None)

    def around(self, execute: Callable[..., Any], sql: str, *said: Any) -> Any:  # noqa: ANN401 (Django's)
        """Around each statement. One that somebody else puts finds all answered, and may change anything.

        Rows that are fetched in chunks can't be fetched between others: then no more is sent ahead.
        """
        if not self._is_ours:
            self._comes_in_chunks |= hasattr(said[-1]["cursor"].cursor, "name")
            self._foreseen.clear()
            if sql.startswith(_ENDS):  # an inner `atomic`: what was sent in it is undone with it alone
                with self.connection.wrap_database_errors:
                    self._leave()
            elif sql.startswith(_UNDOES):
                with suppress(Error), self.connection.wrap_database_errors:
                    self._leave()
            else:
                self.settle()
        return execute(sql, *said)

    def _forget(self, table: str) -> None:
        if any(table in sql for sql, _ in self._foreseen.values()):
            kept = self._foreseen.items()
            self._foreseen = {question: (sql, read) for question, (sql, read) in kept if table not in sql}

    def _waited(self, wait: Callable[[], object]) -> None:
        try:
            with self.connection.wrap_database_errors:
                wait()
        except Error as error:
            self._undo(error)
            raise

    def _undo(self, error: Error) -> None:
        """Nothing of the write is kept, whoever catches the error."""
        if self.connection.in_atomic_block:
            self.connection.needs_rollback = True
            self.connection.rollback_exc = error


def line() -> Line | None:
    """Of the write that is open; None on SQLite, and outside of writes."""
    return getattr(_here, "line", None)


def line_that_is_open() -> Line | None:
    """The same, where something may be under way: what is waited for goes behind it, or else as ever."""
    mine = line()
    return mine if mine is not None and mine.is_open else None


@contextmanager
def sent_ahead() -> Iterator[None]:
    """Around the transaction of a write: in it statements may be sent ahead."""
    connection = connections[_DATABASE]
    if connection.vendor != "postgresql":
        yield
        return
    _here.line = mine = Line(connection)
    connection.execute_wrappers.insert(0, mine.around)  # around all others
    try:
        yield
    finally:
        del _here.line
        connection.execute_wrappers.remove(mine.around)
        with suppress(Error):  # told where it mattered: with the commit
            mine.settle()


def settle() -> None:
    """Wait until all that was sent in the write that is open is answered.

    Raises:
        Error: the database refused something of it.
    """
    mine = line()
    if mine is not None:
        mine.settle()
