"""What was added up before each row: per member, team, customer or order, in a period.

Entries lie in the order of whose they are, then of time. So everything of one key is one run, a period is a
part of that run, and what was added up before an entry is the difference of two running sums.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt

from remit_engine.charter.periods import Period, Span
from remit_engine.history.table import Bools, Integers

Days = npt.NDArray[np.datetime64]

NO_KEY: Final = -1
"""Whose it is isn't known: neither added anywhere, nor read."""
_DAYS_FROM_MONDAY: Final = 3
"""1970-01-01 was a Thursday."""
_BEFORE_ALL_DAYS: Final = -(2**40)


@dataclass(frozen=True, slots=True)
class Entries:
    """The entries of one thing that is added up.

    A row has up to two: its own, before which the total is read, and one of whoever answered it.

    Attributes:
        rows: int64, the row of each entry.
        begins: bool, where the entries of a key begin.
        first: int64, for each entry the first entry of its period, itself included.
        own: int64, the own entry of each row; -1 for none.
        answered: int64, the entry of whoever answered a row; -1 for none. None where no row has one.
    """

    rows: Integers
    begins: Bools
    first: Integers
    own: Integers
    answered: Integers | None

    @classmethod
    def of(cls, keys: Integers, answered: Integers | None, days: Days | None, period: Period) -> Self:
        """Put rows in order.

        Args:
            keys: int64, whose total each row reads and adds to, a number below 2^31; -1 for no entry.
            answered: the same for whoever answered it.
            days: datetime64[D], never falling from row to row, without NaT where there is a key; None when
                only the order of rows counts.
            period: over which the total runs.
        """
        bits = max(1, (2 * len(keys)).bit_length())
        packed = _packed(keys, bits, 0)
        if answered is not None:
            packed = np.concatenate([packed, _packed(answered, bits, 1)])
        packed.sort()
        begins = np.ones(len(packed), dtype=np.bool_)
        np.greater(packed[1:] >> bits, packed[:-1] >> bits, out=begins[1:])
        of_answer = None if answered is None else (packed & 1).astype(np.bool_)
        packed &= (1 << bits) - 1
        packed >>= 1
        own = _places(packed, None if of_answer is None else ~of_answer, len(keys))
        others = None if of_answer is None else _places(packed, of_answer, len(keys))
        return cls(packed, begins, _first(packed, begins, days, period), own, others)

    def before(self, values: Integers) -> Integers:
        """What was added up in the period before each own entry.

        Args:
            values: int64, what each entry adds.

        Returns:
            int64, one a row; -1 where a row has no own entry.
        """
        # Sums may pass 64 bits over all keys, and come back: differences inside a key are exact.
        running = np.cumsum(values) - values
        totals = running - running[self.first]
        before = np.full(len(self.own), NO_KEY, dtype=np.int64)
        has = self.own != NO_KEY
        before[has] = totals[self.own[has]]
        return before


def _packed(keys: Integers, bits: int, of_answer: int) -> Integers:
    """Key, row and kind of each entry in one number, so that sorting needs nothing else."""
    rows = np.flatnonzero(keys != NO_KEY)
    packed: Integers = keys[rows]
    packed <<= bits - 1
    packed |= rows
    packed <<= 1
    packed |= of_answer
    return packed


def _places(rows: Integers, chosen: Bools | None, many: int) -> Integers:
    """Where the entry of each row is; -1 for none."""
    places = np.full(many, NO_KEY, dtype=np.int64)
    if chosen is None:
        places[rows] = np.arange(len(rows))
    else:
        places[rows[chosen]] = np.flatnonzero(chosen)
    return places


def _first(rows: Integers, begins: Bools, days: Days | None, period: Period) -> Integers:
    """Where the period of each entry begins."""
    if days is None or period.span is Span.EVER:
        return _latest(begins)
    if period.span is Span.ROLLING:
        return _window_starts(begins, days.astype(np.int64)[rows], period.days)
    numbers = _narrowed(period_numbers(days, period.span))[rows]
    opens = begins.copy()
    opens[1:] |= numbers[1:] != numbers[:-1]
    return _latest(opens)


def period_numbers(days: Days, span: Span) -> Integers:
    """Equal for days of the same calendar period, rising with them; for rolling windows, the days."""
    if span is Span.MONTH:
        return days.astype("datetime64[M]").astype(np.int64)
    numbers = days.astype(np.int64)
    return (numbers + _DAYS_FROM_MONDAY) // 7 if span is Span.WEEK else numbers


def _narrowed(numbers: Integers) -> npt.NDArray[Any]:
    """The same differences in as few bytes as they need: narrow numbers are gathered faster.

    Days that aren't known come out as some number or other; they belong to no entry.
    """
    known = numbers[numbers > _BEFORE_ALL_DAYS]
    if not len(known):
        return numbers
    lowest = known.min()
    narrow = np.min_scalar_type(int(known.max() - lowest))
    return np.asarray(numbers - lowest, dtype=narrow)


def _latest(opens: Bools) -> Integers:
    """For each entry the latest place, up to its own, that opens."""
    return np.maximum.accumulate(np.where(opens, np.arange(len(opens)), 0))


def _window_starts(begins: Bools, days: Integers, length: int) -> Integers:
    """For each entry the first of its key whose day is not before the window."""
    if not len(days):
        return np.zeros(0, dtype=np.int64)
    opens = begins.copy()
    opens[1:] |= days[1:] != days[:-1]
    buckets = np.flatnonzero(opens)
    key = np.cumsum(begins[buckets])
    day = days[buckets] - days.min()
    span = int(day.max()) + 1
    line = key * span + day
    starts = buckets[np.searchsorted(line, key * span + np.maximum(day - length + 1, 0))]
    return np.asarray(starts[np.cumsum(opens) - 1], dtype=np.int64)
