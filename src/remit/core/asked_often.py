"""Questions that are put with every decision: their SQL is made once, and then only the values change.

Putting a question through models costs more in Python than in the database, and most of that is making the
same SQL again. So a function that says a question is called once, with slots in place of values.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import Any, Final, Generic, TypeVar

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, Field, Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from remit.core.kept_plans import plans_kept

_DATABASE: Final = "default"
_M = TypeVar("_M", bound=Model)
_Row = TypeVar("_Row")
_T = TypeVar("_T")


class Slot(Expression):
    """A value that is said each time a question is put."""

    def __init__(self, name: str, kind: Field[Any, Any]) -> None:
        """Stand for a value.

        Args:
            name: of the value.
            kind: the field that knows how the database writes it.
        """
        super().__init__(output_field=kind)
        self.name = name

    def as_sql(self, _compiler: SQLCompiler, _connection: Any) -> tuple[str, Any]:  # noqa: ANN401
        """A place for the value, marked by the slot itself in place of what the database takes."""
        return "%s", [self]


class _Question(Generic[_M, _Row]):
    """A question whose SQL was made, for the kind of database that is there."""

    def __init__(self, said: QuerySet[_M, _Row]) -> None:
        self._said = said
        self._compiler = said.query.get_compiler(using=_DATABASE)
        self._sql, self._values = self._compiler.as_sql()
        self._converters = self._compiler.get_converters([column[0] for column in self._compiler.select])

    def put(self, values: dict[str, Any]) -> list[_Row]:
        connection = connections[_DATABASE]
        ready = filled(self._values, values, connection)
        compiler = _alike(self._compiler)
        compiler.connection = connection
        vars(compiler)["as_sql"] = lambda *_, **__: (self._sql, ready)
        vars(compiler)["get_converters"] = lambda _: self._converters
        query = _alike(self._said.query)
        vars(query)["get_compiler"] = lambda *_, **__: compiler
        rows = self._said.all()
        vars(rows)["_query"] = query  # its setter would forget that the rows are tuples
        with plans_kept():
            return list(rows)


def asked_often(
    **kinds: Field[Any, Any],
) -> Callable[[Callable[..., QuerySet[_M, _Row]]], Callable[..., list[_Row]]]:
    """Make the SQL of a question once: `@asked_often(team=BigIntegerField())` above a function that says it.

    The function is called with a slot for each value, and gives the rows as any other question would: so it
    may put the values into filters and annotations, but can't look at them.

    Args:
        kinds: the field of each value, by its name.

    Returns:
        what takes the values by their names, and gives the rows; it raises a TypeError where one is missing.
    """
    slots = {name: Slot(name, kind) for name, kind in kinds.items()}

    def ready(say: Callable[..., QuerySet[_M, _Row]]) -> Callable[..., list[_Row]]:
        made: dict[str, _Question[_M, _Row]] = {}
        making = threading.Lock()

        def ask(**values: Any) -> list[_Row]:  # noqa: ANN401 (what a field takes)
            need_values(say.__name__, slots, values)
            vendor = connections[_DATABASE].vendor
            if vendor not in made:
                with making:
                    made[vendor] = _Question(say(**slots))
            return made[vendor].put(values)

        ask.__doc__ = say.__doc__
        ask.__name__ = say.__name__
        return ask

    return ready


def _alike(thing: _T) -> _T:
    """Another one that holds the same: what `copy.copy` gives, without looking how."""
    other = object.__new__(type(thing))
    vars(other).update(vars(thing))
    return other


def filled(places: Iterable[Any], values: dict[str, Any], connection: BaseDatabaseWrapper) -> tuple[Any, ...]:
    """What a statement takes: each slot's value as the database writes it, and all else as it is.

    Args:
        places: in the order of the statement.
        values: by the names of the slots.
        connection: to which it goes.
    """
    return tuple(
        each.output_field.get_db_prep_value(values[each.name], connection) if isinstance(each, Slot) else each
        for each in places
    )


def need_values(name: str, slots: dict[str, Slot], values: dict[str, Any]) -> None:
    """Refuse values that are missing, or that no slot takes.

    Raises:
        TypeError: says which, of the function of this name.
    """
    if values.keys() == slots.keys():
        return
    missing, unknown = sorted(slots.keys() - values.keys()), sorted(values.keys() - slots.keys())
    said = [f"needs {', '.join(missing)}"] * bool(missing) + [f"knows no {', '.join(unknown)}"] * bool(
        unknown
    )
    raise TypeError(f"{name}() {' and '.join(said)}")
