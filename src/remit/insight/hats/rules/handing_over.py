"""Hand the floor over: briefings at which managers speak, and days on which nobody can be asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db.models import Q, QuerySet

from remit.approvals.models import Approval
from remit.charters.models import Delegation
from remit.core.clock import now, today
from remit.events.models import Event, Point
from remit.findings.actions import Found
from remit.findings.vocabulary import Kind
from remit.insight.hats.rules.asked_for import HOURS_A_QUESTION, asked_for
from remit.people.models import Duty, Member, Membership, Team
from remit.people.vocabulary import Rank

_BRIEFINGS: Final = 3
_FEWEST_POINTS: Final = 4
_LATELY: Final = timedelta(days=180)
_SOON: Final = timedelta(days=30)
_HOURS_A_FLOOR: Final = 0.5
"""Stated: of the team, which listens rather than tells."""
_BEGINS_WITHIN: Final = 21
_PLANNED: Final = 42
_FEWEST_DAYS: Final = 5
_LEAST_HOURS: Final = 0.5
_FOUR_WEEKS: Final = timedelta(weeks=4)


def same_floor(team: Team) -> Iterator[Found]:
    """Managers had more than half of the time at the last briefings, and the next isn't given out."""
    managers = set(_managers(team).values_list("pk", flat=True))
    spoken = _spoken(team)
    by_them = [minutes for speaker, minutes in spoken if speaker in managers]
    if len(spoken) < _FEWEST_POINTS or 2 * sum(by_them) <= sum(minutes for _, minutes in spoken):
        return
    points = Point.objects.filter(
        Q(speaker=None) | Q(speaker__in=managers),
        event__team=team,
        event__called_off_at=None,
        event__starts_at__gt=now(),
        event__starts_at__lt=now() + _SOON,
    )
    soonest = points.order_by("event__starts_at", "event").values_list("event", flat=True).first()
    if soonest is not None:
        yield asked_for(
            Kind.SAME_FLOOR,
            soonest,
            _HOURS_A_FLOOR,
            event=soonest,
            to_give=points.filter(event=soonest).count(),
            minutes=sum(minutes for _, minutes in spoken),
            by_managers=sum(by_them),
        )


def _spoken(team: Team) -> list[tuple[int, int]]:
    """Who had the floor at the last briefings of a team, and for how many minutes."""
    points = Point.objects.filter(
        event__team=team,
        event__called_off_at=None,
        event__starts_at__lt=now(),
        event__starts_at__gt=now() - _LATELY,
        speaker__isnull=False,
    )
    last = Event.objects.filter(pk__in=points.values("event")).order_by("-starts_at", "-pk")
    numbers = list(last.values_list("pk", flat=True)[:_BRIEFINGS])
    rows = points.filter(event__in=numbers).values_list("speaker_id", "minutes")
    return [(speaker, minutes) for speaker, minutes in rows if speaker is not None]


def nobody_to_ask(team: Team) -> Iterator[Found]:
    """A stretch of days ahead, by the planned shifts, without a manager, for which nothing is lent.

    Only where a manager is planned again afterwards: a plan that isn't written yet is no absence.
    """
    begin = today(team.time_zone)
    managers = set(_managers(team).values_list("pk", flat=True))
    managed, staffed = _planned(team, begin, managers)
    away = _away(begin, managed, staffed)
    if away is None:
        return
    first, last = away
    lent = Delegation.objects.filter(
        team=team, giver__in=managers, ended_at=None, since__lte=first, until__gte=first
    )
    if not lent.exists():
        asked = Approval.objects.filter(team=team, asked_at__gte=now() - _FOUR_WEEKS).count() / 4
        yield asked_for(
            Kind.NOBODY_TO_ASK,
            first.isoformat(),
            max(_LEAST_HOURS, asked * HOURS_A_QUESTION),
            first=first.isoformat(),
            last=last.isoformat(),
            asked=round(asked),
        )


def _planned(team: Team, begin: date, managers: set[int]) -> tuple[set[date], set[date]]:
    """The days ahead for which a manager is planned, and those for which somebody is."""
    since = datetime.combine(begin, time.min, team.zone)
    duties = Duty.objects.filter(
        membership__team=team,
        membership__until=None,
        is_planned=True,
        starts_at__gte=since,
        starts_at__lt=since + timedelta(days=_PLANNED),
    )
    managed, staffed = set[date](), set[date]()
    for member, starts_at in duties.values_list("membership__member_id", "starts_at"):
        day = starts_at.astimezone(team.zone).date()
        staffed.add(day)
        if member in managers:
            managed.add(day)
    return managed, staffed


def _away(begin: date, managed: set[date], staffed: set[date]) -> tuple[date, date] | None:
    """First and last staffed day of the first stretch of at least five days without a manager."""
    stretch: list[date] = []
    for day in sorted(staffed):
        if day not in managed:
            stretch.append(day)
            continue
        if stretch and (stretch[-1] - stretch[0]).days + 1 >= _FEWEST_DAYS:
            break
        stretch = []
    else:
        return None
    is_soon = begin <= stretch[0] <= begin + timedelta(days=_BEGINS_WITHIN)
    return (stretch[0], stretch[-1]) if is_soon else None


def _managers(team: Team) -> QuerySet[Member]:
    places = Membership.objects.filter(team=team, until=None, role__rank__gte=Rank.MANAGER)
    return Member.objects.filter(pk__in=places.values("member"), left_at=None, is_software=False)
