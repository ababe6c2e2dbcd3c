"""What stands in somebody's calendar: their tasks that are due, the checklists of their teams.

Apps above this one add what they know, by `shows_in_calendar` when they start.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain, islice
from typing import Final

from django.db.models import Count, Exists, Max, OuterRef, Q
from django.urls import reverse

from remit.core.clock import now
from remit.people.access import teams_of
from remit.people.models import Member
from remit.work.access import tasks_for
from remit.work.facts import calendar_of
from remit.work.models import Checklist, ClosedDays, Round, Task, Turn
from remit.work.vocabulary import End
from remit_engine.recurrence.calendar import Calendar

AHEAD: Final = timedelta(days=28)
"""So far checklists that are to come are written out: each time by itself, as closed days move them."""
BEHIND: Final = timedelta(days=30)
"""So long what has ended, or isn't theirs any more, is still told; a calendar takes it out by then."""
MOST: Final = 3000
"""Entries of a calendar."""
_USUAL: Final = timedelta(minutes=30)
_LAST_MINUTE: Final = time(23, 59)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing in a calendar.

    Attributes:
        key: names it for ever among all that this Remit tells: `task-7`.
        title: what it is.
        begins: a moment, or a day for what takes all of it.
        ends: a moment after it, or the day after; of the same kind.
        why: what it is for, or "".
        place: where, or "".
        path: of its page.
        changed_at: when what it says was changed last.
        revision: counts those changes from 0.
        is_off: whether it doesn't take place, or isn't theirs any more.
    """

    key: str
    title: str
    begins: datetime | date
    ends: datetime | date
    why: str
    path: str
    changed_at: datetime
    place: str = ""
    revision: int = 0
    is_off: bool = False


Source = Callable[[Member], Iterable[Entry]]
_sources: list[Source] = []


def shows_in_calendar(source: Source) -> None:
    """Call a function for what else stands in somebody's calendar."""
    if source not in _sources:
        _sources.append(source)


def entries_of(member: Member, *, with_checklists: bool) -> list[Entry]:
    """Everything in somebody's calendar, in no order.

    Args:
        member: whose.
        with_checklists: whether the checklists of their teams are wanted.
    """
    more = (source(member) for source in _sources)
    checklists = _checklists(member) if with_checklists else ()
    return list(islice(chain(_tasks(member), checklists, *more), MOST))


def _tasks(member: Member) -> Iterator[Entry]:
    """Tasks with a day that somebody has, or had until lately."""
    had = Turn.objects.filter(task=OuterRef("pk"), to=member)
    lately = now() - BEHIND
    rows = tasks_for(member).filter(
        Q(holder=member) | Q(Exists(had)), Q(ended_at=None) | Q(ended_at__gt=lately), due_at__isnull=False
    )
    for task in rows.annotate(turned_at=Max("turns__at"), turned=Count("turns")).order_by("due_at", "pk"):
        is_theirs = task.holder_id == member.pk
        turned_at: datetime = task.turned_at or task.made_at
        if is_theirs or turned_at > lately:
            is_off = not is_theirs or task.end == End.CLOSED
            yield _task_entry(task, turned_at, revision=task.turned, is_off=is_off)


def _task_entry(task: Task, turned_at: datetime, *, revision: int, is_off: bool) -> Entry:
    begins, ends = _span(task)
    return Entry(
        key=f"task-{task.pk}",
        title=task.title,
        begins=begins,
        ends=ends,
        why=task.why,
        place=task.place,
        path=reverse("work:task", args=[task.pk]),
        changed_at=max(turned_at, task.made_at),
        revision=revision,
        is_off=is_off,
    )


def _span(task: Task) -> tuple[datetime | date, datetime | date]:
    """The time before it is due; a task that is due at the end of a day takes the day."""
    due = task.due_at or task.made_at
    there = due.astimezone(task.team.zone)
    if there.time() >= _LAST_MINUTE:
        return there.date(), there.date() + timedelta(days=1)
    return due - (timedelta(minutes=task.minutes) if task.minutes else _USUAL), due


def _checklists(member: Member) -> Iterator[Entry]:
    """Each time that checklists of somebody's teams come, and those that came within a week."""
    own = teams_of(member).order_by().values("pk")
    came = Round.objects.select_related("checklist").filter(
        team__in=own, begins_at__gt=now() - BEHIND / 4, checklist__team__in=own
    )
    for row in came.order_by("begins_at", "pk"):
        is_off = row.ended_at is not None and not row.is_whole
        yield _round_entry(row.checklist, row.begins_at, row.ended_at, is_off=is_off)
    closed: dict[int, list[ClosedDays]] = {}
    for days in ClosedDays.objects.filter(team__in=own):
        closed.setdefault(days.team_id, []).append(days)
    calendars: dict[int, Calendar] = {}
    for checklist in Checklist.objects.select_related("team").filter(
        team__in=own, stopped_at=None, next_at__isnull=False
    ):
        calendar = calendars.setdefault(
            checklist.team_id, calendar_of(checklist.team, closed.get(checklist.team_id, ()))
        )
        for moment in checklist.recurrence.between(now(), now() + AHEAD, calendar):
            yield _round_entry(checklist, moment, None, is_off=False)


def _round_entry(checklist: Checklist, begins: datetime, ended: datetime | None, *, is_off: bool) -> Entry:
    return Entry(
        key=f"checklist-{checklist.pk}-{begins:%Y%m%dT%H%M}",
        title=checklist.title,
        begins=begins,
        ends=begins + timedelta(minutes=checklist.minutes),
        why=checklist.why,
        path=reverse("work:checklist", args=[checklist.pk]),
        changed_at=max(ended or checklist.changed_at, checklist.changed_at),
        revision=checklist.revision - 1 + is_off,
        is_off=is_off,
    )
