"""Amounts of requests in columns: what is judged, and what goes beyond an allowance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np

from remit_engine.charter.columns.source import Bools, Integers, Rows, Source
from remit_engine.charter.document import Allowance, Charter


@dataclass(frozen=True, slots=True)
class Amounts:
    """The amounts of a source as a charter sees them.

    Attributes:
        source: the requests.
        foreign: where the amount is in another currency; None when it never is.
        second_person: where a guardrail that every charter has asks for one; None when none does.
        unknown: where the amount says nothing: missing, or foreign; None when it always says something.
    """

    source: Source
    foreign: Bools | None
    second_person: Bools | None
    unknown: Bools | None

    @classmethod
    def of(cls, charter: Charter, source: Source) -> Self:
        """Look at the amounts of all rows once."""
        foreign = _foreign(charter, source)
        second = source.about_me | source.own_account
        unknown = source.amount < 0
        if foreign is not None:
            second |= foreign
            unknown |= foreign
        return cls(source, foreign, second if second.any() else None, unknown if unknown.any() else None)

    def judged(self, rows: Rows) -> Integers:
        """The amounts judged, in minor units; -1 where they say nothing."""
        judged: Integers = np.add(self.source.amount[rows], self.source.given[rows])
        if self.unknown is not None:
            judged[self.unknown[rows]] = -1
        return judged

    def exceeded(self, allowance: Allowance, rows: Rows) -> Bools | None:
        """Where a remedy would go beyond an allowance, or it isn't known; None where that is everywhere."""
        used = self.source.used.get(allowance.id)
        return None if used is None else self.exceeds(allowance, used[rows], rows)

    def exceeds(self, allowance: Allowance, used: Integers, rows: Rows) -> Bools:
        """The same for what was used before, in the unit of the allowance; -1 for unknown."""
        if allowance.counts:
            return (used >= allowance.most) | (used < 0)
        beyond: Bools = used + self.source.amount[rows] > allowance.most
        beyond |= used < 0
        if self.unknown is not None:
            beyond |= self.unknown[rows]
        return beyond


def _foreign(charter: Charter, source: Source) -> Bools | None:
    """Where another currency is named; none named is the charter's."""
    if source.currency is None:
        return None
    names = [name != charter.currency for name in source.currency.names]
    if not any(names):
        return None
    return np.asarray([*names, False], dtype=np.bool_)[source.currency.codes]
