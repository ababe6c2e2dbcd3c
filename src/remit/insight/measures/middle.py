"""Figures of a stretch, to the two places that are kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from typing import Final

_KEPT: Final = Decimal("0.01")


def kept(value: Fraction) -> Decimal:
    """A value as it is kept: two places, halves to the even one."""
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(_KEPT, ROUND_HALF_EVEN)


def middle_of(spans: Sequence[timedelta], unit: timedelta) -> Decimal | None:
    """The middle one of some spans in a unit; of an even number, halfway between two. None of none."""
    if not spans:
        return None
    ordered = sorted(spans)
    half = len(ordered) // 2
    middle = ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
    return kept(Fraction(middle // timedelta(microseconds=1), unit // timedelta(microseconds=1)))
