"""Rows that are not in the table: counted, a few kept as examples, all handed on as they are met."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from remit_engine import limits
from remit_engine.history.account import LeftOut, LeftOutRow, LeftOutSink

REASONS: Final = {
    "broken": "the row can't be read",
    "duplicate": "the row is an exact copy of an earlier one",
    "open": "the question isn't answered yet",
    "unknown-answer": "the answer is a rare word that isn't known",
    "no-amount": "the amount is missing",
    "negative-amount": "the amount is negative",
    "too-large": "the amount is larger than any that can be right",
    "other-currency": "the amount is in another currency",
    "answer-before-question": "the answer lies before its question",
    "not-a-decision": "the event is no decision",
}
"""Why rows are left out, by code, in words for many rows."""


@dataclass(slots=True)
class LeftOutTally:
    """Counts rows by code, keeps the first few of each, and hands every one on."""

    sink: LeftOutSink | None = None
    rows: dict[str, int] = field(default_factory=dict)
    examples: dict[str, list[LeftOutRow]] = field(default_factory=dict)

    def __call__(self, row: LeftOutRow, code: str) -> None:
        """Take one row (this is a `LeftOutSink`)."""
        self.rows[code] = self.rows.get(code, 0) + 1
        examples = self.examples.setdefault(code, [])
        if len(examples) < limits.SHOWN_ROWS:
            examples.append(row)
        if self.sink is not None:
            self.sink(row, code)

    @property
    def total(self) -> int:
        """All rows left out so far."""
        return sum(self.rows.values())

    def summary(self) -> tuple[LeftOut, ...]:
        """All reasons, the most frequent first."""
        codes = sorted(self.rows, key=lambda code: (-self.rows[code], code))
        return tuple(
            LeftOut(code, REASONS.get(code, code), self.rows[code], tuple(self.examples[code]))
            for code in codes
        )


def nowhere(row: LeftOutRow, code: str) -> None:
    """A `LeftOutSink` for a first look, after which the rows come again."""


def shown(cells: Iterable[str | None]) -> str:
    """A row as it stands, shortened."""
    text = " | ".join("" if cell is None else " ".join(cell.split()) for cell in cells)
    return text if len(text) <= limits.SHOWN_TEXT else text[: limits.SHOWN_TEXT - 1] + "…"
