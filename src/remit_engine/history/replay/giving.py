"""What each row gives, when it gives: on the own authority of who asked, or by the yes that the log has."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Self

import numpy as np
import numpy.typing as npt

from remit_engine.charter.levels import Level
from remit_engine.history.requests.columns import UNKNOWN, RequestColumns, same_words
from remit_engine.history.table import Answer, Bools, Integers

Outcomes = npt.NDArray[np.int8]


class Outcome(IntEnum):
    """What becomes of a row."""

    NOTHING = 0
    """Nothing is given."""
    OWN = 1
    """What was asked is given on the authority of who asked."""
    YES = 2
    """What the log says is given, on the authority of who said yes."""


@dataclass(frozen=True, slots=True)
class Giving:
    """What the rows give.

    Attributes:
        asked, asked_count: int64, added up when a row gives what was asked: what is left of it after what
            was taken back, in minor units, and 1; 0 when a remedy with a value was taken back as a whole.
        granted, granted_count: int64, the same when it gives what the log says.
        says_yes: bool, where the log says that something was given: *approved*, or *granted less* with an
            amount that is known.
        by_oneself: bool, where the one who asked is also the one who answered.
    """

    asked: Integers
    asked_count: Integers
    granted: Integers
    granted_count: Integers
    says_yes: Bools
    by_oneself: Bools

    @classmethod
    def of(cls, columns: RequestColumns) -> Self:
        """Look at what the log says; without a log nothing was given."""
        amount = np.maximum(columns.amount, 0)
        log = columns.log
        if log is None:
            nobody = np.zeros(len(amount), dtype=np.bool_)
            ones = np.ones(len(amount), dtype=np.int64)
            return cls(amount, ones, amount, ones, nobody, nobody)
        less = (log.answer == Answer.GRANTED_LESS) & (log.granted != UNKNOWN)
        asked = granted = _left(amount, log.taken_back)
        if less.any():
            granted = _left(np.where(less, log.granted, amount), log.taken_back)
        says_yes = less | (log.answer == Answer.APPROVED)
        return cls(*asked, *granted, says_yes, same_words(columns.member, log.by))

    @property
    def logged(self) -> Outcomes:
        """What became of each row by the log."""
        return np.where(self.says_yes, np.int8(Outcome.YES), np.int8(Outcome.NOTHING))

    def under(self, levels: npt.NDArray[np.int8], rows: slice | Integers = slice(None)) -> Outcomes:
        """What becomes of rows under these levels: a question gets the answer that the log has."""
        asks = np.equal(levels, Level.ASK) & self.says_yes[rows]
        own: Outcomes = np.greater_equal(levels, Level.PROPOSE).view(np.int8) * np.int8(Outcome.OWN)
        return own + asks.view(np.int8) * np.int8(Outcome.YES)


def _left(given: Integers, taken_back: Integers) -> tuple[Integers, Integers]:
    """What is left of what was given, and whether it still counts as a remedy."""
    if not taken_back.any():
        return given, np.ones(len(given), dtype=np.int64)
    left = np.maximum(given - taken_back, 0)
    return left, np.where((taken_back > 0) & (left == 0), np.int64(0), np.int64(1))
