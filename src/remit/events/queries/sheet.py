"""The run sheet of a big day: what happens when and by whom, day by day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Prefetch

from remit.core.clock import now
from remit.events.models import Assignment, Event, Person, Task

_DAY_BEGINS: Final = timedelta(hours=4)
"""Who works until two at night, works on the evening before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A task on the sheet.

    Attributes:
        task: the row, with its room, people and pieces at hand.
        starts_at: as planned, or the earliest time where it isn't.
        people: who does it.
        is_planned: whether its time is from a plan.
        is_overdue: whether it should be over and isn't done.
    """

    task: Task
    starts_at: datetime
    people: list[Person]
    is_planned: bool
    is_overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The sheet of one day.

    Attributes:
        day: which.
        days: all days on which something happens.
        lines: of the day, by time.
        is_now: whether something of the event happens today.
    """

    day: date
    days: list[date]
    lines: list[Line]
    is_now: bool

    @property
    def done(self) -> int:
        """How many are done."""
        return sum(line.task.done_at is not None for line in self.lines)

    @property
    def in_need(self) -> list[Line]:
        """Where somebody needs help."""
        return [line for line in self.lines if line.task.help_at is not None]


def sheet_of(event: Event, wanted: str = "") -> Sheet:
    """The sheet of a day, in two queries.

    Args:
        event: with its team at hand; it has a day.
        wanted: the day as an address says it; today, or the day of the event, for anything else.
    """
    assert event.day is not None  # noqa: S101 -- said for the type checker
    people = Prefetch("assignments", Assignment.objects.select_related("person__member"))
    rows = event.tasks.select_related("placing__room", "done_by", "help_by").prefetch_related(people)
    lines = sorted((_line(event, row) for row in rows), key=lambda line: (line.starts_at, line.task.pk))
    days = sorted({_day(event, line.starts_at) for line in lines} | {event.day})
    today = _day(event, now())
    usual = today if today in days else event.day
    day = next((each for each in days if each.isoformat() == wanted), usual)
    of_day = [line for line in lines if _day(event, line.starts_at) == day]
    return Sheet(day=day, days=days, lines=of_day, is_now=today in days)


def by_person(lines: Iterable[Line]) -> list[tuple[Person | None, list[Line]]]:
    """The same by person; what nobody does comes last, under None."""
    found: dict[Person, list[Line]] = defaultdict(list)
    nobody = []
    for line in lines:
        for person in line.people:
            found[person].append(line)
        if not line.people:
            nobody.append(line)
    known = sorted(found.items(), key=lambda each: (each[0].called, each[0].pk))
    listed: list[tuple[Person | None, list[Line]]] = list(known)
    return [*listed, (None, nobody)] if nobody else listed


def _line(event: Event, row: Task) -> Line:
    placing = getattr(row, "placing", None)
    row.event = event
    earliest = row.earliest(event)
    assert earliest is not None  # noqa: S101 -- said for the type checker
    starts = placing.starts_at if placing else earliest
    ends = placing.ends_at if placing else starts + timedelta(minutes=row.minutes)
    late = timedelta(minutes=row.late_minutes)
    return Line(
        task=row,
        starts_at=starts,
        people=[each.person for each in row.assignments.all()],
        is_planned=placing is not None,
        is_overdue=row.done_at is None and ends + late < now(),
    )


def _day(event: Event, moment: datetime) -> date:
    return (moment.astimezone(event.zone) - _DAY_BEGINS).date()
