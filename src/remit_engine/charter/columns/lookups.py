"""From the values of a column to the classes of its axis, as offsets into the tables of a form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt

from remit_engine.charter.axes import Axis, NumberAxis
from remit_engine.charter.columns.source import Integers, Rows, Words
from remit_engine.charter.plain import MISSING

Offsets = npt.NDArray[np.intp]

_MOST_BUCKETS: Final = 1 << 13
"""Larger tables fall out of the fast part of the cache."""
_MOST_CUTS: Final = 3
"""Most cuts of a bucket that are worth comparing one after the other."""
_NEVER_REACHED: Final = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class CodeLookup:
    """Words and flags: one look-up.

    Attributes:
        codes: a number from -1 on for each row.
        offsets: intp, what each of them gives; the last is for -1.
    """

    codes: npt.NDArray[Any]
    offsets: Offsets

    def into(self, rows: Rows, out: Offsets) -> None:
        """Put the offset of each row into `out`."""
        np.take(self.offsets, self.codes[rows], mode="wrap", out=out)


@dataclass(frozen=True, slots=True)
class NumberClasses:
    """Numbers from 0 on, and -1 for missing: a shift finds a bucket, a few comparisons the class inside it.

    Where no such buckets exist (cuts close together that reach far), the cuts are searched.

    Attributes:
        starts: int64, rising, the first is 0.
        shift: bits that a bucket spans.
        base: intp, offset at the start of each bucket; the last is for missing.
        cuts: int64, per bucket the first, second, ... start inside it, or a number that none reaches.
        stride: between the offsets of two classes.
    """

    starts: Integers
    shift: int
    base: Offsets
    cuts: tuple[Integers, ...]
    stride: int

    @classmethod
    def of(cls, starts: Sequence[int], stride: int) -> Self:
        """Classes that begin at these numbers; `stride` is what one class adds to the offset."""
        begins = np.asarray(starts, dtype=np.int64)
        shift, deepest = _buckets(begins)
        if deepest > _MOST_CUTS:
            return cls(begins, shift, np.zeros(0, np.intp), (), stride)
        edges = np.arange((int(begins[-1]) >> shift) + 1, dtype=np.int64) << shift
        base = np.searchsorted(begins, edges, side="right") - 1
        padded = np.append(begins, np.full(_MOST_CUTS + 1, _NEVER_REACHED))
        cuts = tuple(np.append(padded[base + 1 + n], _NEVER_REACHED) for n in range(deepest))
        return cls(begins, shift, np.append(base, len(starts)).astype(np.intp) * stride, cuts, stride)

    def into(self, values: Integers, out: Offsets) -> None:
        """Put the offset of each value into `out`."""
        if not len(self.base):
            self._searched(values, out)
            return
        buckets = np.minimum(values, self.starts[-1])
        if self.shift:
            np.right_shift(buckets, self.shift, out=buckets)
        np.take(self.base, buckets, mode="wrap", out=out)
        for cut in self.cuts:
            beyond = np.take(cut, buckets, mode="wrap")
            np.add(out, np.greater_equal(values, beyond).astype(np.intp) * self.stride, out=out)

    def _searched(self, values: Integers, out: Offsets) -> None:
        out[:] = np.searchsorted(self.starts, values, side="right")
        np.subtract(out, 1, out=out)
        out[values < 0] = len(self.starts)
        np.multiply(out, self.stride, out=out)


def _buckets(begins: Integers) -> tuple[int, int]:
    """The widest buckets (as a shift) with at most one start inside each; and how many there are at most.

    Where the table would be too long, the narrowest that are allowed.
    """
    top = int(begins[-1])
    narrowest = max(0, top.bit_length() - _MOST_BUCKETS.bit_length() + 1)
    deepest = 0
    for shift in range(top.bit_length(), narrowest - 1, -1):
        inside = begins[begins & ((1 << shift) - 1) != 0] >> shift
        deepest = int(np.bincount(inside).max()) if len(inside) else 0
        if deepest <= 1:
            return shift, deepest
    return narrowest, deepest


@dataclass(frozen=True, slots=True)
class NumberLookup:
    """A column of numbers with its classes."""

    values: npt.NDArray[Any]
    classes: NumberClasses

    def into(self, rows: Rows, out: Offsets) -> None:
        """Put the offset of each row into `out`."""
        self.classes.into(self.values[rows].astype(np.int64, copy=False), out)


@dataclass(frozen=True, slots=True)
class NothingKnown:
    """A column that isn't there: everything is missing."""

    offset: int

    def into(self, rows: Rows, out: Offsets) -> None:  # noqa: ARG002 (the same for all rows)
        """Put the offset of each row into `out`."""
        out.fill(self.offset)


Lookup = CodeLookup | NumberLookup | NothingKnown


def lookup_of(axis: Axis, column: Words | npt.NDArray[Any] | None, stride: int) -> Lookup:
    """How the classes of an axis are found in a column; one class adds `stride` to the offset."""
    missing = axis.class_of(MISSING) * stride
    if column is None:
        return NothingKnown(missing)
    if not isinstance(column, np.ndarray):
        classes = [axis.class_of(name) for name in column.names] + [axis.class_of(MISSING)]
        return CodeLookup(column.codes, np.asarray(classes, dtype=np.intp) * stride)
    if isinstance(axis, NumberAxis):
        return NumberLookup(column, NumberClasses.of(axis.starts, stride))
    return CodeLookup(column, np.array([0, 1, 2], dtype=np.intp) * stride)
