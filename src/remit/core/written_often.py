"""Rows that are written with every decision: their SQL is made once, and then only the values change.

The counterpart of `asked_often`: `save()` and `update()` make the same statement again and again, which takes
Python longer than the database needs to carry it out.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache, partial
from typing import Any, Final, TypeVar

from django.db import connections, transaction
from django.db.models import Field, Model, QuerySet
from django.db.models.sql import InsertQuery, UpdateQuery

from remit.core.asked_often import Slot, filled, need_values
from remit.core.sent_ahead import Line, Read, line, line_that_is_open

_DATABASE: Final = "default"
_MOST_VALUES: Final = 20_000
"""In one statement; SQLite takes 32,766, PostgreSQL 65,535."""
_M = TypeVar("_M", bound=Model)
Change = tuple[QuerySet[Any], dict[str, Any]]
"""Rows, and what each of their columns becomes."""


def insert(row: _M) -> _M:
    """Insert a new row as its `save()` would, with SQL that was made once for its model.

    Args:
        row: of a model whose key the database gives, and which isn't there yet.

    Returns:
        the same row, with its key.

    Raises:
        IntegrityError: the database refuses it. Where its key was drawn before, that is told later in the
            write, which is undone then.
    """
    mine = line()
    key = mine.key_for(type(row)) if mine is not None else None
    if mine is None or key is None:
        insert_all([row])
    else:
        row.pk = key
        mine.send(*_said([row], _Keys.DRAWN), changes=_table_of(row))
    return row


def insert_all(rows: Sequence[Model]) -> None:
    """The same for rows of one model, many with one statement; for none nothing is done.

    Raises:
        IntegrityError: the database refuses one of them; the write is undone then.
    """
    for some in _in_statements(rows):
        statement = _said(some, _Keys.ASKED)
        mine = line_that_is_open()
        if mine is not None:
            keys = mine.read(mine.send(*statement, changes=_table_of(some[0])))
        else:
            with transaction.mark_for_rollback_on_error(_DATABASE), connections[_DATABASE].cursor() as cursor:
                cursor.execute(*statement)
                keys = cursor.fetchall()
        for row, (key,) in zip(some, keys, strict=True):
            row.pk = key


def insert_unseen(rows: Sequence[Model]) -> None:
    """The same for rows whose keys nobody needs: in a write on PostgreSQL they stay without.

    Raises:
        IntegrityError: as above; in a write on PostgreSQL it is told later, and undoes the write.
    """
    mine = line()
    if mine is None:
        insert_all(rows)
        return
    for some in _in_statements(rows):
        mine.send(*_said(some, _Keys.UNSEEN), changes=_table_of(some[0]))


def draw_keys(*models: type[Model]) -> None:
    """Draw the key of one row of each of these models, which the write that is open will insert.

    So on PostgreSQL what points to such a row can be sent before the row is there. A key that isn't used is
    never given again, as that of a row whose write was undone. Elsewhere nothing is done.
    """
    mine = line()
    if mine is None:
        return
    read = cache(partial(mine.read, mine.send(_drawing(models), ())))
    for at, model in enumerate(models):
        mine.keep_key(model, partial(_key_at, read, at))


def _key_at(read: Read, at: int) -> int:
    [keys] = read()
    return int(keys[at])


@cache
def _drawing(models: Sequence[type[Model]]) -> str:
    tables = ((meta.db_table, meta.pk.column) for meta in (model._meta for model in models))  # noqa: SLF001
    sequences = (f"pg_get_serial_sequence('\"{table}\"', '{column}')" for table, column in tables)
    return f"SELECT {', '.join(f'nextval({sequence})' for sequence in sequences)}"


class _Keys(Enum):
    """Where the keys of new rows come from, and whether they are given back."""

    ASKED = "asked"
    UNSEEN = "unseen"
    DRAWN = "drawn"


def _table_of(row: Model) -> str:
    return row._meta.db_table  # noqa: SLF001 (the way to the table of a model)


def _in_statements(rows: Sequence[Model]) -> Iterator[Sequence[Model]]:
    """Rows by the statement that inserts them: no database takes any number of values at once."""
    most = _MOST_VALUES // len(rows[0]._meta.local_concrete_fields) if rows else 1  # noqa: SLF001 (its fields)
    return (rows[at : at + most] for at in range(0, len(rows), most))


def _said(rows: Sequence[Model], keys: _Keys) -> tuple[str, list[Any]]:
    """The statement that inserts rows, and its values."""
    connection = connections[_DATABASE]
    fields, sql = _inserting(type(rows[0]), len(rows), connection.vendor, keys)
    values = [
        field.get_db_prep_save(field.pre_save(row, True), connection)  # noqa: FBT003 (how Django asks)
        for row in rows
        for field in fields
    ]
    for row in rows:
        row._state.adding, row._state.db = False, _DATABASE  # noqa: SLF001 (what save() leaves behind)
    return sql, values


@cache
def _inserting(
    model: type[Model], count: int, _vendor: str, keys: _Keys
) -> tuple[list[Field[Any, Any]], str]:
    """The fields of a model that are written, and the statement that takes their values, for so many rows."""
    meta = model._meta  # noqa: SLF001 (the way to a model's fields)
    left_out = None if keys is _Keys.DRAWN else meta.pk
    fields = [each for each in meta.local_concrete_fields if each is not left_out and not each.generated]
    query = InsertQuery(model)
    query.insert_values(fields, [model()], raw=True)
    compiler = query.get_compiler(using=_DATABASE)
    compiler.returning_fields = [meta.pk] if keys is _Keys.ASKED else []
    [(sql, _)] = compiler.as_sql()
    one = f"({', '.join(['%s'] * len(fields))})"
    if sql.count(one) != 1:
        raise TypeError(f"{model.__name__} can't be inserted often: {sql}")
    return fields, sql.replace(one, ", ".join([one] * count))


class Changing:
    """An update that is made by calling it with its values."""

    def __init__(self, say: Callable[..., Change], kinds: dict[str, Field[Any, Any]]) -> None:
        """Say it once it is made for the first time.

        Args:
            say: gives the rows and what becomes of them, with a slot in place of each value.
            kinds: the field of each value, by its name.
        """
        self.__doc__ = say.__doc__
        self.__name__ = say.__name__
        self._say = say
        self._slots = {name: Slot(name, kind) for name, kind in kinds.items()}
        self._made: dict[str, _Update] = {}
        self._making = threading.Lock()

    def __call__(self, **values: Any) -> int:  # noqa: ANN401 (what a field takes)
        """Make it.

        Returns:
            the number of rows that it changed.

        Raises:
            TypeError: a value is missing, or there is no slot for one.
        """
        mine = line_that_is_open()
        if mine is not None:
            return mine.count(self._sent(values, mine))
        update = self._update(values)
        connection = connections[_DATABASE]
        with transaction.mark_for_rollback_on_error(_DATABASE), connection.cursor() as cursor:
            cursor.execute(update.sql, filled(update.places, values, connection))
            return int(cursor.rowcount)

    def unseen(self, **values: Any) -> None:  # noqa: ANN401
        """Make it where nobody needs to know how many rows it changed.

        In a write on PostgreSQL no answer is waited for; what the database refuses is told later.

        Raises:
            TypeError: as above.
        """
        mine = line()
        if mine is None:
            self(**values)
        else:
            self._sent(values, mine)

    def _sent(self, values: dict[str, Any], to: Line) -> Any:  # noqa: ANN401 (Django's cursor)
        update = self._update(values)
        return to.send(update.sql, filled(update.places, values, to.connection), changes=update.table)

    def _update(self, values: dict[str, Any]) -> _Update:
        need_values(self.__name__, self._slots, values)
        vendor = connections[_DATABASE].vendor
        if vendor not in self._made:
            with self._making:
                self._made[vendor] = _updating(*self._say(**self._slots))
        return self._made[vendor]


def changed_often(**kinds: Field[Any, Any]) -> Callable[[Callable[..., Change]], Changing]:
    """Make the SQL of an update once: `@changed_often(account=BigIntegerField())` above what says it.

    The function is called once, with a slot for each value, and gives the rows and what becomes of them, as
    `update()` would take it.

    Args:
        kinds: the field of each value, by its name.

    Returns:
        what takes the values by their names, and gives the number of rows that it changed.
    """
    return lambda say: Changing(say, kinds)


@dataclass(frozen=True, slots=True)
class _Update:
    table: str
    sql: str
    places: tuple[Any, ...]


def _updating(rows: QuerySet[Any], becomes: dict[str, Any]) -> _Update:
    query: Any = rows.query.chain(UpdateQuery)
    query.add_update_values(becomes)
    sql, places = query.get_compiler(using=_DATABASE).as_sql()
    return _Update(rows.model._meta.db_table, sql, places)  # noqa: SLF001 (the way to the table of a model)
