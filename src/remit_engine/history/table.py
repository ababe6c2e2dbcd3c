"""The one typed table that every reader makes and everything else reads.

A `History` holds one row per *answered question*: somebody asked for a yes on an amount, somebody
answered. Columns are numpy arrays of equal length, so that a million rows cost tens of megabytes.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import TYPE_CHECKING, Self

import numpy as np
import numpy.typing as npt

from remit_engine.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Bools = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int32]
Integers = npt.NDArray[np.int64]
Moments = npt.NDArray[np.datetime64]

MISSING = -1
"""The code of a cell without a value in `Labels.codes`."""


class Answer(IntEnum):
    """How a question ended. Everything but `APPROVED` counts as declined when letting go."""

    APPROVED = 0
    DECLINED = 1
    GRANTED_LESS = 2
    EXPIRED = 3
    WITHDRAWN = 4


@dataclass(frozen=True, slots=True)
class Labels:
    """A column of words, stored once each: `names[codes[i]]` is the word of row i.

    Attributes:
        names: the distinct words.
        codes: int32, one per row; `MISSING` (-1) where the row has no word.
    """

    names: tuple[str, ...]
    codes: Codes

    def __len__(self) -> int:
        return len(self.codes)

    @classmethod
    def of(cls, words: Iterable[str | None]) -> Self:
        """Make a column from words; `None` and the empty word are missing."""
        seen: dict[str, int] = {}
        codes = [seen.setdefault(word, len(seen)) if word else MISSING for word in words]
        return cls(tuple(seen), np.asarray(codes, dtype=np.int32))

    @classmethod
    def absent(cls, rows: int) -> Self:
        """A column that the source doesn't have."""
        return cls((), np.full(rows, MISSING, dtype=np.int32))

    @property
    def is_absent(self) -> bool:
        """True when no row has a word."""
        return not self.names

    def word(self, row: int) -> str | None:
        """The word of one row, or `None`."""
        code = int(self.codes[row])
        return None if code == MISSING else self.names[code]

    def take(self, rows: Integers | Bools | slice) -> Labels:
        """The same column for a selection of rows."""
        return Labels(self.names, self.codes[rows])


@dataclass(frozen=True, slots=True)
class History:
    """Answered questions, one row each.

    Attributes:
        currency: ISO 4217 code of all amounts, or "" when the source names none.
        amount: int64, minor units (cents), never negative.
        answer: int8, codes of `Answer`.
        automatic: bool, True where nobody looked (batch user, time-out rule).
        asked_at, answered_at: datetime64[s], NaT where unknown; UTC when `zone` is given, else the
            wall clock of the source.
        zone: IANA time zone in which working hours are counted, or None.
        asked_by, role, kind, answered_by: words; absent columns have no names.
        case: int64, equal numbers for what was asked about the same case; `MISSING` (-1) where unknown. The
            numbers mean nothing else: nearly every row has a case of its own, and their words would cost
            more memory than all other columns together.
        facts: further columns of words, by name.
        line: int64, where the row stands in the source (1 is the first line or row).
    """

    currency: str
    amount: Integers
    answer: npt.NDArray[np.int8]
    automatic: Bools
    asked_at: Moments
    answered_at: Moments
    asked_by: Labels
    role: Labels
    kind: Labels
    answered_by: Labels
    case: Integers
    line: Integers
    facts: Mapping[str, Labels] = field(default_factory=dict)
    zone: str | None = None

    def __len__(self) -> int:
        return len(self.amount)

    @property
    def declined(self) -> Bools:
        """True where the answer was anything but a plain yes."""
        return np.not_equal(self.answer, Answer.APPROVED)

    @property
    def moment(self) -> Moments:
        """When each question was asked, or answered where that is all that is known; NaT where neither is."""
        return np.where(np.isnat(self.asked_at), self.answered_at, self.asked_at)

    def take(self, rows: Integers | Bools | slice) -> History:
        """The same table for a selection of rows (indices, a mask, or a slice, which copies nothing)."""
        return replace(
            self,
            amount=self.amount[rows],
            answer=self.answer[rows],
            automatic=self.automatic[rows],
            asked_at=self.asked_at[rows],
            answered_at=self.answered_at[rows],
            asked_by=self.asked_by.take(rows),
            role=self.role.take(rows),
            kind=self.kind.take(rows),
            answered_by=self.answered_by.take(rows),
            case=self.case[rows],
            line=self.line[rows],
            facts={name: labels.take(rows) for name, labels in self.facts.items()},
        )

    @classmethod
    def from_columns(
        cls,
        *,
        amount: Sequence[int] | Integers,
        answer: Sequence[int] | npt.NDArray[np.int8],
        currency: str = "",
        automatic: Sequence[bool] | Bools | None = None,
        asked_at: Sequence[np.datetime64] | Moments | None = None,
        answered_at: Sequence[np.datetime64] | Moments | None = None,
        asked_by: Iterable[str | None] | Labels | None = None,
        role: Iterable[str | None] | Labels | None = None,
        kind: Iterable[str | None] | Labels | None = None,
        answered_by: Iterable[str | None] | Labels | None = None,
        case: Iterable[str | None] | None = None,
        facts: Mapping[str, Iterable[str | None] | Labels] | None = None,
        zone: str | None = None,
    ) -> History:
        """Make a table from plain columns; only `amount` (minor units) and `answer` are required.

        Raises:
            InputError: columns of unequal length, a negative amount, or an unknown answer code.
        """
        amounts = np.asarray(amount, dtype=np.int64)
        rows = len(amounts)

        def words(column: Iterable[str | None] | Labels | None) -> Labels:
            if column is None:
                return Labels.absent(rows)
            return column if isinstance(column, Labels) else Labels.of(column)

        def moments(column: Sequence[np.datetime64] | Moments | None) -> Moments:
            if column is None:
                return np.full(rows, "NaT", dtype="datetime64[s]")
            return np.asarray(column, dtype="datetime64[s]")

        history = cls(
            currency=currency,
            amount=amounts,
            answer=np.asarray(answer, dtype=np.int8),
            automatic=np.zeros(rows, dtype=np.bool_)
            if automatic is None
            else np.asarray(automatic, dtype=np.bool_),
            asked_at=moments(asked_at),
            answered_at=moments(answered_at),
            asked_by=words(asked_by),
            role=words(role),
            kind=words(kind),
            answered_by=words(answered_by),
            case=case_numbers([None] * rows if case is None else case),
            line=np.arange(1, rows + 1, dtype=np.int64),
            facts={name: words(column) for name, column in (facts or {}).items()},
            zone=zone,
        )
        _check(history)
        return history


def case_numbers(words: Iterable[str | None]) -> Integers:
    """A number for each case, equal for equal words; `MISSING` where there is none."""
    return np.array([hash(word) if word else MISSING for word in words], dtype=np.int64)


def _check(history: History) -> None:
    rows = len(history)
    columns: dict[str, int] = {
        name: len(getattr(history, name))
        for name in (
            "answer",
            "automatic",
            "asked_at",
            "answered_at",
            "asked_by",
            "role",
            "kind",
            "answered_by",
            "case",
        )
    }
    columns |= {f"fact {name}": len(labels) for name, labels in history.facts.items()}
    for name, length in columns.items():
        if length != rows:
            raise InputError(
                "unequal-columns",
                f"Column {name} has {length} rows, amount has {rows}.",
                "Give every column the same length.",
            )
    if rows and int(history.amount.min()) < 0:
        raise InputError(
            "negative-amount",
            f"Row {int(history.amount.argmin()) + 1} has a negative amount.",
            "Give what was asked for as a positive number of minor units.",
        )
    if rows and not np.isin(history.answer, [int(answer) for answer in Answer]).all():
        raise InputError(
            "unknown-answer",
            "A row has an answer code that isn't one of remit_engine.Answer.",
            "Use Answer.APPROVED, DECLINED, GRANTED_LESS, EXPIRED or WITHDRAWN.",
        )
