"""Rows in any order: the bits of their rules are looked up in tables, fact after fact."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from remit_engine.charter.axes import NumberAxis
from remit_engine.charter.columns.amounts import Amounts
from remit_engine.charter.columns.boxes import AMOUNT
from remit_engine.charter.columns.layout import Bits, WordPlan
from remit_engine.charter.columns.lookups import Lookup, NumberClasses, Offsets, lookup_of
from remit_engine.charter.columns.source import Bools, Levels, Rows, how_many
from remit_engine.charter.columns.tables import Compiled
from remit_engine.charter.levels import Level
from remit_engine.charter.stretches import Stretch

CHUNK: Final = 1 << 15
"""Rows that are looked at together: all that is written about them stays in the cache."""


@dataclass(frozen=True, slots=True)
class Holding:
    """The rules that hold for some rows.

    Attributes:
        bits: one array a word; allowances are among them as far as they count, exceeded or not.
        rows: of the source.
    """

    bits: tuple[Bits, ...]
    rows: Rows


class InTables:
    """Tables bound to the columns of one source.

    Args:
        compiled: the rules by cell, with their bits and tables.
        stretch: the rules themselves.
        amounts: of the source.

    Attributes:
        cells, layout: as compiled.
    """

    def __init__(self, compiled: Compiled, stretch: Stretch, amounts: Amounts) -> None:
        cells, layout, tables = compiled.cells, compiled.layout, compiled.tables
        self.cells, self.layout, self._tables, self.amounts = cells, layout, tables, amounts
        source = amounts.source
        self._allowances = stretch.allowances
        self._first_allowance = len(stretch.guardrails)
        stride = len(cells.cells)
        kinds = cells.axes["kind"]
        self._roles = lookup_of(cells.axes["role"], source.column("role"), kinds.size)
        self._kinds = lookup_of(kinds, source.column("kind"), 1)
        self._places = np.asarray(cells.places, dtype=np.intp).ravel()
        self._lookups: dict[str, Lookup] = {
            name: lookup_of(cells.axes[name], source.column(name), stride)
            for name in tables.by_fact
            if name != AMOUNT
        }
        judged = cells.axes[AMOUNT]
        starts = judged.starts if isinstance(judged, NumberAxis) else (0,)
        self._judged = NumberClasses.of(starts, stride)
        self._offsets = np.empty(CHUNK, dtype=np.intp)
        self._cells_found = np.empty(CHUNK, dtype=np.intp)
        self._found = np.empty(CHUNK, dtype=layout.dtype)

    def levels_into(self, rows: Rows, levels: Levels, *, allowances: bool = True) -> None:
        """Put the levels of some rows into `levels`."""
        holding = self.holding(rows)
        self.exceeded(holding, allowances=allowances)
        reached, capped = self.sides(holding)
        np.minimum(reached, capped, out=levels)

    def holding(self, rows: Rows) -> Holding:
        """The rules that hold, whatever was used of the allowances."""
        many = how_many(rows)
        cells, offsets, found = self.cells_of_rows(rows), self._offsets[:many], self._found[:many]
        bits = tuple(np.take(everything, cells, mode="clip") for everything in self._tables.everything)
        for name, tables in self._tables.by_fact.items():
            self._offsets_of(name, rows, offsets)
            np.add(offsets, cells, out=offsets)
            for word, table in enumerate(tables):
                if table is not None:
                    np.take(table, offsets, mode="clip", out=found)
                    np.bitwise_and(bits[word], found, out=bits[word])
        return Holding(bits, rows)

    def cells_of_rows(self, rows: Rows) -> Offsets:
        """The cell of each row, in an array that the next chunk writes over."""
        many = how_many(rows)
        cells, offsets = self._cells_found[:many], self._offsets[:many]
        self._roles.into(rows, cells)
        self._kinds.into(rows, offsets)
        np.add(cells, offsets, out=offsets)
        np.take(self._places, offsets, mode="clip", out=cells)
        return cells

    def exceeded(self, holding: Holding, *, allowances: bool) -> None:
        """Leave of the allowances only those that are exceeded; none at all when `allowances` is False."""
        for place, allowance in enumerate(self._allowances):
            slot = self.layout.allowances.get(self._first_allowance + place)
            if slot is None:
                continue
            word, bit = self.layout.word(slot), self.layout.bit(slot)
            bits = holding.bits[word]
            kept = self.layout.dtype.type(((1 << self.layout.width) - 1) & ~(1 << bit))
            beyond = self.amounts.exceeded(allowance, holding.rows) if allowances else None
            if beyond is not None:
                kept = beyond.astype(bits.dtype) << bits.dtype.type(bit) | kept
            if beyond is not None or not allowances:
                np.bitwise_and(bits, kept, out=bits)

    def counting(self, rows: Rows) -> Iterator[tuple[str, Bools]]:
        """For each allowance, by id, which of the rows are added to it."""
        bits = self.holding(rows).bits
        for place, allowance in enumerate(self._allowances):
            slot = self.layout.allowances.get(self._first_allowance + place)
            if slot is not None:
                mask = self.layout.dtype.type(1 << self.layout.bit(slot))
                yield allowance.id, (bits[self.layout.word(slot)] & mask) != 0

    def sides(self, holding: Holding) -> tuple[Levels, Levels]:
        """What the grants reach (at least `ask`), and what the caps leave (`decide` where none holds)."""
        reached, capped = self.read(holding)
        second = self.amounts.second_person
        if second is not None:
            np.minimum(capped, Level.ASK, out=capped, where=second[holding.rows])
        return reached, capped

    def read(self, holding: Holding) -> tuple[Levels, Levels]:
        """The same without the guardrails that every charter has."""
        reached, capped = _read(holding.bits[0], self.layout.plans[0])
        for bits, plan in zip(holding.bits[1:], self.layout.plans[1:], strict=True):
            high, low = _read(bits, plan)
            np.maximum(reached, high, out=reached)
            np.minimum(capped, low, out=capped)
        return reached, capped

    def _offsets_of(self, name: str, rows: Rows, out: Offsets) -> None:
        if name == AMOUNT:
            self._judged.into(self.amounts.judged(rows), out)
        else:
            self._lookups[name].into(rows, out)


def _read(bits: Bits, plan: WordPlan) -> tuple[Levels, Levels]:
    """The highest level of the grants, and the lowest of the caps, in one word."""
    reached: npt.NDArray[np.int8] = np.full(len(bits), Level.ASK, dtype=np.int8)
    for step in plan.reach:
        _add(reached, bits >= bits.dtype.type(step.least), step.by)
    capped: npt.NDArray[np.int8] = np.full(len(bits), Level.DECIDE, dtype=np.int8)
    if plan.cap:
        caps = bits & bits.dtype.type(plan.cap_bits) if plan.reach else bits
        for step in plan.cap:
            _add(capped, caps >= bits.dtype.type(step.least), step.by)
    return reached, capped


def _add(levels: Levels, where: Bools, by: int) -> None:
    steps = where.view(np.int8)
    np.add(levels, steps if by == 1 else steps * np.int8(by), out=levels)
