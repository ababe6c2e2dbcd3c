"""Rows in runs of one role and kind: the few rules of that cell, one after the other."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from remit_engine.charter.axes import Axis, NumberAxis
from remit_engine.charter.columns.amounts import Amounts
from remit_engine.charter.columns.boxes import AMOUNT, Box, Cell, Cells, Need
from remit_engine.charter.columns.lookups import CodeLookup, NothingKnown, lookup_of
from remit_engine.charter.columns.source import Bools, Levels
from remit_engine.charter.facts import Between
from remit_engine.charter.levels import Level

_FEW_CODES = 6
"""At most so many codes are compared one by one; more are looked up."""


class Clustered:
    """Rules bound to the columns of one source.

    Args:
        cells: rules by role and kind.
        amounts: of the source.
        allowances: False leaves them out.
    """

    def __init__(self, cells: Cells, amounts: Amounts, *, allowances: bool) -> None:
        self._cells, self._amounts, self._allowances = cells, amounts, allowances
        self._source = source = amounts.source
        kinds = cells.axes["kind"]
        self._who = [lookup_of(cells.axes["role"], source.column("role"), kinds.size)]
        self._who.append(lookup_of(kinds, source.column("kind"), 1))
        self._tests: dict[tuple[str, int], _Codes] = {}

    def runs(self, rows: slice, most: int) -> list[slice]:
        """The runs of one role and kind in a chunk; none when there are more than `most`."""
        changed: Bools | None = None
        for lookup in self._who:
            if isinstance(lookup, CodeLookup):
                codes = lookup.codes[rows]
                differs = codes[1:] != codes[:-1]
                changed = differs if changed is None else np.logical_or(changed, differs, out=changed)
        if changed is None:
            return [rows]
        if np.count_nonzero(changed) >= most:
            return []
        edges = [rows.start, *(np.flatnonzero(changed) + rows.start + 1).tolist(), rows.stop]
        return [slice(first, last) for first, last in pairwise(edges)]

    def levels_into(self, rows: slice, levels: Levels) -> None:
        """Put the levels of a run into `levels`."""
        cell = self._cell(rows)
        seen = _Slice(self, cell, rows)
        levels.fill(Level.ASK)
        for box in reversed(cell.grants):
            held = seen.held(box)
            if held is None:
                levels.fill(box.level)
            else:
                np.maximum(levels, held.view(np.int8) * np.int8(box.level), out=levels)
        for box in (*cell.guardrails, *(cell.allowances if self._allowances else ())):
            held = seen.held(box)
            if box.allowance is not None:
                held = _both(held, self._amounts.exceeded(box.allowance, rows))
            # Where a cap doesn't hold, it leaves at least `decide`.
            left = box.level if held is None else (~held).view(np.int8) * np.int8(Level.DECIDE) | box.level
            np.minimum(levels, left, out=levels)
        second = self._amounts.second_person
        if second is not None:
            np.minimum(levels, Level.ASK, out=levels, where=second[rows])

    def judged(self, rows: slice) -> npt.NDArray[np.int64]:
        """The amounts judged in some rows."""
        return self._amounts.judged(rows)

    def column(self, name: str) -> npt.NDArray[Any] | None:
        """The numbers of a fact; None when nothing is known."""
        column = self._source.column(name)
        return column if isinstance(column, np.ndarray) else None

    def axis(self, name: str) -> Axis:
        """The axis of a fact."""
        return self._cells.axes[name]

    def codes(self, name: str, need: Need) -> _Codes:
        """Which codes of a column of words or flags meet a need."""
        key = (name, need.classes)
        if key not in self._tests:
            lookup = lookup_of(self.axis(name), self._source.column(name), 1)
            self._tests[key] = _Codes.of(lookup, need.classes)
        return self._tests[key]

    def _cell(self, rows: slice) -> Cell:
        first = slice(rows.start, rows.start + 1)
        place = np.empty((2, 1), dtype=np.intp)
        for lookup, out in zip(self._who, place, strict=True):
            lookup.into(first, out)
        role, kind = divmod(int(place.sum()), self.axis("kind").size)
        return self._cells.cells[self._cells.places[role][kind]]


class _Codes:
    """A set of codes, tested the quicker way.

    Args:
        codes: the column; None when every row is alike.
        wanted: a truth a code, the last for -1.
    """

    def __init__(self, codes: npt.NDArray[Any] | None, wanted: Bools) -> None:
        self._codes, self._wanted = codes, wanted
        inside, outside = np.flatnonzero(wanted), np.flatnonzero(~wanted)
        self._negated = len(outside) < len(inside)
        few = outside if self._negated else inside
        missing = len(wanted) - 1
        self._few = [-1 if code == missing else int(code) for code in few] if len(few) <= _FEW_CODES else None

    @classmethod
    def of(cls, lookup: object, classes: int) -> _Codes:
        """The codes whose class is among some classes (bits)."""
        if isinstance(lookup, NothingKnown):
            return cls(None, np.array([bool(classes >> lookup.offset & 1)]))
        if not isinstance(lookup, CodeLookup):
            raise TypeError(lookup)
        return cls(lookup.codes, np.array([bool(classes >> int(each) & 1) for each in lookup.offsets]))

    def held(self, rows: slice) -> Bools:
        """Where they are, as an array that may be written to."""
        if self._codes is None:
            return np.full(rows.stop - rows.start, self._wanted[0])
        codes = self._codes[rows]
        if self._few is None:
            return np.take(self._wanted, codes, mode="wrap")
        held = _any_of(codes, self._few)
        return np.logical_not(held, out=held) if self._negated else held


class _Slice:
    """The needs of one run of rows, each looked at once; to be combined, never written to."""

    def __init__(self, whole: Clustered, cell: Cell, rows: slice) -> None:
        self._whole, self._cell, self._rows = whole, cell, rows
        self._met: dict[tuple[str, int], Bools] = {}
        self._numbers: dict[str, npt.NDArray[Any] | None] = {}

    def held(self, box: Box) -> Bools | None:
        """Where all needs of a rule are met; None for everywhere."""
        held: Bools | None = None
        for name, need in box.needs.items():
            held = _both(held, self._met_need(name, need))
        return held

    def _met_need(self, name: str, need: Need) -> Bools:
        key = (name, need.classes)
        met = self._met.get(key)
        if met is None:
            is_number = isinstance(self._whole.axis(name), NumberAxis)
            met = self._in_range(name, need) if is_number else self._whole.codes(name, need).held(self._rows)
            self._met[key] = met
        return met

    def _in_range(self, name: str, need: Need) -> Bools:
        values = self._values(name)
        if values is None or not isinstance(need.condition, Between):
            return np.full(self._rows.stop - self._rows.start, need.if_missing)
        return _within(values, need.condition, if_missing=need.if_missing)

    def _values(self, name: str) -> npt.NDArray[Any] | None:
        if name not in self._numbers:
            column = None if name == AMOUNT else self._whole.column(name)
            values = self._whole.judged(self._rows) if name == AMOUNT else column
            self._numbers[name] = values if name == AMOUNT or values is None else values[self._rows]
        return self._numbers[name]


def _within(values: npt.NDArray[Any], condition: Between, *, if_missing: bool) -> Bools:
    """Where numbers are in a range; -1 is missing.

    Read without its sign, -1 is larger than every number; so one comparison at each end settles it too.
    """
    unsigned = values.view(f"u{values.dtype.itemsize}")
    most = int(np.iinfo(unsigned.dtype).max) >> 1
    low, high = condition.at_least, condition.at_most
    if low > most:
        return np.asarray(values < 0) if if_missing else np.zeros(len(values), np.bool_)
    held: Bools | None = None
    if low > 0:
        held = (unsigned if if_missing else values) >= low
    if high is not None and high < most:
        held = _both(held, (values if if_missing else unsigned) <= high)
    if held is None:
        held = np.ones(len(values), np.bool_) if if_missing else values >= 0
    return held


def _any_of(codes: npt.NDArray[Any], wanted: Iterable[int]) -> Bools:
    held = np.zeros(len(codes), np.bool_)
    for code in wanted:
        np.logical_or(held, codes == code, out=held)
    return held


def _both(one: Bools | None, other: Bools | None) -> Bools | None:
    if one is None or other is None:
        return other if one is None else one
    return one & other
