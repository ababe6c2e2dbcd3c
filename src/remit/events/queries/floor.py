"""Whose floor a point could be: not the manager's, but whose who prepared it or did it before."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Exists, OuterRef

from remit.core.clock import now
from remit.events.models import Assignment, Event, Person, Point
from remit.people.access import Place, memberships_for
from remit.people.models import Member, Membership
from remit.people.vocabulary import Rank

_LATELY: Final = timedelta(days=180)
_Spoke = defaultdict[int, list[datetime]]


@dataclass(frozen=True, slots=True)
class Suggested:
    """Somebody whose floor it could be, and why them.

    Attributes:
        member: who.
        why: in words.
        spoke: how many points are theirs in other briefings, from half a year ago on.
    """

    member: Member
    why: str
    spoke: int


def who_is_here(event: Event, place: Place) -> list[Membership]:
    """Everybody of the team, each with `takes_part`: whether they are in the event."""
    taking_part = Person.objects.filter(event=event, member=OuterRef("member"))
    return list(memberships_for(place).annotate(takes_part=Exists(taking_part)))


def suggested(event: Event, points: list[Point], here: list[Membership]) -> dict[int, Suggested]:
    """Whose floor each point could be that is nobody's yet, in two queries; nobody twice if it can be.

    Of those who are equally near to it, whoever had the floor least, and then whoever had it longest ago.

    Args:
        event: with its team at hand.
        points: of the event, each with its task at hand.
        here: everybody of the team; see `who_is_here`.
    """
    people = [
        each.member
        for each in here
        if each.takes_part and each.rank < Rank.MANAGER  # type: ignore[attr-defined]  # annotated
    ]
    spoke = _spoke(event)
    did = _did(event, [point.task.title for point in points if point.task])
    given = Counter(point.speaker_id for point in points if point.speaker_id)
    found: dict[int, Suggested] = {}
    for point in points:
        if point.speaker_id is not None or not people:
            continue
        title = point.task.title if point.task else ""
        best = min(
            people,
            key=lambda each: (
                given[each.pk] > 0,
                -did.get((each.pk, title, True), 0),
                -did.get((each.pk, title, False), 0),
                len(spoke[each.pk]),
                max(spoke[each.pk], default=now() - _LATELY),
                each.name,
                each.pk,
            ),
        )
        given[best.pk] += 1
        found[point.pk] = Suggested(best, _why(event, best, title, did, spoke), len(spoke[best.pk]))
    return found


def _why(
    event: Event, member: Member, title: str, did: dict[tuple[int, str, bool], int], spoke: _Spoke
) -> str:
    if did.get((member.pk, title, True)):
        return "does this, and prepared it"
    if did.get((member.pk, title, False)):
        return "did this before"
    before = [at for at in spoke[member.pk] if at <= now()]
    if before:
        last, times = max(before).astimezone(event.zone), len(before)
        return f"had the floor {times} time{'s' * (times > 1)} lately, last on {last.day} {last:%B}"
    if spoke[member.pk]:
        first = min(spoke[member.pk]).astimezone(event.zone)
        return f"has the floor on {first.day} {first:%B}, too"
    return "hasn't had the floor lately"


def _spoke(event: Event) -> _Spoke:
    """When everybody has the floor in other briefings of the team, from half a year ago on."""
    rows = Point.objects.filter(
        event__team=event.team,
        event__starts_at__gte=now() - _LATELY,
        event__called_off_at=None,
        speaker__isnull=False,
    ).exclude(event=event)
    found: _Spoke = defaultdict(list)
    for speaker, at in rows.values_list("speaker_id", "event__starts_at"):
        if at is not None:
            found[speaker].append(at)
    return found


def _did(event: Event, titles: list[str]) -> dict[tuple[int, str, bool], int]:
    """Who does a task of a title in this event (True), or did in another (False), and how often."""
    rows = Assignment.objects.filter(
        task__event__team=event.team, task__event__called_off_at=None, task__title__in=titles
    )
    rows = rows.filter(person__member__isnull=False)
    found: Counter[tuple[int, str, bool]] = Counter()
    for member, title, number in rows.values_list("person__member_id", "task__title", "task__event_id"):
        found[member, title, number == event.pk] += 1
    return found
