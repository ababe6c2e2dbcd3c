"""Which grant reached the level, and which cap lowered it, for requests in columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np
import numpy.typing as npt

from remit_engine.charter.builtin import ABOUT_ME, OWN_ACCOUNT
from remit_engine.charter.columns.boxes import Cells
from remit_engine.charter.columns.layout import Bits, Layout
from remit_engine.charter.columns.source import Levels, Source
from remit_engine.charter.levels import Level
from remit_engine.charter.stretches import Stretch

if TYPE_CHECKING:
    from remit_engine.charter.columns.rows_in_tables import Holding, InTables

Numbers = npt.NDArray[np.int32]

NO_RULE = -1


@dataclass(frozen=True, slots=True)
class Deciding:
    """Levels with the rules that made them; a tie never changes a level.

    Attributes:
        levels: int8, values of `Level`.
        grants: int32, number of the grant that reached highest; among equal levels the one with the largest
            `upto`, then the first in the charter. -1 where none holds.
        caps: int32, number of the cap that lowered the level; among equal levels guardrails come first, by
            the smallest `above` and the order of the charter, then allowances in the order of the charter,
            then *about me*, *own account*, other currency. -1 where no cap is below what the grants reach.
    """

    levels: Levels
    grants: Numbers
    caps: Numbers


@dataclass(frozen=True, slots=True)
class Firsts:
    """The rule of each bit of each cell.

    Attributes:
        layout: of the bits.
        rules: int32, [cell, slot]: its number among the grants or the caps.
        first_cap: the first slot of caps.
        built_in: numbers of about me, own account and other currency among the caps.
    """

    layout: Layout
    rules: Numbers
    first_cap: int
    built_in: tuple[int, int, int]

    @classmethod
    def of(cls, cells: Cells, layout: Layout, stretch: Stretch) -> Self:
        """Note the rule of every bit."""
        rules = np.full((len(cells.cells), layout.words * layout.width), NO_RULE, dtype=np.int32)
        for place, cell in enumerate(cells.cells):
            for slot, box in layout.slots(cell):
                rules[place, slot] = box.number
        caps = stretch.caps
        built_in = caps.index(ABOUT_ME), caps.index(OWN_ACCOUNT), len(caps)
        return cls(layout, rules, layout.caps[Level.NEVER], built_in)

    def of_rows(self, tables: InTables, rows: slice, source: Source) -> Deciding:
        """Levels and rules of some rows."""
        holding = tables.holding(rows)
        cells = tables.cells_of_rows(rows).copy()
        tables.exceeded(holding, allowances=True)
        reached, capped = tables.sides(holding)
        grants = self._first(holding, cells, 0, self.first_cap)
        caps = self._first(holding, cells, self.first_cap, self.rules.shape[1])
        self._built_in(tables, holding, caps, source)
        caps[capped >= reached] = NO_RULE
        return Deciding(np.minimum(reached, capped), grants, caps)

    def _first(self, holding: Holding, cells: npt.NDArray[np.intp], start: int, stop: int) -> Numbers:
        """The rule of the first bit that is set between two slots."""
        found = np.full(len(cells), NO_RULE, dtype=np.int32)
        for word in range(self.layout.words - 1, -1, -1):
            low = word * self.layout.width
            first, last = max(start - low, 0), min(stop - low, self.layout.width)
            if first >= last:
                continue
            mask = (1 << (self.layout.width - first)) - (1 << (self.layout.width - last))
            bits = holding.bits[word] & self.layout.dtype.type(mask)
            slots = low + self.layout.width - 1 - _highest_bit(bits)
            some = bits != 0
            found[some] = self.rules[cells[some], slots[some]]
        return found

    def _built_in(self, tables: InTables, holding: Holding, caps: Numbers, source: Source) -> None:
        """Guardrails that every charter has come last among those of `ask`: other rules are named before."""
        _, by_rules = tables.read(holding)
        rows, free = holding.rows, by_rules > Level.ASK
        foreign = tables.amounts.foreign
        for number, holds in zip(
            reversed(self.built_in),
            (None if foreign is None else foreign[rows], source.own_account[rows], source.about_me[rows]),
            strict=True,
        ):
            if holds is not None:
                caps[free & holds] = number


def _highest_bit(bits: Bits) -> npt.NDArray[np.int64]:
    """The number of the highest bit that is set; -1 for none."""
    smeared = bits.astype(np.uint64)
    for shift in (1, 2, 4, 8, 16, 32):
        smeared |= smeared >> np.uint64(shift)
    return np.bitwise_count(smeared).astype(np.int64) - 1
