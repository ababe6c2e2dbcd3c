"""The middle of some spans."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from remit.purpose.measures import kept


def middle_of(spans: Sequence[timedelta], unit: timedelta) -> Decimal | None:
    """The middle one of some spans in a unit; of an even number, halfway between two. None of none."""
    if not spans:
        return None
    ordered = sorted(spans)
    half = len(ordered) // 2
    middle = ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
    return kept(Fraction(middle // timedelta(microseconds=1), unit // timedelta(microseconds=1)))
