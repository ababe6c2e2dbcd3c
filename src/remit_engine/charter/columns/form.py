"""The charter as columns: levels of millions of requests without a loop over requests or rules.

Each rule has a bit. For each fact a table says, by cell (role and kind) and class of the value, which rules
it lets hold; the bits that are left after all facts are the rules that hold, and the level is read off them
by comparing. Missing is one more class of every fact. Where rows come in runs of the same role and kind, the
few rules of that cell are looked at one by one instead, which is faster still.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np

from remit_engine.charter.builtin import OTHER_CURRENCY
from remit_engine.charter.columns.amounts import Amounts
from remit_engine.charter.columns.boxes import cells_of
from remit_engine.charter.columns.clustered import Clustered
from remit_engine.charter.columns.deciding import Deciding, Firsts
from remit_engine.charter.columns.rows_in_tables import CHUNK, InTables
from remit_engine.charter.columns.source import Bools, Levels, Source, Words
from remit_engine.charter.columns.tables import Compiled
from remit_engine.charter.stretches import Stretch

_FEW_RUNS: Final = 4
"""At most so many runs of one role and kind in a chunk are worth looking at rule by rule."""

Progress = Callable[[int, int], None]
"""Told how many rows are done, and of how many; an exception that it raises ends the work."""


@dataclass(frozen=True)
class ColumnForm:
    """The rules of one stretch of days, ready for columns of requests.

    Attributes:
        stretch: the rules; the days of the requests are not looked at.
    """

    stretch: Stretch

    @cached_property
    def whole(self) -> Compiled:
        """The rules for all requests."""
        return Compiled.of(cells_of(self.stretch))

    @cached_property
    def known(self) -> Compiled:
        """The rules for requests whose role and kind are known: smaller, and so faster."""
        return Compiled.of(cells_of(self.stretch, all_known=True))

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
        clustered = Clustered(in_tables.cells, amounts, allowances=allowances)
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
        counts = {each.id: np.full(len(source), not each.conditions) for each in self.stretch.allowances}
        if all(not each.conditions for each in self.stretch.allowances):
            return counts
        # Compiled alone, allowances look up few facts, mostly none.
        alone = type(self)(replace(self.stretch, grants=(), guardrails=()))
        in_tables = alone.in_tables(Amounts.of(self.stretch.charter, source))
        for start in range(0, len(source), CHUNK):
            rows = slice(start, min(start + CHUNK, len(source)))
            for name, held in in_tables.counting(rows):
                counts[name][rows] = held
        return counts

    def deciding(self, source: Source) -> Deciding:
        """The level of every request with the rules that made it; see `Deciding` for their order."""
        levels = np.empty(len(source), dtype=np.int8)
        grants = np.empty(len(source), dtype=np.int32)
        caps = np.empty(len(source), dtype=np.int32)
        amounts = Amounts.of(self.stretch.charter, source)
        in_tables = self.in_tables(amounts)
        firsts = Firsts.of(in_tables.cells, in_tables.layout, self.stretch)
        for start in range(0, len(source), CHUNK):
            rows = slice(start, min(start + CHUNK, len(source)))
            made = firsts.of_rows(in_tables, rows, source)
            levels[rows], grants[rows], caps[rows] = made.levels, made.grants, made.caps
        return Deciding(levels, grants, caps)

    def in_tables(self, amounts: Amounts) -> InTables:
        """The tables bound to the columns of one source."""
        who = (amounts.source.column("role"), amounts.source.column("kind"))
        known = all(isinstance(words, Words) and _all_known(words) for words in who)
        return InTables(self.known if known else self.whole, self.stretch, amounts)


def _all_known(words: Words) -> bool:
    return bool(words.codes.min(initial=0) >= 0)
