"""For every fact, which rules of a cell each of its classes lets hold: one table a fact and word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np

from remit_engine.charter.columns.boxes import Box, Cells
from remit_engine.charter.columns.layout import Bits, Layout, layout_of
from remit_engine.charter.columns.source import Bools


@dataclass(frozen=True, slots=True)
class Tables:
    """Bits of rules.

    Attributes:
        everything: one a word; by cell: the bits of its rules.
        by_fact: for each fact that a rule needs, one a word: at `class * cells + cell` the rules that hold
            as far as this fact is concerned; None where no rule of that word needs it.
    """

    everything: tuple[Bits, ...]
    by_fact: Mapping[str, tuple[Bits | None, ...]]

    @classmethod
    def of(cls, cells: Cells, layout: Layout) -> Self:
        """Write the rules of all cells into tables."""
        everything = [np.zeros(len(cells.cells), layout.dtype) for _ in range(layout.words)]
        placed: list[tuple[int, int, int, Box]] = []
        for place, cell in enumerate(cells.cells):
            for slot, box in layout.slots(cell):
                word, bit = layout.word(slot), 1 << layout.bit(slot)
                everything[word][place] |= layout.dtype.type(bit)
                placed.append((place, word, bit, box))
        by_fact = _tables(cells, layout, everything, placed)
        flat = {
            name: tuple(t if t is None else t.ravel() for t in tables) for name, tables in by_fact.items()
        }
        return cls(tuple(everything), flat)

    @property
    def nbytes(self) -> int:
        """How large all of them are together."""
        tables = [table for tables in self.by_fact.values() for table in tables if table is not None]
        return sum(table.nbytes for table in (*self.everything, *tables))


@dataclass(frozen=True, slots=True)
class Compiled:
    """The rules of a stretch in tables.

    Attributes:
        cells: the rules by role and kind.
        layout: the bit of each rule.
        tables: the rules that each class of each fact lets hold.
    """

    cells: Cells
    layout: Layout
    tables: Tables

    @classmethod
    def of(cls, cells: Cells) -> Self:
        """Give every rule its bit, and write all of them into tables."""
        layout = layout_of(cells.cells)
        return cls(cells, layout, Tables.of(cells, layout))


def _tables(
    cells: Cells, layout: Layout, everything: list[Bits], placed: list[tuple[int, int, int, Box]]
) -> dict[str, list[Bits | None]]:
    by_fact: dict[str, list[Bits | None]] = {}
    closed: dict[tuple[str, int], Bools] = {}
    for place, word, bit, box in placed:
        for name, need in box.needs.items():
            size = cells.axes[name].size
            tables = by_fact.setdefault(name, [None] * layout.words)
            table = tables[word]
            if table is None:
                table = tables[word] = np.tile(everything[word], (size, 1))
            shut = closed.get((name, need.classes))
            if shut is None:
                shut = closed[name, need.classes] = ~_as_bools(need.classes, size)
            table[shut, place] &= layout.dtype.type(~bit & ((1 << layout.width) - 1))
    return by_fact


def _as_bools(bits: int, size: int) -> Bools:
    """Bit n as the nth truth."""
    raw = np.frombuffer(bits.to_bytes(-(-size // 8), "little"), dtype=np.uint8)
    return np.unpackbits(raw, count=size, bitorder="little").astype(np.bool_)
