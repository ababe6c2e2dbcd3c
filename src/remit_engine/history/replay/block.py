"""A total along a block of rows, added up anew for those whose it changed for."""

from __future__ import annotations

import numpy as np

from remit_engine.history.replay.buckets import Buckets
from remit_engine.history.replay.giving import Giving, Outcome, Outcomes
from remit_engine.history.replay.ledgers import Ledger
from remit_engine.history.running_totals import NO_KEY
from remit_engine.history.table import Integers

_NOBODY = -1


class Total:
    """What of a ledger is settled.

    Args:
        ledger: whose keys.
        giving: what the rows give.

    Attributes:
        ledger: as given.
        asked, granted, granted_own: int64, what each row adds when it gives what was asked, or what the log
            says; `granted_own` to the total of the one who asked.
        buckets: of the entries.
        sums: int64, by key: everything that was added up.
        at_start: int64, by bucket: what was added up before its first entry.
        begun: bool, by bucket: whether `at_start` is settled.
    """

    def __init__(self, ledger: Ledger, giving: Giving) -> None:
        self.ledger = ledger
        self.asked, self.granted = ledger.amounts(giving)
        self.granted_own = np.where(giving.by_oneself, self.granted, 0) if ledger.per_member else self.granted
        self.buckets = Buckets.of(ledger.keys, ledger.answered, ledger.days, ledger.period)
        self.sums = np.zeros(self.buckets.keys, dtype=np.int64)
        self.at_start = np.zeros(self.buckets.many, dtype=np.int64)
        self.begun = np.zeros(self.buckets.many, dtype=np.bool_)


class BlockTotal:
    """A total along the rows of a block.

    Entries lie in order of their keys, then of time; those of one key are a run.

    Args:
        total: what is settled before the block.
        start, stop: the rows of the block.

    Attributes:
        before: int64, what was added up in the period before each row; -1 without an own entry.
    """

    def __init__(self, total: Total, start: int, stop: int) -> None:
        self._total = total
        ledger, buckets = total.ledger, total.buckets
        self._block = slice(start, stop)
        many = stop - start
        bits = many.bit_length() + 1
        packed = _packed(ledger.keys[self._block], bits, 0)
        if ledger.answered is not None:
            packed = np.concatenate([packed, _packed(ledger.answered[self._block], bits, 1)])
        packed.sort()
        keys: Integers = packed >> bits
        self._rows: Integers = (packed & ((1 << bits) - 1)) >> 1
        self._of_answer = None if ledger.answered is None else (packed & 1).astype(np.bool_)
        bucket = buckets.own[self._block][self._rows]
        if self._of_answer is not None and buckets.answered is not None:
            bucket = np.where(self._of_answer, buckets.answered[self._block][self._rows], bucket)
        self._bucket: Integers = bucket
        self._window = bucket if buckets.first is None else buckets.first[bucket]
        opens = np.ones(len(packed), dtype=np.bool_)
        np.not_equal(keys[1:], keys[:-1], out=opens[1:])
        self._runs = np.cumsum(opens) - 1
        self._starts = np.flatnonzero(opens)
        self._ends = np.append(self._starts[1:], len(packed))
        self._keys: Integers = keys[self._starts]
        opens[1:] |= bucket[1:] != bucket[:-1]
        self._begins = opens & ~total.begun[bucket]
        self._adds = np.zeros(len(packed), dtype=np.int64)
        self._running = np.zeros(len(packed), dtype=np.int64)
        self._running[self._starts] = total.sums[self._keys]
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
        begins = self._starts if changed is None else self._first_of(changed)
        if not len(begins):
            return begins
        lengths = self._ends[self._runs[begins]] - begins
        heads = np.cumsum(lengths) - lengths
        chosen: Integers | slice = slice(None)
        if changed is not None:
            chosen = np.arange(int(lengths.sum())) + np.repeat(begins - heads, lengths)
        rows: Integers = self._rows[chosen]
        adds = self._what_is_added(outcomes, rows, chosen)
        running = np.cumsum(adds)
        running -= adds
        # What was added up before the first entry is right already.
        running += np.repeat(self._running[begins] - running[heads], lengths)
        self._adds[chosen], self._running[chosen] = adds, running
        opening = self._begins[chosen]
        self._total.at_start[self._bucket[chosen][opening]] = running[opening]
        running -= self._total.at_start[self._window[chosen]]
        if self._of_answer is not None:
            own = ~self._of_answer[chosen]
            rows, running = rows[own], running[own]
        other: Integers = rows[running != self.before[rows]]
        self.before[rows] = running
        return other

    def settle(self, rows: int) -> None:
        """Keep what the first rows of the block added up."""
        done = self._rows < rows
        self._total.begun[self._bucket[self._begins & done]] = True
        if not len(done):
            return
        last = np.maximum.reduceat(np.where(done, np.arange(len(done)), -1), self._starts)
        keys, places = self._keys[last >= 0], last[last >= 0]
        self._total.sums[keys] = self._running[places] + self._adds[places]

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

    def _what_is_added(self, outcomes: Outcomes, rows: Integers, chosen: Integers | slice) -> Integers:
        """What some entries add as their rows turn out."""
        total, becomes = self._total, outcomes[rows]
        asked, granted = total.asked[self._block][rows], total.granted_own[self._block][rows]
        if self._of_answer is not None:
            of_answer = self._of_answer[chosen]
            asked[of_answer] = 0
            np.copyto(granted, total.granted[self._block][rows], where=of_answer)
        asked *= becomes == Outcome.OWN
        granted *= becomes == Outcome.YES
        asked += granted
        return asked


def _packed(keys: Integers, bits: int, of_answer: int) -> Integers:
    """Key, row and kind of each entry in one number, so that sorting needs nothing else."""
    rows = np.flatnonzero(keys != NO_KEY)
    packed: Integers = keys[rows] << bits | rows << 1 | of_answer
    return packed
