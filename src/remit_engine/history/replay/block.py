"""A total along a block of rows, added up anew for those whose it changed for."""

from __future__ import annotations

from typing import Final

import numpy as np

from remit_engine.history.replay.giving import Giving, Outcome, Outcomes
from remit_engine.history.replay.ledgers import Ledger
from remit_engine.history.running_totals import NO_KEY
from remit_engine.history.table import Bools, Integers

_NOBODY: Final = -1


class Total:
    """The entries of a ledger with what they add, as far as rows are settled.

    Args:
        ledger: whose entries.
        giving: what the rows give.
    """

    def __init__(self, ledger: Ledger, giving: Giving) -> None:
        self.ledger = ledger
        self.asked, self.granted = ledger.amounts(giving)
        self.granted_own = np.where(giving.by_oneself, self.granted, 0) if ledger.per_member else self.granted
        self.adds = np.zeros(len(ledger.entries.rows), dtype=np.int64)
        self.running = np.zeros(len(ledger.entries.rows), dtype=np.int64)

    def carried(self, places: Integers) -> Integers:
        """What was added up before these entries, from the beginning of their key."""
        before = np.maximum(places - 1, 0)
        carried: Integers = self.running[before] + self.adds[before]
        carried[self.ledger.entries.begins[places]] = 0
        return carried


class BlockTotal:
    """A total along the rows of a block.

    Entries of one key are a run: it begins with what was added up before the block.

    Args:
        total: the entries; those before the block are settled.
        start, stop: the rows of the block.

    Attributes:
        before: int64, what was added up in the period before each row; -1 without an own entry.
    """

    def __init__(self, total: Total, start: int, stop: int) -> None:
        self._total = total
        entries = total.ledger.entries
        many = stop - start
        bits = many.bit_length() + 1
        own = entries.own[start:stop]
        packed = _packed(own, bits, 0)
        if entries.answered is not None:
            packed = np.concatenate([packed, _packed(entries.answered[start:stop], bits, 1)])
        packed.sort()
        self._places = packed >> bits
        self._rows = (packed & ((1 << bits) - 1)) >> 1
        self._of_answer = (packed & 1).astype(np.bool_) if entries.answered is not None else None
        opens = entries.begins[self._places]
        opens[:1] = True
        opens[1:] |= np.diff(self._places) != 1
        self._runs = np.cumsum(opens) - 1
        self._carried = total.carried(self._places[opens])
        self._first = entries.first[self._places]
        self._asked, self._granted = self._what_entries_add(start)
        self.before = np.full(many, _NOBODY, dtype=np.int64)

    def touched(self, rows: Integers) -> Bools:
        """The runs in which some rows of the block have an entry."""
        changed = np.zeros(len(self.before), dtype=np.bool_)
        changed[rows] = True
        runs = np.zeros(len(self._carried), dtype=np.bool_)
        runs[self._runs[changed[self._rows]]] = True
        return runs

    def add_up(self, outcomes: Outcomes, touched: Bools | None) -> Integers:
        """Add up the runs that are touched (None for all), and say for which rows the total changed.

        Args:
            outcomes: of the rows of the block.
            touched: from `touched`.
        """
        chosen = slice(None) if touched is None else np.flatnonzero(touched[self._runs])
        rows: Integers = self._rows[chosen]
        runs, places = self._runs[chosen], self._places[chosen]
        if not len(rows):
            return rows
        becomes = outcomes[rows]
        adds = np.where(becomes == Outcome.OWN, self._asked[chosen], 0)
        adds += np.where(becomes == Outcome.YES, self._granted[chosen], 0)
        running = np.cumsum(adds)
        running -= adds
        opens = np.flatnonzero(np.diff(runs, prepend=-1))
        offset = self._carried[runs[opens]] - running[opens]
        running += np.repeat(offset, np.diff(opens, append=len(rows)))
        self._total.adds[places] = adds
        self._total.running[places] = running
        running -= self._total.running[self._first[chosen]]
        if self._of_answer is not None:
            own = ~self._of_answer[chosen]
            rows, running = rows[own], running[own]
        changed: Integers = rows[running != self.before[rows]]
        self.before[rows] = running
        return changed

    def _what_entries_add(self, start: int) -> tuple[Integers, Integers]:
        """For each entry, what it adds when its row gives what was asked, or what the log says."""
        rows = self._rows + start
        asked, granted = self._total.asked[rows], self._total.granted_own[rows]
        if self._of_answer is not None:
            asked = np.where(self._of_answer, 0, asked)
            granted = np.where(self._of_answer, self._total.granted[rows], granted)
        return asked, granted


def _packed(places: Integers, bits: int, of_answer: int) -> Integers:
    """Place, row and kind of each entry in one number, so that sorting needs nothing else."""
    rows = np.flatnonzero(places != NO_KEY)
    packed: Integers = places[rows] << bits | rows << 1 | of_answer
    return packed
