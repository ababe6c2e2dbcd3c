"""How far an objective has come, by its own line: straight from where it began to where it should be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from typing import Final

from django.urls import reverse

from remit.purpose.measures import Measure, measure_of
from remit.purpose.models import Measurement, Objective
from remit.purpose.vocabulary import BY_HAND, SOON

_LEEWAY: Final = 0.1
"""Of the whole way: so far behind its line an objective still is on its way."""
_LATELY: Final = timedelta(days=7)
"""What was measured before that is old, and said to be."""


class Standing(Enum):
    """Where an objective stands; its value is how people read it."""

    UNKNOWN = "not measured yet"
    BEGUN = "just begun"
    ON_ITS_WAY = "on its way"
    BEHIND = "behind its line"
    REACHED = "there"
    OVER = "its time is over"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Point:
    """A value on a day."""

    day: date
    value: Decimal


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an objective has come.

    Attributes:
        points: all values, the first one first.
        standing: by its own line.
        percent: of the way from start to target, from 0 to 100; None where nothing was measured.
        is_old: whether the last value is older than a week, though it moves by itself.
    """

    objective: Objective
    points: tuple[Point, ...]
    standing: Standing
    percent: int | None
    is_old: bool

    @property
    def latest(self) -> Point | None:
        """The last value."""
        return self.points[-1] if self.points else None

    @property
    def measure(self) -> Measure | None:
        """What moves it by itself; None for what is typed."""
        return measure_of(self.objective.measure)

    @property
    def is_by_hand(self) -> bool:
        """Whether somebody types where it stands."""
        return self.objective.measure == BY_HAND

    @property
    def mark(self) -> str:
        """How its standing is coloured: always with its words."""
        return {Standing.REACHED: "good", Standing.BEHIND: "near", Standing.OVER: "near"}.get(
            self.standing, ""
        )

    @property
    def rows_address(self) -> str:
        """The page with the rows behind the last value; "" where there is none."""
        measure, latest = self.measure, self.latest
        if measure is None or measure.behind is None or latest is None:
            return ""
        page = reverse("purpose:rows", args=[self.objective.team.word, self.objective.key])
        return f"{page}?day={latest.day.isoformat()}"


def progress_of(objective: Objective, points: Sequence[Point], day: date) -> Progress:
    """How far an objective has come.

    Args:
        objective: with its closing at hand.
        points: its values, the first one first.
        day: today, on the wall clock of its team.
    """
    share = share_of(objective, points[-1].value) if points else None
    percent = None if share is None else round(100 * min(max(share, 0.0), 1.0))
    is_old = bool(points) and objective.measure != BY_HAND and day - points[-1].day > _LATELY
    return Progress(objective, tuple(points), _standing(objective, share, day), percent, is_old)


def share_of(objective: Objective, value: Decimal) -> float:
    """Which share of the way from start to target a value is: 0 at the start, 1 at the target."""
    return float((value - objective.start) / (objective.target - objective.start))


def line_on(objective: Objective, day: date) -> float:
    """Where the own line of an objective is on a day, as a share of the way."""
    whole = (objective.until - objective.begins).days
    return min(max((day - objective.begins).days / whole, 0.0), 1.0)


def _standing(objective: Objective, share: float | None, day: date) -> Standing:
    if not objective.is_open:
        return Standing.CLOSED
    if share is not None and share >= 1:
        return Standing.REACHED
    if day > objective.until:
        return Standing.OVER
    if share is None:
        return Standing.UNKNOWN
    if share + _LEEWAY >= line_on(objective, day):
        return Standing.ON_ITS_WAY
    return Standing.BEGUN if day - objective.begins < SOON else Standing.BEHIND


def progress_of_all(objectives: Iterable[Objective], day: date) -> list[Progress]:
    """The same for several, in one query.

    Args:
        objectives: of one team.
        day: today, on its wall clock.
    """
    listed = list(objectives)
    points: defaultdict[int, list[Point]] = defaultdict(list)
    rows = Measurement.objects.filter(objective__in=[each.pk for each in listed]).order_by("day")
    for key, measured_on, value in rows.values_list("objective", "day", "value"):
        points[key].append(Point(measured_on, value))
    return [progress_of(each, points[each.pk], day) for each in listed]
