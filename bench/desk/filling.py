"""Fills an empty database with a great many complaints: a year of the demo, and then copies of it."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Any, Final, Self

from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection
from django.db.models import Field, ForeignKey, Max, Model

from remit.approvals.models import Approval, Asked, Ending
from remit.complaints import search_tables
from remit.complaints.models import (
    Closure,
    Complaint,
    Customer,
    Decision,
    HandOver,
    Message,
    Order,
    Rating,
)
from remit.core.clock import now
from remit.demo.making import Size, make_demo
from remit.remedies.models import Event, Remedy
from remit.trail.models import Entry, Words

_MADE: Final = 5000
"""Complaints that the demo makes, a tenth of them of the sisters; the others are copies."""
_COPIED: Final[tuple[type[Model], ...]] = (
    Customer,
    Order,
    Complaint,
    Message,
    HandOver,
    Closure,
    Rating,
    Approval,
    Asked,
    Ending,
    Remedy,
    Event,
    Decision,
    Entry,
    Words,
)
_NAMES: Final = {
    (Approval, "subject"),
    (Remedy, "source"),
    (Remedy, "order_key"),
    (Remedy, "customer_key"),
    (Entry, "subject"),
}
"""Columns that name another row: `complaint:2041`, `order:17`, `customer:5`."""
_ONCE: Final = {(Complaint, "token"), (Order, "number"), (Decision, "key"), (Entry, "hash")}
"""Columns in which a text stands once."""
_ONE_IN: Final = 40
"""One complaint in so many is open."""


def fill(complaints: int) -> int:
    """Make so many complaints, unless there are some; returns how many there are."""
    call_command("migrate", verbosity=0)
    if Complaint.objects.exists():
        return Complaint.objects.count()
    made = min(complaints, _MADE)
    with connection.schema_editor() as editor:
        search_tables.remove(editor)
    make_demo(end=now(), size=Size(main=made - made // 10, sisters=made // 10), told=_told)
    with connection.schema_editor() as editor:
        search_tables.remove(editor)
    _copy(round(complaints / made) - 1)
    _open_some()
    with connection.schema_editor() as editor:
        search_tables.install(editor)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return Complaint.objects.count()


@dataclass(frozen=True, slots=True)
class _Steps:
    """By how much identifiers and numbers of a copy are larger than those of the one before."""

    keys: dict[type[Model], int]
    numbers: dict[tuple[type[Model], str], int]

    @classmethod
    def of_what_is_there(cls) -> Self:
        return cls(
            {model: _last(model, "pk") for model in _COPIED},
            {(model, "number"): _last(model, "number") for model in (Complaint, Entry)},
        )

    @property
    def named(self) -> dict[str, int]:
        """The steps of rows that are named in a text."""
        return {
            "complaint": self.numbers[Complaint, "number"],
            "order": self.keys[Order],
            "customer": self.keys[Customer],
        }


def _copy(times: int) -> None:
    """Copy every row so many times, with what points to it."""
    steps = _Steps.of_what_is_there()
    with connection.cursor() as cursor:
        for number in range(1, times + 1):
            _told("Copying", number / times)
            for model in _COPIED:
                cursor.execute(_statement(model, number, steps))
        for statement in connection.ops.sequence_reset_sql(no_style(), list(_COPIED)):
            cursor.execute(statement)


def _statement(model: type[Model], number: int, steps: _Steps) -> str:
    """Copies the rows of a table that were there at first."""
    meta = model._meta  # noqa: SLF001
    fields = [field for field in meta.concrete_fields if not field.generated]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(_value(model, field, number, steps) for field in fields)
    key = next(field.column for field in fields if field.primary_key)
    return (
        f'INSERT INTO "{meta.db_table}" ({columns}) SELECT {values} '  # noqa: S608
        f'FROM "{meta.db_table}" WHERE "{key}" <= {steps.keys[model]}'
    )


def _value(model: type[Model], field: Field[Any, Any], number: int, steps: _Steps) -> str:
    """What stands in a column of a copy."""
    column = f'"{field.column}"'
    if (model, field.name) in steps.numbers:
        return f"{column} + {number * steps.numbers[model, field.name]}"
    if (model, field.name) in _ONCE:
        return f"substr({column}, 1, 32) || '-{number}'"
    if (model, field.name) in _NAMES:
        cases = " ".join(
            f"WHEN {column} LIKE '{name}:%' THEN '{name}:' || "
            f"(CAST(substr({column}, {len(name) + 2}) AS integer) + {number * step})"
            for name, step in steps.named.items()
        )
        return f"CASE {cases} ELSE {column} END"
    to = field.remote_field.model if isinstance(field, ForeignKey) else model if field.primary_key else None
    return f"{column} + {number * steps.keys[to]}" if to in steps.keys else column


def _last(model: type[Model], name: str) -> int:
    return model._default_manager.aggregate(last=Max(name))["last"] or 0  # noqa: SLF001


def _open_some() -> None:
    """Open every fortieth complaint again, so that there is something to do."""
    some = Complaint.objects.extra(where=[f"id %% {_ONE_IN} = 0"])  # noqa: S610
    Closure.objects.filter(complaint__in=some.values("pk"), reopened_at=None).update(reopened_at=now())
    some.update(closed_at=None, merged_into=None)


def _told(doing: str, share: float) -> None:
    print(f"\r{doing} {share:.0%}   ", end="", file=sys.stderr, flush=True)
