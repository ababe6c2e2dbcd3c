"""The new answers change the totals: exact, row after row in time, and yet in whole columns.

What a row may do depends only on rows before it. So levels that agree with the totals which they make
themselves are the only ones, and are found by guessing, adding up, and looking again at rows whose totals
changed, until nothing changes: each look settles at least the first row that was wrong. Rows are taken in
blocks of time, since what comes later only settles once what was before it has. A block that settles slowly
is cut shorter; the shortest one settles in any case.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Self

import numpy as np

from remit_engine.charter.columns import CharterInColumns
from remit_engine.charter.columns.amounts import Amounts
from remit_engine.charter.columns.by_day import Bound
from remit_engine.charter.columns.source import Levels, Rows
from remit_engine.history.account import Progress
from remit_engine.history.replay.block import BlockTotal, Total
from remit_engine.history.replay.giving import Giving, Outcomes
from remit_engine.history.replay.ledgers import Ledger
from remit_engine.history.requests.columns import RequestColumns
from remit_engine.history.table import Integers

_BLOCK: Final = 1 << 15
"""Rows of a block: the longer it is, the more often its last rows are looked at again."""
_SHORTEST: Final = 32
_MOST_LOOKS: Final = 40
"""More than rows of the shortest block, so that it always settles."""


@dataclass(frozen=True, slots=True)
class ClosedLoop:
    """What is known so far.

    Attributes:
        bound: the charter with the columns, whose `given` is written as it becomes known.
        amounts: of the columns.
        giving: what the rows give.
        given: int64, the column of `bound`.
        base: int8, levels without allowances, for `given`.
        levels, outcomes: int8, of the rows.
        totals: of the ledgers of allowances.
        orders: the totals given on orders; None where no order has two rows.
    """

    bound: Bound
    amounts: Amounts
    giving: Giving
    given: Integers
    base: Levels
    levels: Levels
    outcomes: Outcomes
    totals: tuple[Total, ...]
    orders: Total | None

    @classmethod
    def of(
        cls,
        charter: CharterInColumns,
        columns: RequestColumns,
        giving: Giving,
        ledgers: tuple[Ledger, ...],
        orders: Ledger | None,
    ) -> Self:
        """Begin with what would be without allowances.

        Args:
            charter: whose answers.
            columns: rows in time order.
            giving: what they give.
            ledgers: the totals that allowances limit.
            orders: the totals given on orders.
        """
        given = columns.given.copy()
        writable = replace(columns, given=given)
        base = charter.levels(writable, allowances=False)
        return cls(
            charter.bound(writable),
            Amounts.of(charter.charter, writable),
            giving,
            given,
            base,
            base.copy(),
            giving.under(base),
            tuple(Total(ledger, giving) for ledger in ledgers),
            None if orders is None else Total(orders, giving),
        )

    def run(self, progress: Progress) -> Levels:
        """Settle all rows.

        Args:
            progress: told how many are settled; an exception that it raises ends the work.

        Returns:
            int8, values of `Level`.
        """
        start, size, rows = 0, _BLOCK, len(self.levels)
        while start < rows:
            stop = min(start + size, rows)
            settled = self._settle(start, stop)
            size = min(2 * size, _BLOCK) if settled == stop else max(size // 8, _SHORTEST)
            start = settled
            progress(start, rows)
        return self.levels

    def _settle(self, start: int, stop: int) -> int:
        """Settle the rows of a block, or only the first of them; the row up to which they are settled."""
        totals = [BlockTotal(total, start, stop) for total in self.totals]
        orders = None if self.orders is None else BlockTotal(self.orders, start, stop)
        outcomes = self.outcomes[start:stop]
        changed = np.arange(stop - start)
        for look in range(_MOST_LOOKS):
            stale = np.zeros(stop - start, dtype=np.bool_)
            for total in totals:
                stale[total.add_up(outcomes, changed if look else None)] = True
            if orders is not None:
                again = orders.add_up(outcomes, changed if look else None)
                stale[self._give(orders, again, start)] = True
            rows = np.flatnonzero(stale) if look else slice(0, stop - start)
            in_all = start + rows if isinstance(rows, np.ndarray) else slice(start, stop)
            levels = self._levels(rows, in_all, totals)
            self.levels[in_all] = levels
            becomes = self.giving.under(levels, in_all)
            changed = np.flatnonzero(becomes != outcomes[rows])
            outcomes[rows] = becomes
            changed = rows[changed] if isinstance(rows, np.ndarray) else changed
            if not len(changed):
                break
        settled = int(changed.min()) if len(changed) else stop - start
        for each in (*totals, *([] if orders is None else [orders])):
            each.settle(settled)
        return start + settled

    def _give(self, orders: BlockTotal, rows: Integers, start: int) -> Integers:
        """Judge rows anew whose order was given another sum before, and say which they are."""
        rows = rows[self.given[start + rows] != orders.before[rows]]
        self.given[start + rows] = orders.before[rows]
        self.base[start + rows] = self.bound.levels(start + rows)
        return rows

    def _levels(self, rows: Rows, in_all: Rows, totals: list[BlockTotal]) -> Levels:
        """The levels of some rows of a block (and where they are in all), as the totals are."""
        levels = self.base[in_all].copy()
        for total, block in zip(self.totals, totals, strict=True):
            counts = total.ledger.counts[in_all]
            before = block.before[rows]
            for allowance in total.ledger.allowances:
                beyond = self.amounts.exceeds(allowance, before, in_all)
                beyond &= counts
                np.minimum(levels, np.int8(allowance.beyond), out=levels, where=beyond)
        return levels
