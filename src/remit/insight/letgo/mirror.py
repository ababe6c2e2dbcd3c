"""A manager's own mirror: what they decided though a member might have, and how those who waited rated it.

It is about the one who looks, and nobody else can see it. Of fewer than five customers nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import sqrt
from statistics import fmean, median, variance
from typing import Final

from django.db.models import F, Q

from remit.approvals.models import Asked
from remit.approvals.vocabulary import End, Form
from remit.charters.in_force import compiled_version
from remit.charters.models import Version
from remit.complaints.models import Decision, Rating
from remit.core.clock import now
from remit.people.access import Place
from remit.people.facts import person_of
from remit.people.models import Membership, Team
from remit_engine.charter.levels import Level
from remit_engine.charter.request import Person, Request

WEEKS: Final = 13
FEWEST: Final = 5
"""Ratings of so many complaints on each side, or nothing is said."""
MOST_LOOKED_AT: Final = 1000
"""Of somebody's own decisions the newest ones are looked at."""
_CHANCE: Final = 2.0
"""A difference below so many of its standard errors is no more than chance explains."""


@dataclass(frozen=True, slots=True)
class Rated:
    """How one group of customers rated it.

    Attributes:
        complaints: how many rated.
        mean: of *was it made right*, 1 to 5.
    """

    complaints: int
    mean: float


@dataclass(frozen=True, slots=True)
class Mirror:
    """What somebody sees of themselves.

    Attributes:
        decided: decisions that they took alone.
        others_might: those of them that a member of lower rank might have taken, the newest first.
        answered: questions that they answered.
        plain_yes: how many of them with a plain yes.
        waited: median hours from question to answer; None without answers.
        seconds: median seconds from opening a question to answering it; None where it isn't known.
        those_who_waited, those_who_did_not: None where fewer than five rated on either side.
        differs: whether the difference is more than chance explains.
    """

    decided: int
    others_might: Sequence[Decision]
    answered: int
    plain_yes: int
    waited: float | None
    seconds: float | None
    those_who_waited: Rated | None
    those_who_did_not: Rated | None
    differs: bool


def mirror_of(place: Place) -> Mirror:
    """The mirror of the one who looks, over the last quarter."""
    since = now() - timedelta(weeks=WEEKS)
    decided = list(
        Decision.objects.filter(
            team=place.team, member=place.member, approval=None, level__in=("decide", "inform"), at__gte=since
        )
        .select_related("complaint")
        .order_by("-at", "-pk")[:MOST_LOOKED_AT]
    )
    answers = list(
        Asked.objects.filter(
            member=place.member,
            approval__team=place.team,
            approval__form=Form.ASK,
            approval__ended_at__gte=since,
            approval__ending__by=F("member"),
        ).values_list("approval__ending__how", "approval__asked_at", "approval__ended_at", "seen_at")
    )
    hours = [(ended - asked).total_seconds() / 3600 for _, asked, ended, _ in answers if ended is not None]
    seconds = [
        max((ended - seen).total_seconds(), 0.0)
        for _, _, ended, seen in answers
        if ended is not None and seen is not None
    ]
    waited, others = _ratings(place, since)
    return Mirror(
        decided=len(decided),
        others_might=_others_might(place, decided),
        answered=len(answers),
        plain_yes=sum(how in {End.YES, End.YES_FROM_NOW_ON} for how, *_ in answers),
        waited=median(hours) if hours else None,
        seconds=median(seconds) if seconds else None,
        those_who_waited=_rated(waited, others),
        those_who_did_not=_rated(others, waited),
        differs=_differs(waited, others),
    )


def _others_might(place: Place, decided: Sequence[Decision]) -> list[Decision]:
    """The decisions that somebody of lower rank, in the team at that time, might have taken.

    Allowances are taken as not used up: nobody knows whose they would have been.
    """
    people = _below(place)
    versions = {
        each.pk: each
        for each in Version.objects.defer("text").filter(pk__in={row.charter_id for row in decided})
    }
    return [row for row in decided if _might(row, versions[row.charter_id], people)]


@dataclass(frozen=True, slots=True)
class _Below:
    person: Person
    since: datetime
    until: datetime | None


def _below(place: Place) -> list[_Below]:
    rows = Membership.objects.select_related("member", "role", "team").filter(
        team=place.team, role__rank__lt=min(place.rank, _own_rank(place))
    )
    return [_Below(person_of(row), row.since, row.until) for row in rows]


def _own_rank(place: Place) -> int:
    """Of their role here; an owner without one stands above all."""
    return place.membership.role.rank if place.membership is not None else place.rank


def _might(decision: Decision, version: Version, people: Iterable[_Below]) -> bool:
    compiled = compiled_version(version)
    unused = {allowance.id: 0 for allowance in compiled.charter.all_allowances}
    request = replace(Request.from_record(decision.request), used=unused)
    tried: set[tuple[str | None, str]] = set()
    for each in people:
        was_there = each.since <= decision.at and (each.until is None or decision.at < each.until)
        kind = (each.person.role, each.person.step)
        if not was_there or kind in tried or each.person.member == request.about:
            continue
        tried.add(kind)
        if compiled.level(request.of(each.person)) >= Level.INFORM:
            return True
    return False


def _ratings(place: Place, since: datetime) -> tuple[list[int], list[int]]:
    """What customers gave who waited for this manager's answer, and those who waited for nobody's."""
    rated = _latest(place.team, since)
    about = Decision.objects.filter(team=place.team, complaint__in=rated)
    asked = set(about.filter(approval__form=Form.ASK).values_list("complaint", flat=True))
    mine = about.filter(approval__form=Form.ASK, approval__ending__by=place.member)
    waited = set(mine.values_list("complaint", flat=True))
    at_once = set(about.filter(Q(approval=None)).values_list("complaint", flat=True)) - asked
    return [rated[each] for each in sorted(waited)], [rated[each] for each in sorted(at_once)]


def _latest(team: Team, since: datetime) -> dict[int, int]:
    """The latest rating of each complaint of a team."""
    rows = Rating.objects.filter(complaint__team=team, at__gte=since).order_by("at", "pk")
    return dict(rows.values_list("complaint", "made_right"))


def _rated(these: Sequence[int], those: Sequence[int]) -> Rated | None:
    if min(len(these), len(those)) < FEWEST:
        return None
    return Rated(len(these), fmean(these))


def _differs(these: Sequence[int], those: Sequence[int]) -> bool:
    """Whether two means differ by more than twice the standard error of their difference (Welch, 1947)."""
    if min(len(these), len(those)) < FEWEST:
        return False
    error = sqrt(variance(these) / len(these) + variance(those) / len(those))
    return abs(fmean(these) - fmean(those)) > _CHANCE * error
