"""Questions that are put with every decision: their SQL is made once, and then only the values change.

Putting a question through models costs more in Python than in the database, and most of that is making the
same SQL again. So a function that says a question is called once, with slots in place of values.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterable
from functools import partial
from typing import Any, Final, Generic, TypeVar

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, Field, Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from remit.core.kept_plans import plans_kept
from remit.core.sent_ahead import Line, Read, Rows, line, line_that_is_open

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
        self.sql, self._values = (compiler := said.query.get_compiler(using=_DATABASE)).as_sql()
        self._said = said
        self._compiler = compiler
        self._converters = compiler.get_converters([column[0] for column in compiler.select])
        self._columns = compiler.col_count if compiler.has_extra_select else None

    def put(self, values: dict[str, Any]) -> list[_Row]:
        open_line = line_that_is_open()
        if open_line is not None:
            return self.read(self.send(values, open_line)())
        connection = connections[_DATABASE]
        with plans_kept(), connection.cursor() as cursor:
            cursor.execute(self.sql, filled(self._values, values, connection))
            rows = cursor.fetchall()
        return self.read(rows)

    def send(self, values: dict[str, Any], to: Line) -> Read:
        return partial(to.read, to.send(self.sql, filled(self._values, values, to.connection)))

    def read(self, found: Rows) -> list[_Row]:
        """What the rows are for whoever asks."""
        compiler = _alike(self._compiler)
        compiler.connection = connections[_DATABASE]
        vars(compiler)["execute_sql"] = lambda *_, **__: [[row[: self._columns] for row in found]]
        vars(compiler)["get_converters"] = lambda _: self._converters
        query = _alike(self._said.query)
        vars(query)["get_compiler"] = lambda *_, **__: compiler
        rows = _alike(self._said)
        vars(rows)["_query"] = query  # its setter would forget that the rows are tuples
        return list(rows)


class Asked(Generic[_M, _Row]):
    """A question that is put by calling it with its values."""

    def __init__(self, say: Callable[..., QuerySet[_M, _Row]], kinds: dict[str, Field[Any, Any]]) -> None:
        """Say it once it is put for the first time.

        Args:
            say: gives the question, with a slot in place of each value.
            kinds: the field of each value, by its name.
        """
        self.__doc__ = say.__doc__
        self.__name__ = say.__name__
        self._say = say
        self._slots = {name: Slot(name, kind) for name, kind in kinds.items()}
        self._made: dict[str, _Question[_M, _Row]] = {}
        self._making = threading.Lock()

    def __call__(self, **values: Any) -> list[_Row]:  # noqa: ANN401 (what a field takes)
        """Put it.

        Returns:
            the rows, as any other question would give them.

        Raises:
            TypeError: a value is missing, or there is no slot for one.
        """
        question = self._question(values)
        mine = line()
        read = mine.foreseen(self._with(values)) if mine is not None else None
        return question.put(values) if read is None else question.read(read())

    def ahead(self, **values: Any) -> None:  # noqa: ANN401
        """Say in a write that it will be put with these values: it goes to PostgreSQL now.

        The rows that are found now are given when it is put, unless something changed in between what it asks
        for. On SQLite, and outside of writes, nothing is done.

        Raises:
            TypeError: as above.
        """
        mine = line()
        if mine is not None:
            question = self._question(values)
            mine.foresee(self._with(values), question.sql, question.send(values, mine))

    def _with(self, values: dict[str, Any]) -> Hashable:
        return self, tuple(values[name] for name in self._slots)

    def _question(self, values: dict[str, Any]) -> _Question[_M, _Row]:
        need_values(self.__name__, self._slots, values)
        vendor = connections[_DATABASE].vendor
        if vendor not in self._made:
            with self._making:
                self._made[vendor] = _Question(self._say(**self._slots))
        return self._made[vendor]


def asked_often(
    **kinds: Field[Any, Any],
) -> Callable[[Callable[..., QuerySet[_M, _Row]]], Asked[_M, _Row]]:
    """Make the SQL of a question once: `@asked_often(team=BigIntegerField())` above a function that says it.

    The function is called with a slot for each value, and gives the rows as any other question would: so it
    may put the values into filters and annotations, but can't look at them.

    Args:
        kinds: the field of each value, by its name.

    Returns:
        what takes the values by their names, and gives the rows.
    """
    return lambda say: Asked(say, kinds)


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
