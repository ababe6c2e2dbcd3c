"""The charter as columns: levels of millions of requests without a loop over requests or rules.

Each rule has a bit. For each fact a table says, by cell (role and kind) and class of the value, which rules
it lets hold; the bits that are left after all facts are the rules that hold, and the level is read off them
by comparing. Missing is one more class of every fact. Where rows come in runs of the same role and kind, the
few rules of that cell are looked at one by one instead, which is faster still.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Self

import numpy as np

from remit_engine.charter.builtin import OTHER_CURRENCY
from remit_engine.charter.columns.amounts import Amounts
from remit_engine.charter.columns.boxes import Cells, cells_of
from remit_engine.charter.columns.clustered import Clustered
from remit_engine.charter.columns.deciding import Deciding, Firsts
from remit_engine.charter.columns.layout import Layout, layout_of
from remit_engine.charter.columns.rows_in_tables import CHUNK, InTables
from remit_engine.charter.columns.source import Bools, Levels, Source
from remit_engine.charter.columns.tables import Tables
from remit_engine.charter.stretches import Stretch

_FEW_RUNS: Final = 4
"""At most so many runs of one role and kind in a chunk are worth looking at rule by rule."""

Progress = Callable[[int, int], None]
"""Told how many rows are done, and of how many; an exception that it raises ends the work."""


@dataclass(frozen=True, slots=True)
class ColumnForm:
    """The rules of one stretch of days, ready for columns of requests.

    Attributes:
        stretch: the rules; the days of the requests are not looked at.
        cells: the rules by role and kind.
        layout: the bit of each rule.
        tables: the rules that each class of each fact lets hold.
    """

    stretch: Stretch
    cells: Cells
    layout: Layout
    tables: Tables

    @classmethod
    def of(cls, stretch: Stretch) -> Self:
        """Compile the rules of a stretch."""
        cells = cells_of(stretch)
        layout = layout_of(cells.cells)
        return cls(stretch, cells, layout, Tables.of(cells, layout))

    @property
    def grant_ids(self) -> tuple[str, ...]:
        """What the numbers of `Deciding.grants` stand for."""
        return tuple(grant.id for grant in self.stretch.grants)

    @property
    def cap_ids(self) -> tuple[str, ...]:
        """What the numbers of `Deciding.caps` stand for; the last is the guardrail about other currencies."""
        return (*(cap.id for cap in self.stretch.caps), OTHER_CURRENCY.id)

    def levels(self, source: Source, *, allowances: bool = True, progress: Progress | None = None) -> Levels:
        """The level of every request.

        Args:
            source: the requests; rows in runs of one role and kind are fastest.
            allowances: False leaves them out, as if nothing could exceed them.
            progress: told now and then how far it is.

        Returns:
            int8, values of `Level`.
        """
        levels = np.empty(len(source), dtype=np.int8)
        amounts = Amounts.of(self.stretch.charter, source)
        in_tables = self.in_tables(amounts)
        clustered = Clustered(self.cells, amounts, allowances=allowances)
        for start in range(0, len(source), CHUNK):
            rows = slice(start, min(start + CHUNK, len(source)))
            runs = clustered.runs(rows, _FEW_RUNS)
            if runs:
                for run in runs:
                    clustered.levels_into(run, levels[run])
            else:
                in_tables.levels_into(rows, levels[rows], allowances=allowances)
            if progress is not None:
                progress(rows.stop, len(source))
        return levels

    def counting(self, source: Source) -> dict[str, Bools]:
        """For each allowance of the stretch, by id, the requests that are added to it.

        Returns:
            One bool array each, a truth a request.
        """
        counts = {allowance.id: np.zeros(len(source), np.bool_) for allowance in self.stretch.allowances}
        amounts = Amounts.of(self.stretch.charter, source)
        in_tables = self.in_tables(amounts)
        for start in range(0, len(source) if counts else 0, CHUNK):
            rows = slice(start, min(start + CHUNK, len(source)))
            for name, held in in_tables.counting(rows):
                counts[name][rows] = held
        return counts

    def deciding(self, source: Source) -> Deciding:
        """The level of every request with the rules that made it; see `Deciding` for their order."""
        firsts = Firsts.of(self.cells, self.layout, self.stretch)
        levels = np.empty(len(source), dtype=np.int8)
        grants = np.empty(len(source), dtype=np.int32)
        caps = np.empty(len(source), dtype=np.int32)
        amounts = Amounts.of(self.stretch.charter, source)
        in_tables = self.in_tables(amounts)
        for start in range(0, len(source), CHUNK):
            rows = slice(start, min(start + CHUNK, len(source)))
            made = firsts.of_rows(in_tables, rows, source)
            levels[rows], grants[rows], caps[rows] = made.levels, made.grants, made.caps
        return Deciding(levels, grants, caps)

    def in_tables(self, amounts: Amounts) -> InTables:
        """The tables bound to the columns of one source."""
        return InTables(self.cells, self.layout, self.tables, self.stretch, amounts)
