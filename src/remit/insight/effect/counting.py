"""Rows into outcomes: teams by weeks, from what really happened. NumPy: read by jobs alone."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from remit.complaints.models import Complaint
from remit.insight.measures.customers import made_right
from remit.people.models import Team
from remit.pulse.models import Figure
from remit.remedies.models import Remedy
from remit.remedies.vocabulary import State
from remit.rollouts.vocabulary import MEASURED, Outcome
from remit_engine.evidence.effect import Outcome as Weekly
from remit_engine.evidence.effect import weekly_means

Floats = npt.NDArray[np.float64]

LONGEST_HOURS: Final = 168.0
"""What took longer than a week counts as a week, or one complaint that was forgotten would be the effect."""
_HOUR: Final = timedelta(hours=1)
_WEEK: Final = timedelta(days=7)
_AGAIN_WITHIN: Final = timedelta(days=28)
_CAP: Final = 0.99
_FEWEST: Final = 20
"""With fewer complaints before the first start, no limit is set from them."""
_SURE: Final = "sure"


@dataclass(frozen=True)
class Stretch:
    """Weeks of teams, each on its own wall clock.

    Attributes:
        teams: in the order in which they are counted.
        first: the Monday of the first week.
        weeks: how many.
    """

    teams: tuple[Team, ...]
    first: date
    weeks: int

    @cached_property
    def places(self) -> dict[int, tuple[int, ZoneInfo]]:
        """By number of a team its place, and its time zone."""
        return {team.pk: (place, team.zone) for place, team in enumerate(self.teams)}

    def cell(self, team: int, moment: datetime) -> tuple[int, int] | None:
        """Place of a team, and the week of a moment; None where it lies outside."""
        place, zone = self.places[team]
        week = (moment.astimezone(zone).date() - self.first).days // 7
        return (place, week) if 0 <= week < self.weeks else None

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """From when to before when it lasts anywhere on earth; `cell` leaves out what lies beside."""
        day = timedelta(days=1)
        begins = datetime.combine(self.first - day, time.min, ZoneInfo("UTC"))
        return begins, begins + self.weeks * _WEEK + 2 * day


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """One outcome of all teams and weeks.

    Attributes:
        outcome: which.
        weekly: for the engine; None where there is nothing to count.
        cut: how many rows were above the limit.
    """

    outcome: Outcome
    weekly: Weekly | None
    cut: int = 0


@dataclass(slots=True)
class _Rows:
    """Rows by place and week."""

    stretch: Stretch
    team: list[int]
    week: list[int]
    values: list[float]

    @classmethod
    def of(cls, stretch: Stretch) -> _Rows:
        return cls(stretch, [], [], [])

    def add(self, team: int, moment: datetime, value: float) -> None:
        cell = self.stretch.cell(team, moment)
        if cell is not None:
            self.team.append(cell[0])
            self.week.append(cell[1])
            self.values.append(value)

    def counted(
        self, outcome: Outcome, *, limit: float | None = None, asked: Floats | None = None
    ) -> Counted:
        if not self.values:
            return Counted(outcome, None)
        teams, weeks = len(self.stretch.teams), self.stretch.weeks
        found = weekly_means(self.team, self.week, self.values, teams=teams, weeks=weeks, limit=limit)
        told = MEASURED[outcome]
        weekly = Weekly(
            outcome.value,
            found.values,
            found.counts,
            more_is_better=told.is_up,
            asked=asked,
            scale=told.scale if asked is not None else None,
        )
        return Counted(outcome, weekly, found.cut)


def counted(stretch: Stretch, currency: str, limit: int | None) -> list[Counted]:
    """All outcomes of a stretch, in the order of the vocabulary; six queries.

    Args:
        stretch: weeks of teams.
        currency: in which money is counted.
        limit: what is given for a complaint above it counts as it, in minor units; None for none.
    """
    return [*_closed(stretch), _cost(stretch, currency, limit), _again(stretch), _sure(stretch)]


def usual_limit(stretch: Stretch, currency: str, before: int) -> int | None:
    """What is given for a complaint counts up to this: the largest but one in a hundred, before the start.

    Args:
        stretch: weeks of teams.
        currency: in which money is counted.
        before: weeks of it that lie before the first start.

    Returns:
        minor units; None where there are too few complaints to set one.
    """
    rows = _given(stretch, currency)
    amounts = [value for week, value in zip(rows.week, rows.values, strict=True) if week < before]
    if len(amounts) < _FEWEST:
        return None
    return int(np.quantile(amounts, _CAP, method="higher"))


def _closed(stretch: Stretch) -> tuple[Counted, Counted]:
    """Rating, with how many were asked; and the time until it was made right."""
    since, before = stretch.moments
    rows = made_right().filter(complaint__team__in=stretch.teams, at__gte=since, at__lt=before)
    ratings, hours = _Rows.of(stretch), _Rows.of(stretch)
    asked = np.zeros((len(stretch.teams), stretch.weeks))
    found = rows.order_by().values_list("complaint__team", "complaint__opened_at", "at", "rating__made_right")
    for team, opened, closed, rating in found.iterator():
        hours.add(team, closed, (closed - opened) / _HOUR)
        cell = stretch.cell(team, closed)
        if cell is not None:
            asked[cell] += 1
        if rating is not None:
            ratings.add(team, closed, rating)
    return (
        ratings.counted(Outcome.RATING, asked=asked),
        hours.counted(Outcome.RESOLVING, limit=LONGEST_HOURS),
    )


def _cost(stretch: Stretch, currency: str, limit: int | None) -> Counted:
    return _given(stretch, currency).counted(Outcome.COST, limit=limit)


def _given(stretch: Stretch, currency: str) -> _Rows:
    """What was given for each complaint that came in, less what was taken back; nothing counts as 0."""
    since, before = stretch.moments
    teams = [team for team in stretch.teams if team.currency == currency]
    given: dict[str, int] = defaultdict(int)
    remedies = Remedy.objects.filter(team__in=teams, currency=currency, made_at__gte=since)
    for source, value, back in (
        remedies.exclude(state__in=(State.HELD, State.RELEASED))
        .values_list("source", "value", "taken_back")
        .iterator()
    ):
        given[source] += value - back
    rows = _Rows.of(stretch)
    complaints = Complaint.objects.filter(team__in=teams, opened_at__gte=since, opened_at__lt=before)
    for team, number, opened in complaints.order_by().values_list("team", "number", "opened_at").iterator():
        rows.add(team, opened, given.get(f"complaint:{number}", 0))
    return rows


def _again(stretch: Stretch) -> Counted:
    """Of complaints of known customers: 100 for one that had complained to the team lately, else 0."""
    since, before = stretch.moments
    rows = _Rows.of(stretch)
    last: dict[tuple[int, int], datetime] = {}
    complaints = Complaint.objects.filter(
        team__in=stretch.teams,
        customer__isnull=False,
        opened_at__gte=since - _AGAIN_WITHIN,
        opened_at__lt=before,
    )
    found = complaints.order_by("opened_at", "pk").values_list("team", "customer", "opened_at")
    for team, customer, opened in found.iterator():
        earlier = last.get((team, customer or 0))
        last[team, customer or 0] = opened
        rows.add(team, opened, 100.0 if earlier is not None and opened - earlier <= _AGAIN_WITHIN else 0.0)
    return rows.counted(Outcome.AGAIN)


def _sure(stretch: Stretch) -> Counted:
    """What the pulse published of one sentence, in the week in which it closed; nothing else of it."""
    since, before = stretch.moments
    figures = Figure.objects.filter(
        item=_SURE,
        part="",
        wave__team__in=stretch.teams,
        wave__closed_at__gte=since,
        wave__closed_at__lt=before,
    )
    rows = _Rows.of(stretch)
    for team, closed, low, high in figures.values_list("wave__team", "wave__closed_at", "low", "high"):
        if closed is not None:
            rows.add(team, closed, (low + high) / 20)
    found = rows.counted(Outcome.SURE)
    if found.weekly is None:
        return found
    # A published mean is one figure a wave, whoever stands behind it: all count alike.
    alike = Weekly(Outcome.SURE.value, found.weekly.values, more_is_better=True)
    return Counted(Outcome.SURE, alike)
