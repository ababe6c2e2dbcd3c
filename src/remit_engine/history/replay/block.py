"""A total along a block of rows, added up anew for those whose it changed for."""

from __future__ import annotations

from typing import Final

import numpy as np

from remit_engine.history.replay.giving import Giving, Outcome, Outcomes
from remit_engine.history.replay.ledgers import Ledger
from remit_engine.history.running_totals import NO_KEY
from remit_engine.history.table import Integers

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
        self._places: Integers = packed >> bits
        self._rows: Integers = (packed & ((1 << bits) - 1)) >> 1
        self._of_answer = (packed & 1).astype(np.bool_) if entries.answered is not None else None
        opens = entries.begins[self._places]
        opens[:1] = True
        opens[1:] |= self._places[1:] != self._places[:-1] + 1
        self._runs = np.cumsum(opens) - 1
        starts = np.flatnonzero(opens)
        self._ends = np.append(starts[1:], len(packed))
        total.running[self._places[starts]] = total.carried(self._places[starts])
        self._all = starts
        self._first = entries.first[self._places]
        self._asked, self._granted = self._what_entries_add(start)
        self._entries = self._entries_of_rows(many)
        self.before = np.full(many, _NOBODY, dtype=np.int64)

    def add_up(self, outcomes: Outcomes, changed: Integers | None) -> Integers:
        """Add up the runs from the first entry on whose row changed, and say whose totals changed.

        Args:
            outcomes: of the rows of the block.
            changed: rows of the block whose outcome changed; None to add up everything.

        Returns:
            Rows of the block; each once.
        """
        begins = self._all if changed is None else self._first_of(changed)
        if not len(begins):
            return begins
        lengths = self._ends[self._runs[begins]] - begins
        heads = np.cumsum(lengths) - lengths
        chosen: Integers | slice = slice(None)
        if changed is not None:
            chosen = np.arange(int(lengths.sum())) + np.repeat(begins - heads, lengths)
        rows, places = self._rows[chosen], self._places[chosen]
        becomes = outcomes[rows]
        adds = np.where(becomes == Outcome.OWN, self._asked[chosen], 0)
        np.copyto(adds, self._granted[chosen], where=becomes == Outcome.YES)
        running = np.cumsum(adds)
        running -= adds
        # What was added up before the first entry is right already.
        running += np.repeat(self._total.running[self._places[begins]] - running[heads], lengths)
        self._total.adds[places] = adds
        self._total.running[places] = running
        running -= self._total.running[self._first[chosen]]
        if self._of_answer is not None:
            own = ~self._of_answer[chosen]
            rows, running = rows[own], running[own]
        other: Integers = rows[running != self.before[rows]]
        self.before[rows] = running
        return other

    def _first_of(self, rows: Integers) -> Integers:
        """The first entry of each run that belongs to one of these rows."""
        entries = np.concatenate([places[rows] for places in self._entries])
        entries = np.sort(entries[entries != NO_KEY])
        runs = self._runs[entries]
        first = np.ones(len(runs), dtype=np.bool_)
        np.not_equal(runs[1:], runs[:-1], out=first[1:])
        return entries[first]

    def _entries_of_rows(self, many: int) -> tuple[Integers, ...]:
        """The entries of each row: the own ones, and those of the answers where there are any."""
        kinds = [None] if self._of_answer is None else [~self._of_answer, self._of_answer]
        found = []
        for kind in kinds:
            places = np.full(many, NO_KEY, dtype=np.int64)
            chosen = np.arange(len(self._rows)) if kind is None else np.flatnonzero(kind)
            places[self._rows[chosen]] = chosen
            found.append(places)
        return tuple(found)

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
