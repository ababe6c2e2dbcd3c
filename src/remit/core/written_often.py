"""Rows that are written with every decision: their SQL is made once, and then only the values change.

The counterpart of `asked_often`: `save()` and `update()` make the same statement again and again, which takes
Python longer than the database needs to carry it out.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, Final, TypeVar

from django.db import connections, transaction
from django.db.models import Field, Model, QuerySet
from django.db.models.sql import InsertQuery, UpdateQuery

from remit.core.asked_often import Slot, filled, need_values

_DATABASE: Final = "default"
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
        IntegrityError: the database refuses it.
    """
    insert_all([row])
    return row


def insert_all(rows: Sequence[Model]) -> None:
    """The same for some rows of one model, at once; for none nothing is done.

    Raises:
        IntegrityError: the database refuses one of them; none is there then.
    """
    if not rows:
        return
    connection = connections[_DATABASE]
    fields, sql = _inserting(type(rows[0]), len(rows), connection.vendor)
    values = [
        field.get_db_prep_save(field.pre_save(row, True), connection)  # noqa: FBT003 (how Django asks)
        for row in rows
        for field in fields
    ]
    with transaction.mark_for_rollback_on_error(_DATABASE), connection.cursor() as cursor:
        cursor.execute(sql, values)
        keys = cursor.fetchall()
    for row, (key,) in zip(rows, keys, strict=True):
        row.pk = key
        row._state.adding, row._state.db = False, _DATABASE  # noqa: SLF001 (what save() leaves behind)


@cache
def _inserting(model: type[Model], count: int, _vendor: str) -> tuple[list[Field[Any, Any]], str]:
    """The fields of a model that are written, and the statement that takes their values, for so many rows."""
    meta = model._meta  # noqa: SLF001 (the way to a model's fields)
    fields = [each for each in meta.local_concrete_fields if each is not meta.pk and not each.generated]
    query = InsertQuery(model)
    query.insert_values(fields, [model()], raw=True)
    compiler = query.get_compiler(using=_DATABASE)
    compiler.returning_fields = [meta.pk]
    [(sql, _)] = compiler.as_sql()
    one = f"({', '.join(['%s'] * len(fields))})"
    if sql.count(one) != 1:
        raise TypeError(f"{model.__name__} can't be inserted often: {sql}")
    return fields, sql.replace(one, ", ".join([one] * count))


def changed_often(**kinds: Field[Any, Any]) -> Callable[[Callable[..., Change]], Callable[..., int]]:
    """Make the SQL of an update once: `@changed_often(account=BigIntegerField())` above what says it.

    The function is called once, with a slot for each value, and gives the rows and what becomes of them, as
    `update()` would take it.

    Args:
        kinds: the field of each value, by its name.

    Returns:
        what takes the values by their names, and gives the number of rows that it changed; it raises a
        TypeError where one is missing.
    """
    slots = {name: Slot(name, kind) for name, kind in kinds.items()}

    def ready(say: Callable[..., Change]) -> Callable[..., int]:
        made: dict[str, tuple[str, tuple[Any, ...]]] = {}
        making = threading.Lock()

        def change(**values: Any) -> int:  # noqa: ANN401 (what a field takes)
            need_values(say.__name__, slots, values)
            connection = connections[_DATABASE]
            if connection.vendor not in made:
                with making:
                    made[connection.vendor] = _updating(*say(**slots))
            sql, places = made[connection.vendor]
            with transaction.mark_for_rollback_on_error(_DATABASE), connection.cursor() as cursor:
                cursor.execute(sql, filled(places, values, connection))
                return int(cursor.rowcount)

        change.__doc__ = say.__doc__
        change.__name__ = say.__name__
        return change

    return ready


def _updating(rows: QuerySet[Any], becomes: dict[str, Any]) -> tuple[str, tuple[Any, ...]]:
    query: Any = rows.query.chain(UpdateQuery)
    query.add_update_values(becomes)
    sql, places = query.get_compiler(using=_DATABASE).as_sql()
    return sql, places
