"""Periods of keys, numbered: what was added up when each of them began is all that has to be kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Self

import numpy as np

from remit_engine.charter.periods import Period, Span
from remit_engine.history.running_totals import NO_KEY, Days, period_numbers
from remit_engine.history.table import Bools, Integers

_MOST_PER_ROW: Final = 2
"""Where there would be more numbers than that per row, only those that occur are numbered."""
_ALWAYS_FEW: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Buckets:
    """The buckets of the entries of one ledger: a key in a period, or on a day for rolling windows.

    Attributes:
        own, answered: int64, the bucket of each row's entries; -1 for none. None where nobody answered.
        first: int64, by bucket: the first one in the window that ends with it; None for itself.
        many: how many numbers there are.
        keys: how many keys there are.
    """

    own: Integers
    answered: Integers | None
    first: Integers | None
    many: int
    keys: int

    @classmethod
    def of(cls, keys: Integers, answered: Integers | None, days: Days | None, period: Period) -> Self:
        """Number the buckets; the arguments are those of `Entries.of`."""
        every = [keys] if answered is None else [keys, answered]
        has = np.logical_or.reduce([column != NO_KEY for column in every])
        numbers, span = _numbers(has, days, period)
        many_keys = int(max(column.max(initial=NO_KEY) for column in every)) + 1
        buckets = [np.where(column == NO_KEY, NO_KEY, column * span + numbers) for column in every]
        many = many_keys * span
        occurring = None
        if many > max(_ALWAYS_FEW, _MOST_PER_ROW * len(keys)):
            occurring = np.unique(np.concatenate([bucket[bucket != NO_KEY] for bucket in buckets]))
            buckets = [_renumbered(bucket, occurring) for bucket in buckets]
            many = len(occurring)
        first = None
        if period.span is Span.ROLLING:
            first = _windows(buckets, occurring, many, span, period.days)
        return cls(buckets[0], None if answered is None else buckets[1], first, many, many_keys)


def _numbers(has: Bools, days: Days | None, period: Period) -> tuple[Integers, int]:
    """The period (or day) of each row counted from the first one, and how many there are."""
    if days is None or period.span is Span.EVER or not has.any():
        return np.zeros(len(has), dtype=np.int64), 1
    numbers = period_numbers(days, period.span)
    known = numbers[has]
    lowest, highest = int(known.min()), int(known.max())
    return np.where(has, numbers - lowest, 0), highest - lowest + 1


def _renumbered(buckets: Integers, occurring: Integers) -> Integers:
    return np.where(buckets == NO_KEY, NO_KEY, np.searchsorted(occurring, buckets))


def _windows(
    buckets: list[Integers], occurring: Integers | None, many: int, span: int, length: int
) -> Integers:
    """By day of a key: its first day with an entry that is not before the window."""
    places = np.arange(many)
    if occurring is None:
        seen = np.zeros(many + 1, dtype=np.bool_)
        for bucket in buckets:
            seen[bucket] = True
        occurring = places = np.flatnonzero(seen[:-1])
    day = occurring % span
    starts = np.searchsorted(occurring, occurring - np.minimum(day, length - 1))
    first = np.arange(many)
    first[places] = places[starts]
    return first
