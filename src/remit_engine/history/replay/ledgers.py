"""What is added up for a charter: one ledger for each total of its allowances, and one for the orders."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from remit_engine.charter.columns import CharterInColumns
from remit_engine.charter.document import Allowance, Per
from remit_engine.charter.periods import Period, Span
from remit_engine.history.replay.giving import Giving, Outcome, Outcomes
from remit_engine.history.requests.columns import RequestColumns
from remit_engine.history.running_totals import NO_KEY, Days, Entries
from remit_engine.history.table import Bools, Integers, Labels


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """One total that runs along the rows.

    Attributes:
        allowances: that are limits on it; empty for the total given on an order.
        counts: bool, the rows that are added to it; all for an order.
        keys: int64, whose total each row reads and adds to; -1 where it doesn't count, or the key or the day
            isn't known: where it counts all the same, all is used up.
        answered: int64, the same for those who answered, where a yes counts to them; None for nowhere.
        days: datetime64[D] of the rows; None for an order, whose rows need no day.
        period: over which the total runs.
        counting: True when remedies are counted, False when their amounts are added up.
        per_member: True when what is given counts to the one on whose authority it is.
    """

    allowances: tuple[Allowance, ...]
    counts: Bools
    keys: Integers
    answered: Integers | None
    days: Days | None
    period: Period
    counting: bool
    per_member: bool

    def before(self, giving: Giving, outcomes: Outcomes) -> Integers:
        """What was added up before each row when this becomes of all rows; -1 without a key.

        Returns:
            int64, minor units or remedies, one a row.
        """
        entries = Entries.of(self.keys, self.answered, self.days, self.period)
        values = np.zeros(len(entries.rows), dtype=np.int64)
        has = entries.own != NO_KEY
        values[entries.own[has]] = self._own_values(giving, outcomes)[has]
        if entries.answered is not None:
            has = entries.answered != NO_KEY
            values[entries.answered[has]] = self._answered_values(giving, outcomes)[has]
        return entries.before(values)

    def _own_values(self, giving: Giving, outcomes: Outcomes) -> Integers:
        """What rows add with their own entries."""
        asked, granted = self.amounts(giving)
        by_yes = np.equal(outcomes, Outcome.YES)
        if self.per_member:
            by_yes &= giving.by_oneself
        values: Integers = np.where(np.equal(outcomes, Outcome.OWN), asked, np.where(by_yes, granted, 0))
        return values

    def _answered_values(self, giving: Giving, outcomes: Outcomes) -> Integers:
        """What rows add with the entries of those who answered."""
        _, granted = self.amounts(giving)
        return np.where(np.equal(outcomes, Outcome.YES), granted, 0)

    def amounts(self, giving: Giving) -> tuple[Integers, Integers]:
        """What a row adds when it gives what was asked, and when it gives what the log says."""
        if self.counting:
            return giving.asked_count, giving.granted_count
        return giving.asked, giving.granted


def ledgers_of(charter: CharterInColumns, columns: RequestColumns, giving: Giving) -> list[Ledger]:
    """A ledger for every total that some allowance limits. Rows lie in order of their days."""
    by_counter: dict[tuple[object, ...], list[Allowance]] = {}
    for allowance in charter.charter.all_allowances:
        by_counter.setdefault(allowance.counter, []).append(allowance)
    if not by_counter:
        return []
    counting = charter.counting(columns)
    several = any(allowances[0].per is Per.MEMBER for allowances in by_counter.values())
    answered = charter.counting(columns.as_answered()) if several and giving.says_yes.any() else None
    made = []
    for allowances in by_counter.values():
        first = allowances[0]
        counts = counting[first.id]
        keys, answerers = _keys(first.per, columns)
        dated = ~np.isnat(columns.day)
        others = None
        if answered is not None and answerers is not None:
            by_others = answered[first.id] & dated & giving.says_yes & ~giving.by_oneself
            by_others &= _read_somewhere(keys, answerers)
            others = np.where(by_others, answerers, NO_KEY) if by_others.any() else None
        made.append(
            Ledger(
                allowances=tuple(allowances),
                counts=counts,
                keys=np.where(counts & dated, keys, NO_KEY),
                answered=others,
                days=columns.day,
                period=first.period,
                counting=first.counts,
                per_member=first.per is Per.MEMBER,
            )
        )
    return made


def order_ledger(columns: RequestColumns) -> Ledger | None:
    """The total given on each order; None when no order has two rows."""
    keys = codes_of(columns.order)
    if not (np.bincount(keys[keys != NO_KEY]) > 1).any():
        return None
    return Ledger(
        allowances=(),
        counts=keys != NO_KEY,
        keys=keys,
        answered=None,
        days=None,
        period=Period(Span.EVER),
        counting=False,
        per_member=False,
    )


def codes_of(column: Labels | Integers) -> Integers:
    """Small numbers, equal for equal words or keys; -1 for missing."""
    if isinstance(column, Labels):
        return column.codes.astype(np.int64)
    known = column != NO_KEY
    codes = np.full(len(column), NO_KEY, dtype=np.int64)
    codes[known] = np.unique(column[known], return_inverse=True)[1]
    return codes


def _read_somewhere(keys: Integers, answerers: Integers) -> Bools:
    """Where the answerer is somebody who also asks: no total of anybody else is ever read."""
    asks = np.zeros(max(int(keys.max(initial=0)), int(answerers.max(initial=0))) + 2, dtype=np.bool_)
    asks[keys] = True
    asks[NO_KEY] = False
    return asks[answerers]


def _keys(per: Per, columns: RequestColumns) -> tuple[Integers, Integers | None]:
    """Whose total each row uses; and for members, whose the answer was, in the same numbers."""
    if per is Per.CUSTOMER:
        return codes_of(columns.customer), None
    if per is Per.ORDER:
        return codes_of(columns.order), None
    if per is Per.TEAM:
        return codes_of(columns.team), None
    members = codes_of(columns.member)
    if columns.log is None:
        return members, None
    places = {name: place for place, name in enumerate(columns.member.names)}
    by = columns.log.by
    codes = [places.setdefault(name, len(places)) for name in by.names]
    return members, np.array([*codes, NO_KEY], dtype=np.int64)[by.codes]
