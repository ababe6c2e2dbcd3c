"""What a replay found: levels, how many and how much, and how that compares."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from remit_engine.charter.levels import Level
from remit_engine.errors import InputError
from remit_engine.history.requests.columns import RequestColumns
from remit_engine.history.table import Answer, Bools, Integers
from remit_engine.modes import Mode

Levels = npt.NDArray[np.int8]
Wanted = Callable[[Answer, Level], bool]

_EXACT: Final = 2**53
"""Sums below it are exact in double precision."""
_PART: Final = 20
"""Bits of an amount that are summed at a time where whole sums might not be exact."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Some rows.

    Attributes:
        rows: how many.
        amount: what they asked for, in minor units of the charter's currency; amounts that are missing, or
            in another currency, add nothing.
    """

    rows: int
    amount: int


@dataclass(frozen=True, slots=True)
class Replay:
    """A charter replayed over requests.

    Attributes:
        mode: which running totals were used.
        levels: int8, one a row of the columns, values of `Level`.
        amounts: int64, minor units; 0 where the amount says nothing.
        answers: int8, codes of `Answer`, -1 for none; None without a log.
        told: what isn't known about the requests, in sentences.
    """

    mode: Mode
    levels: Levels
    amounts: Integers
    answers: npt.NDArray[np.int8] | None
    told: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.levels)

    @property
    def by_level(self) -> dict[Level, Tally]:
        """How many requests have each level, and how much they ask for."""
        tallies = tallied(self.levels, self.amounts, len(Level))
        return {level: tallies[level] for level in Level}

    @property
    def by_answer(self) -> dict[tuple[Answer, Level], Tally]:
        """The same by what the log answered; nothing without a log."""
        if self.answers is None:
            return {}
        known = self.answers >= 0
        cells = self.answers[known] * np.int8(len(Level)) + self.levels[known]
        tallies = tallied(cells, self.amounts[known], len(Answer) * len(Level))
        return {(answer, level): tallies[answer * len(Level) + level] for answer in Answer for level in Level}

    @property
    def no_yes_needed(self) -> Tally:
        """Approved by the log, and would have needed no yes."""
        return self._some(lambda answer, level: answer is Answer.APPROVED and level >= Level.PROPOSE)

    @property
    def gone_through(self) -> Tally:
        """Not plainly approved by the log, and would have gone through without a yes."""
        return self._some(lambda answer, level: answer is not Answer.APPROVED and level >= Level.PROPOSE)

    @property
    def approved_that_would_be_never(self) -> Tally:
        """Approved by the log, and nobody could have."""
        return self._some(lambda answer, level: answer is Answer.APPROVED and level is Level.NEVER)

    def _some(self, wanted: Wanted) -> Tally:
        chosen = [tally for cell, tally in self.by_answer.items() if wanted(*cell)]
        return Tally(sum(tally.rows for tally in chosen), sum(tally.amount for tally in chosen))


def compare(old: Replay, new: Replay) -> dict[tuple[Level, Level], Tally]:
    """How many requests, and how much money, go from each level to each.

    Raises:
        InputError: the two were not replayed over the same requests, or not in the same mode.
    """
    if old.mode is not new.mode:
        raise InputError(
            "two-modes",
            f"One replay is {old.mode}, the other {new.mode}.",
            "Replay both charters in the same mode.",
        )
    if len(old) != len(new) or not np.array_equal(old.amounts, new.amounts):
        raise InputError(
            "two-histories",
            "The two replays are of different requests.",
            "Replay both charters over the same requests.",
        )
    tallies = tallied(old.levels * np.int8(len(Level)) + new.levels, old.amounts, len(Level) ** 2)
    return {(before, after): tallies[before * len(Level) + after] for before in Level for after in Level}


def tallied(cells: npt.NDArray[np.int8], amounts: Integers, many: int) -> list[Tally]:
    """Rows and exact sums by cell.

    Args:
        cells: int8, from 0 to below `many`.
        amounts: int64, from 0 on.
        many: how many cells there are.
    """
    rows = np.bincount(cells, minlength=many)
    largest = int(amounts.max()) if len(amounts) else 0
    if largest * len(amounts) < _EXACT:
        sums = [int(each) for each in np.bincount(cells, weights=amounts, minlength=many)]
    else:
        sums = [0] * many
        for shift in range(0, largest.bit_length(), _PART):
            part = (amounts >> shift) & ((1 << _PART) - 1)
            found = np.bincount(cells, weights=part, minlength=many)
            sums = [total + (int(each) << shift) for total, each in zip(sums, found, strict=True)]
    return [Tally(int(count), total) for count, total in zip(rows, sums, strict=True)]


def amounts_of(columns: RequestColumns, unknown: Bools | None) -> Integers:
    """Amounts that can be added up: those that are missing or foreign are 0."""
    return columns.amount if unknown is None else np.where(unknown, 0, columns.amount)
