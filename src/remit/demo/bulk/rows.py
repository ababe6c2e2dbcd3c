"""Rows that are made in memory, with their identifiers, and written many at once.

What is written may still change: the next writing writes what changed since. In between the rows of any table
may be added to by others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any, Final, TypeVar

from django.core.management.color import no_style
from django.db import connection
from django.db.models import DateField, Field, JSONField, Max, Model

_Row = TypeVar("_Row", bound=Model)
_AT_ONCE: Final = 4000


class Rows:
    """Keeps rows until they are written, and what they were then; a row may be changed at any time."""

    def __init__(self) -> None:
        self._rows: dict[type[Model], list[Model]] = {}
        self._last: dict[type[Model], int] = {}
        self._written: dict[type[Model], list[tuple[Model, tuple[Any, ...]]]] = {}

    def add(self, row: _Row) -> _Row:
        """Keep a row; it has its identifier from now on, unless its table has a key of another kind."""
        model = type(row)
        if model not in self._rows:
            self._rows[model] = []
            self._last[model] = _last_key(model) if _counts(model) else 0
        if _counts(model):
            self._last[model] += 1
            row.pk = self._last[model]
        self._rows[model].append(row)
        return row

    def write(self, told: Callable[[int, int], None]) -> None:
        """Write all rows, inside a write of the caller.

        Args:
            told: hears how many rows are written, and of how many.
        """
        self._write_changes()
        total, done = sum(map(len, self._rows.values())), 0
        for model, rows in self._rows.items():
            statement, values_of = _insert(model)
            for first in range(0, len(rows), _AT_ONCE):
                part = rows[first : first + _AT_ONCE]
                with connection.cursor() as cursor:
                    cursor.executemany(statement, [values_of(row) for row in part])
                done += len(part)
                told(done, total)
        models = [model for model in self._rows if _counts(model)]
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), models):
                cursor.execute(statement)
        for model, rows in self._rows.items():
            as_it_is = _as_it_is(model)
            self._written.setdefault(model, []).extend((row, as_it_is(row)) for row in rows)
        self._rows = {}

    def _write_changes(self) -> None:
        """Write what changed of rows since they were written."""
        for model, written in self._written.items():
            as_it_is = _as_it_is(model)
            changed = [place for place, (row, before) in enumerate(written) if as_it_is(row) != before]
            if changed:
                statement, values_of = _update(model)
                with connection.cursor() as cursor:
                    cursor.executemany(statement, [values_of(written[place][0]) for place in changed])
                for place in changed:
                    row = written[place][0]
                    written[place] = row, as_it_is(row)


def _insert(model: type[Model]) -> tuple[str, Callable[[Model], list[Any]]]:
    """The statement that writes a row of a table, and what gives its values."""
    fields = [field for field in model._meta.concrete_fields if not field.generated]  # noqa: SLF001
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608, SLF001 (names of our own tables and columns)  # nosec B608
    return statement, _prepared(fields)


def _update(model: type[Model]) -> tuple[str, Callable[[Model], list[Any]]]:
    """The statement that writes a row of a table once more, and what gives its values, its key last."""
    fields = [field for field in model._meta.concrete_fields if not field.generated and not field.primary_key]  # noqa: SLF001
    quote = connection.ops.quote_name
    columns = ", ".join(f"{quote(str(field.column))} = %s" for field in fields)
    key = model._meta.pk  # noqa: SLF001
    statement = f"UPDATE {quote(model._meta.db_table)} SET {columns} WHERE {quote(str(key.column))} = %s"  # noqa: S608, SLF001 (names of our own tables and columns)  # nosec B608
    return statement, _prepared([*fields, key])


def _as_it_is(model: type[Model]) -> Callable[[Model], tuple[Any, ...]]:
    """What gives the values of a row as they stand in memory, to see whether it changed."""
    fields = [field for field in model._meta.concrete_fields if not field.generated]  # noqa: SLF001
    values = attrgetter(*(field.attname for field in fields))
    return values if len(fields) > 1 else lambda row: (values(row),)


def _prepared(fields: Sequence[Field[Any, Any]]) -> Callable[[Model], list[Any]]:
    """What gives the values of a row as the database wants them."""
    values = attrgetter(*(field.attname for field in fields))
    prepared = [(at, field) for at, field in enumerate(fields) if _needs_preparing(field)]

    def values_of(row: Model) -> list[Any]:
        found = list(values(row))
        for at, field in prepared:
            found[at] = field.get_db_prep_save(found[at], connection)
        return found

    return values_of


def _needs_preparing(field: Field[Any, Any]) -> bool:
    """Whether the database wants a value of this field in another form than Python has it."""
    return isinstance(field, DateField | JSONField)


def _counts(model: type[Model]) -> bool:
    """Whether the rows of a table are numbered."""
    return model._meta.pk is not None and not model._meta.pk.is_relation  # noqa: SLF001


def _last_key(model: type[Model]) -> int:
    return model._default_manager.aggregate(last=Max("pk"))["last"] or 0  # noqa: SLF001
