"""Requests as typed columns, one row each, with what the log says became of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from remit_engine.history.table import MISSING, Bools, Integers, Labels, Moments

Numbers = npt.NDArray[Any]
"""Signed whole numbers of any width; -1 for missing."""
Days = npt.NDArray[np.datetime64]
Rows = Integers | Bools | slice

UNKNOWN = -1
"""What stands for a missing number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """What the log says became of requests.

    Attributes:
        answer: int8, codes of `Answer`; -1 where there is none.
        by: who answered.
        role, team, step: of the one who answered, as far as known.
        granted: int64, what was given where the answer was *granted less*, in minor units; -1 for unknown.
        taken_back: int64, what was taken back of it since, in minor units.
    """

    answer: npt.NDArray[np.int8]
    by: Labels
    role: Labels
    team: Labels
    step: Labels
    granted: Integers
    taken_back: Integers

    def take(self, rows: Rows) -> Logged:
        """The same for a selection of rows."""
        return Logged(**{name: _taken(getattr(self, name), rows) for name in _LOGGED})


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestColumns:
    """Requests, one row each; `Request` says what each of the columns means.

    Attributes:
        role, kind, member, team, step: words.
        amount: int64, minor units; -1 for missing.
        given: int64, minor units, never missing.
        currency: ISO 4217 codes; None, and rows without one, for the currency of the charter.
        about, account_of: the members whom a complaint is about, and to whose account it goes; None for
            nobody in any row.
        about_me, own_account: bool, true where these are the one who asks.
        day: datetime64[D] on the wall clock of the team; NaT for missing.
        moment: datetime64[s], only to put rows of a day in order; NaT for unknown.
        customer, order: words, or int64 with -1 for missing.
        facts: by name of the declared fact: words, or signed numbers with -1 for missing (flags are 0, 1).
        used: by id of the allowance: int64, minor units or remedies, -1 for unknown.
        log: what became of them; None where nothing is known.
        told: what isn't known about any of the rows, or couldn't be read, in sentences.
    """

    role: Labels
    kind: Labels
    member: Labels
    team: Labels
    step: Labels
    amount: Integers
    given: Integers
    currency: Labels | None = None
    about: Labels | None = None
    account_of: Labels | None = None
    about_me: Bools
    own_account: Bools
    day: Days
    moment: Moments
    customer: Labels | Integers
    order: Labels | Integers
    facts: Mapping[str, Labels | Numbers] = field(default_factory=dict)
    used: Mapping[str, Integers] = field(default_factory=dict)
    log: Logged | None = None
    told: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.amount)

    def column(self, name: str) -> Labels | Numbers | None:
        """A fact by its name, or None when nothing is known about it."""
        if name in _WORDS or name in _FLAGS:
            column: Labels | Numbers = getattr(self, name)
            return column
        return self.facts.get(name)

    def take(self, rows: Rows) -> RequestColumns:
        """The same table for a selection of rows (indices, a mask, or a slice, which copies nothing)."""
        return replace(
            self,
            **{name: _taken(getattr(self, name), rows) for name in _COLUMNS},
            **{name: _taken(getattr(self, name), rows) for name in _MAYBE if getattr(self, name) is not None},
            facts={name: _taken(column, rows) for name, column in self.facts.items()},
            used={name: column[rows] for name, column in self.used.items()},
        )

    def as_answered(self) -> RequestColumns:
        """The same requests as if those who answered had made them: whose yes it was, with their role."""
        log = self.log
        if log is None:
            absent = Labels.absent(len(self))
            return replace(self, member=absent, role=absent, team=absent)
        return replace(
            self,
            member=log.by,
            role=log.role,
            team=log.team,
            step=log.step,
            about_me=self._is(log.by, self.about),
            own_account=self._is(log.by, self.account_of),
        )

    def _is(self, who: Labels, about: Labels | None) -> Bools:
        return np.zeros(len(self), dtype=np.bool_) if about is None else same_words(who, about)


def same_words(one: Labels, other: Labels) -> Bools:
    """Where two columns hold the same word; never where one is missing."""
    places = {name: place for place, name in enumerate(one.names)}
    translated = np.array([*(places.get(name, MISSING - 1) for name in other.names), MISSING - 1], np.int64)
    return np.asarray(one.codes == translated[other.codes])


_WORDS = ("role", "kind", "member", "team", "step")
_FLAGS = ("about_me", "own_account")
_COLUMNS = (*_WORDS, *_FLAGS, "amount", "given", "day", "moment", "customer", "order")
_MAYBE = ("currency", "about", "account_of", "log")
_LOGGED = ("answer", "by", "role", "team", "step", "granted", "taken_back")


def _taken(column: Any, rows: Rows) -> Any:  # noqa: ANN401 (a table, labels or an array; the same comes out)
    return column[rows] if isinstance(column, np.ndarray) else column.take(rows)
