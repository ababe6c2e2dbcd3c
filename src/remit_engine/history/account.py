"""What a reader did with a source: which column became what, and what was left out and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from remit_engine.history.table import Answer, History


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """One column of the source and what it was taken for.

    Attributes:
        name: the column's name in the source.
        use: "amount", "answer", "asked at", ..., "fact", or "" when it was not used.
        because: why, in a few words ("its name", "--map", "looks like dates", "too many different words").
    """

    name: str
    use: str
    because: str


@dataclass(frozen=True, slots=True)
class LeftOutRow:
    """One row that is not in the table.

    Attributes:
        line: where it begins in the source (1 is the first line).
        reason: a sentence, for example "The amount 'n/a' is not a number."
        text: the row as it stands, shortened to `limits.SHOWN_TEXT` characters.
    """

    line: int
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """All rows left out for one reason.

    Attributes:
        code: stable name: "broken", "no-amount", "duplicate", "open", "not-a-decision", ...
        reason: the reason in words, for many rows ("the amount is missing").
        rows: how many.
        examples: the first few of them.
    """

    code: str
    reason: str
    rows: int
    examples: tuple[LeftOutRow, ...]


@dataclass(frozen=True, slots=True)
class AnswerWord:
    """A word of the source's answer column, and what it was taken for.

    `answer` is None for words that are left out (open questions, no decision).
    """

    word: str
    answer: Answer | None
    automatic: bool
    rows: int


@dataclass(frozen=True, slots=True)
class Account:
    """How a source was read.

    Attributes:
        source: the file's name (no folders).
        form: "CSV", "Parquet", "Excel", "event table", "XES".
        details: pairs to show: ("encoding", "utf-8"), ("delimiter", "semicolon"), ("decimal", "comma"), ...
        columns: every column of the source.
        answers: every answer word.
        rows_read: rows in the source, without the header (for event logs: events).
        rows_kept: rows in the table.
        left_out: rows not in the table, by reason. For rows, `rows_kept + sum(left_out) == rows_read`.
        automatic: pairs (what it was recognised by, rows), for example ("answered by batch_01", 221).
    """

    source: str
    form: str
    details: tuple[tuple[str, str], ...]
    columns: tuple[ColumnUse, ...]
    answers: tuple[AnswerWord, ...]
    rows_read: int
    rows_kept: int
    left_out: tuple[LeftOut, ...]
    automatic: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A typed table together with the account of how it came about."""

    history: History
    account: Account


class LeftOutSink(Protocol):
    """Takes each row that is left out, as it is met, so that nothing piles up in memory."""

    def __call__(self, row: LeftOutRow, code: str) -> None:
        """Take one row; `code` groups the reasons."""


class Progress(Protocol):
    """Told now and then how far a reader is, in bytes of the source (or rows, where bytes are unknown)."""

    def __call__(self, done: int, total: int) -> None:
        """Hear that `done` of `total` are read."""
