"""What was, and which rows would be another way: the masks that every figure is a count of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from remit_engine.charter.levels import Level
from remit_engine.errors import InputError
from remit_engine.history.replay.result import Levels, Replay
from remit_engine.history.requests.columns import RequestColumns
from remit_engine.history.table import Answer, Bools, Labels, Moments
from remit_engine.moments import Floats, hours_between


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What happened.

    Attributes:
        requests: with what the log says became of them; their `moment` (UTC) says in which week they fall.
        levels: int8, what each could do then: `ask` where a yes was needed.
        asked_at, answered_at: datetime64[s], UTC; NaT where nothing was asked, or not answered.
        zone: IANA zone in whose wall clock working hours are counted.
        by: further columns of words by which segments may be told apart, as names of facts.
    """

    requests: RequestColumns
    levels: Levels
    asked_at: Moments
    answered_at: Moments
    zone: str | None = None
    by: Mapping[str, Labels] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.levels)

    def take(self, rows: Bools | slice) -> Past:
        """The same for some rows."""
        return Past(
            requests=self.requests.take(rows),
            levels=self.levels[rows],
            asked_at=self.asked_at[rows],
            answered_at=self.answered_at[rows],
            zone=self.zone,
            by={name: column.take(rows) for name, column in self.by.items()},
        )


@dataclass(frozen=True)
class Moves:
    """Which rows would be another way: masks, one truth a row.

    Attributes:
        past: what was.
        after: what would be.
    """

    past: Past
    after: Replay

    def __post_init__(self) -> None:
        """Refuse another history.

        Raises:
            InputError: the two are not of the same requests.
        """
        if len(self.past) != len(self.after):
            raise InputError(
                "two-histories",
                "What was and what would be are of different requests.",
                "Replay the charter over the same requests.",
            )

    @cached_property
    def avoided(self) -> Bools:
        """Had to ask, and wouldn't have to."""
        mask: Bools = (self.past.levels == Level.ASK) & (self.after.levels >= Level.PROPOSE)
        return mask

    @cached_property
    def at_once(self) -> Bools:
        """Had to ask, and would be given at once."""
        mask: Bools = self.avoided & (self.after.levels >= Level.INFORM)
        return mask

    @cached_property
    def freed(self) -> Bools:
        """Somebody's yes was needed, or their no was waited for, and wouldn't be."""
        before, after = self.past.levels, self.after.levels
        mask: Bools = ((before < Level.PROPOSE) & (after >= Level.PROPOSE)) | (
            (before == Level.PROPOSE) & (after >= Level.INFORM)
        )
        return mask

    @cached_property
    def answered(self) -> Bools:
        """An answer is known that says something."""
        log = self.past.requests.log
        return np.zeros(len(self.past), np.bool_) if log is None else np.asarray(log.answer >= 0)

    @cached_property
    def declined(self) -> Bools:
        """Every answer but a plain yes: no, less, expired, withdrawn."""
        log = self.past.requests.log
        if log is None:
            return np.zeros(len(self.past), np.bool_)
        return np.asarray((log.answer >= 0) & (log.answer != Answer.APPROVED))

    @cached_property
    def let_through(self) -> Bools:
        """Not plainly approved, and would have gone through."""
        return self.freed & self.declined

    @cached_property
    def added(self) -> Bools:
        """Nobody had to ask, and would have to."""
        mask: Bools = (self.past.levels >= Level.PROPOSE) & (self.after.levels == Level.ASK)
        return mask

    @cached_property
    def stopped(self) -> Bools:
        """Could be given, if only with a yes, and nobody could give it."""
        mask: Bools = (self.past.levels > Level.NEVER) & (self.after.levels == Level.NEVER)
        return mask

    @cached_property
    def changed(self) -> Bools:
        """Another level than it had."""
        return np.asarray(self.past.levels != self.after.levels)

    @cached_property
    def hours(self) -> Floats:
        """Clock hours between question and answer; NaN where one of the times isn't known."""
        return hours_between(self.past.asked_at, self.past.answered_at)
