"""What the first page of a big day says about how far it is."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Subquery, Value
from django.db.models.functions import Coalesce

from remit.events.models import Event, Person, Task


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """How far an event is.

    Attributes:
        tasks, people: how many there are.
    """

    tasks: int
    people: int


def overview(event: Event) -> Overview:
    """How far an event is, in one query."""
    counted = (
        Event.objects.filter(pk=event.pk)
        .values_list(
            _count(Task.objects.filter(event=event)),
            _count(Person.objects.filter(event=event)),
        )
        .get()
    )
    return Overview(tasks=counted[0], people=counted[1])


def _count(rows: object) -> Coalesce:
    counted = rows.order_by().values("event").annotate(n=Count("pk")).values("n")  # type: ignore[attr-defined]
    return Coalesce(Subquery(counted), Value(0))
