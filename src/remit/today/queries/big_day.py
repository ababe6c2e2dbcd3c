"""The next big day of somebody, with what they do in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import BigIntegerField, Count, DateTimeField, Exists, OuterRef, Q, QuerySet, Subquery

from remit.core.asked_often import Slot, asked_often
from remit.core.clock import now
from remit.events.models import Assignment, Event, Person, Point
from remit.people.access import teams_of
from remit.people.models import Member, Team
from remit.today.vocabulary import AHEAD

_LOOKED_AT: Final = 20


@dataclass(frozen=True, slots=True)
class Next:
    """What somebody does next for an event.

    Attributes:
        title: of the task.
        at: when it begins.
        place: its room, or "".
    """

    title: str
    at: datetime
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BigDay:
    """An event, as whoever takes part in it needs it.

    Attributes:
        event: with its team at hand.
        is_today: whether it goes on now, or began or begins on this day on the wall clock of its team.
        is_over: whether it has ended.
        is_mine: whether they take part in it or run it.
        next: what they do next; None where nothing is left, or nothing is planned yet.
        tasks: how many of its tasks are still theirs to do.
        briefing_at: when it is talked through; None where nobody said, or it is over.
        has_floor: whether a point of the briefing is theirs.
    """

    event: Event
    is_today: bool
    is_over: bool
    is_mine: bool
    next: Next | None
    tasks: int
    briefing_at: datetime | None
    has_floor: bool

    @property
    def more_tasks(self) -> int:
        """How many are theirs beside the next one."""
        return self.tasks - 1 if self.next else self.tasks


def next_big_day(member: Member) -> BigDay | None:
    """The event that concerns somebody next, in one query.

    One that is today comes before all others, also where they take no part in it: their team is busy then.
    Else it is the one for which they have something to do first, within four weeks.
    """
    moment = now()
    rows = _rows(member=member.pk, soon=moment + AHEAD, yesterday=moment - timedelta(days=1))
    found = [_seen(row, member) for row in rows]
    concerning = (each for each in found if each.is_today or (each.is_mine and not each.is_over))
    return min(concerning, key=_soonest, default=None)


def _soonest(day: BigDay) -> tuple[Any, ...]:
    first = day.next.at if day.next else day.event.starts_at
    return not day.is_today, day.is_over, not day.is_mine, first, day.event.pk


@asked_often(member=BigIntegerField(), soon=DateTimeField(), yesterday=DateTimeField())
def _rows(member: Slot, soon: Slot, yesterday: Slot) -> QuerySet[Event]:
    mine = Assignment.objects.filter(
        task__event=OuterRef("pk"), person__member=member, task__done_at=None, task__placing__isnull=False
    ).order_by("task__placing__starts_at", "pk")
    left = mine.order_by().values("task__event").annotate(n=Count("pk"))
    near = Q(starts_at__lt=soon) | Exists(mine.filter(task__placing__starts_at__lt=soon))
    return (
        Event.objects.select_related("team")
        .filter(
            near,
            team__in=teams_of(member).order_by().values("pk"),
            called_off_at=None,
            ends_at__gt=yesterday,
        )
        .annotate(
            takes_part=Exists(Person.objects.filter(event=OuterRef("pk"), member=member)),
            has_floor=Exists(Point.objects.filter(event=OuterRef("pk"), speaker=member)),
            next_title=Subquery(mine.values("task__title")[:1]),
            next_at=Subquery(mine.values("task__placing__starts_at")[:1]),
            next_place=Subquery(mine.values("task__placing__room__name")[:1]),
            tasks_left=Subquery(left.values("n")),
        )
        .order_by("starts_at", "pk")[:_LOOKED_AT]
    )


def _seen(event: Event, member: Member) -> BigDay:
    row: Any = event  # with what was annotated
    todo = Next(row.next_title, row.next_at, row.next_place or "") if row.next_at else None
    talked = row.briefing_at if row.briefing_at and row.briefing_at > now() else None
    return BigDay(
        event=row,
        is_today=_is_today(row.team, row.starts_at, row.ends_at),
        is_over=row.ends_at <= now(),
        is_mine=row.takes_part or row.owner_id == member.pk,
        next=todo,
        tasks=row.tasks_left or 0,
        briefing_at=talked,
        has_floor=row.has_floor,
    )


def _is_today(team: Team, begins: datetime, ends: datetime) -> bool:
    """Whether an event is of this day; one that ended in its small hours was yesterday's."""
    day = now().astimezone(team.zone).date()
    return begins.astimezone(team.zone).date() == day or begins <= now() < ends
