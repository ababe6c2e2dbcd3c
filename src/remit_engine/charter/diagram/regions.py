"""Regions of requests as plain values: for some facts the words or numbers that belong to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from remit_engine.charter.axes import Axis, FlagAxis, NumberAxis, WordAxis
from remit_engine.charter.diagram.boxes import Bits, Space
from remit_engine.charter.document import Per
from remit_engine.charter.facts import Unit
from remit_engine.charter.plain import MISSING
from remit_engine.charter.stretches import Stretch

Ranges = tuple[tuple[int, int | None], ...]
"""Ranges of whole numbers, both ends included; None without an upper end."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a fact.

    Attributes:
        values: words that some rule or list names.
        others: whether every word that isn't named belongs to it too.
        left_out: the named words that don't belong to it.
        missing: whether it belongs to it that the fact isn't known.
        can_miss: whether the fact can be unknown at all.
    """

    values: tuple[str, ...]
    others: bool
    left_out: tuple[str, ...]
    missing: bool
    can_miss: bool = True

    def has(self, value: object) -> bool:
        """Whether a value, or `MISSING`, belongs to it."""
        if value is MISSING:
            return self.missing
        return value in self.values or (self.others and value not in self.left_out)


@dataclass(frozen=True, slots=True)
class Numbers:
    """Numbers of a fact.

    Attributes:
        ranges: rising.
        missing: whether it belongs to it that the fact isn't known.
        unit: what is counted.
    """

    ranges: Ranges
    missing: bool
    unit: Unit

    def has(self, value: object) -> bool:
        """Whether a value, or `MISSING`, belongs to it."""
        return _is_in(value, self.ranges, missing=self.missing)


@dataclass(frozen=True, slots=True)
class Total:
    """What would be used of an allowance with this remedy.

    Attributes:
        ranges: rising; minor units, or numbers of remedies.
        missing: whether it belongs to it that it isn't known.
        per: whose giving is added up.
        period: over which time, in the words of the charter.
        counts: whether remedies are counted, not money.
    """

    ranges: Ranges
    missing: bool
    per: Per
    period: str
    counts: bool

    def has(self, value: object) -> bool:
        """Whether a value, or `MISSING`, belongs to it."""
        return _is_in(value, self.ranges, missing=self.missing)


@dataclass(frozen=True, slots=True)
class YesNo:
    """Answers of a flag.

    Attributes:
        yes, no, missing: whether each belongs to it.
    """

    yes: bool
    no: bool
    missing: bool

    def has(self, value: object) -> bool:
        """Whether a value, or `MISSING`, belongs to it."""
        return self.missing if value is MISSING else self.yes if value else self.no


Where = Words | Numbers | Total | YesNo


@dataclass(frozen=True, slots=True)
class Region:
    """All requests whose facts lie where they should; any value of every other fact.

    Attributes:
        where: pairs (name of a fact, what belongs to it), who and kind first.
    """

    where: tuple[tuple[str, Where], ...] = ()

    def contains(self, value_of: Callable[[str], object]) -> bool:
        """Whether a request lies in it.

        Args:
            value_of: gives the value of a fact by its name, or `MISSING`.
        """
        return all(where.has(value_of(name)) for name, where in self.where)

    def get(self, name: str) -> Where | None:
        """What belongs to it of one fact; None where that is everything."""
        return dict(self.where).get(name)


@dataclass(frozen=True, slots=True, order=True)
class Days:
    """Days of a calendar.

    Attributes:
        since, until: first and last, both included; None without an end.
    """

    since: date | None
    until: date | None

    def has(self, day: date) -> bool:
        """Whether a day is one of them."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    @property
    def is_every_day(self) -> bool:
        """Whether no day is left out."""
        return self.since is None and self.until is None


EVERY_DAY = Days(None, None)


def days_of(stretch: Stretch) -> Days:
    """The days of a stretch."""
    return Days(stretch.since, stretch.until)


def region_of_bits(space: Space, bits: Bits) -> Region:
    """A box of classes as a region."""
    return Region(
        tuple(
            (axis.name, _where(space, axis, each, full))
            for axis, each, full in zip(space.axes, bits, space.full, strict=True)
            if each != full
        )
    )


def _where(space: Space, axis: Axis, bits: int, full: int) -> Where:
    missing = bool(bits >> axis.size - 1 & 1)
    if isinstance(axis, WordAxis):
        named = tuple(word for place, word in enumerate(axis.words) if bits >> place & 1)
        left_out = tuple(word for place, word in enumerate(axis.words) if not bits >> place & 1)
        can_miss = bool(full >> axis.size - 1)
        return Words(named, bool(bits >> len(axis.words) & 1), left_out, missing, can_miss)
    if isinstance(axis, FlagAxis):
        return YesNo(bool(bits >> 1 & 1), bool(bits & 1), missing)
    ranges = _ranges(axis, bits)
    allowances = space.allowances.get(axis.name)
    if allowances:
        first = allowances[0]
        return Total(ranges, missing, first.per, first.period.words, first.counts)
    return Numbers(ranges, missing, space.units[axis.name])


def _ranges(axis: NumberAxis, bits: int) -> Ranges:
    """The known numbers of some classes: runs of neighbouring classes are one range."""
    starts = axis.starts
    left = bits & (1 << len(starts)) - 1
    ranges: list[tuple[int, int | None]] = []
    while left:
        first = (left & -left).bit_length() - 1
        beyond = left + (left & -left)
        # The carry stops at the first class that doesn't belong to the run.
        end = (beyond & -beyond).bit_length() - 1
        ranges.append((starts[first], starts[end] - 1 if end < len(starts) else None))
        left &= ~((1 << end) - 1)
    return tuple(ranges)


def _is_in(value: object, ranges: Ranges, *, missing: bool) -> bool:
    if not isinstance(value, int):
        return missing
    return any(low <= value and (high is None or value <= high) for low, high in ranges)
