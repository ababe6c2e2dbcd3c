"""What moves objectives by itself: apps above say what they can measure, one entry each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from remit.people.models import Team


@dataclass(frozen=True, slots=True)
class Reading:
    """What a measure says of a stretch of days.

    Attributes:
        value: in the unit of the measure; None where there is too little to say anything.
        count: rows that it rests on.
    """

    value: Decimal | None
    count: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days that are measured together, first and last, on the wall clock of a team."""

    since: date
    until: date


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
        address: the page with the rows behind a stretch; None where there is none.
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
    address: Callable[[Team, Stretch], str] | None = None


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
