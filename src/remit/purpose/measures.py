"""What moves objectives by itself: apps above say what they can measure, one entry each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from remit.people.models import Member, Team
from remit.purpose.vocabulary import PLACES


@dataclass(frozen=True, slots=True)
class Reading:
    """What a measure says of a stretch of days.

    Attributes:
        value: in the unit of the measure, as `kept` gives it; None where there is too little to say anything.
        count: rows that it rests on.
    """

    value: Decimal | None
    count: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days that are measured together, first and last, on the wall clock of a team."""

    since: date
    until: date

    def moments(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """From when to before when it lasts, on a wall clock."""
        return (
            datetime.combine(self.since, time.min, zone),
            datetime.combine(self.until + timedelta(days=1), time.min, zone),
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One row behind a value, as a page lists it.

    Attributes:
        title: what it is.
        value: what it adds, in words: `4 of 5`.
        address: its page.
        at: when it happened.
    """

    title: str
    value: str
    address: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Behind:
    """How the rows behind a stretch are listed.

    Attributes:
        rows: those that a member sees, the newest first; as many as `Reading.count` where they see all.
        told: one of them, for a page.
    """

    rows: Callable[[Member, Team, Stretch], QuerySet[Any, Any]]
    told: Callable[[Any], Row]


@dataclass(frozen=True, slots=True)
class Measure:
    """Something that moves by itself from what happens.

    Attributes:
        word: how objectives name it; never changes.
        label: as people choose it: `Rating by customers`.
        unit: behind each value.
        is_up: whether more is better.
        said: what exactly is measured, in a sentence.
        days: each value is that of so many days, up to and with its own.
        least: rows that are needed before anything is said.
        rows: what the rows are called, in the plural: `ratings`.
        look: measures a stretch of a team from its rows.
        behind: how its rows are listed; None where nobody may look at single ones, as of a survey.
    """

    word: str
    label: str
    unit: str
    is_up: bool
    said: str
    days: int
    least: int
    rows: str
    look: Callable[[Team, Stretch], Reading]
    behind: Behind | None = None


def kept(value: Fraction) -> Decimal:
    """A value as it is kept: to `PLACES` places, halves to the even one."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal(1).scaleb(-PLACES), ROUND_HALF_EVEN)


def stretch_of(measure: Measure, day: date) -> Stretch:
    """The days that a measure's value of a day rests on."""
    return Stretch(day - timedelta(days=measure.days - 1), day)


_measures: Final[dict[str, Measure]] = {}


def can_measure(measure: Measure) -> None:
    """Offer a measure; called when an app is ready."""
    _measures[measure.word] = measure


def measures() -> tuple[Measure, ...]:
    """All that there are, in the order in which they were offered."""
    return tuple(_measures.values())


def measure_of(word: str) -> Measure | None:
    """A measure by its word; None for what is typed by hand."""
    return _measures.get(word)
