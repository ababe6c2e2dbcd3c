"""Which character separates the decimals of a column of amounts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from remit_engine.errors import InputError
from remit_engine.history.texts import Texts, matches


class Mark(StrEnum):
    """Which character separates the decimals."""

    POINT = "point"
    COMMA = "comma"

    @property
    def sign(self) -> str:
        """The character itself."""
        return "." if self is Mark.POINT else ","

    @property
    def other(self) -> Mark:
        """The other one, which then separates thousands."""
        return Mark.COMMA if self is Mark.POINT else Mark.POINT


def _decimal_evidence(mark: str, other: str) -> str:
    """A pattern (RE2) of amounts that can only be read with `mark` before the decimals."""
    one, two = re.escape(mark), re.escape(other)
    return (
        rf"^[^{one}]*{one}(?:\d{{1,2}}|\d{{4,}})[^\d.,]*$"  # 1,5  1,50  1,5000
        rf"|^[^{one}]*{two}[^{one}]*{one}\d+[^\d.,]*$"  # 1.234,567
        rf"|\d{{4,}}{one}\d+[^\d.,]*$"  # 1234,567
        rf"|^\D*0{one}\d+[^\d.,]*$"  # 0,125
        rf"|\d{two}\d{{3}}{two}\d{{3}}"  # 1.234.567
    )


@dataclass(slots=True)
class Votes:
    """How many amounts speak for each mark, with an example."""

    rows: dict[Mark, int] = field(default_factory=lambda: dict.fromkeys(Mark, 0))
    example: dict[Mark, str] = field(default_factory=dict)

    def count(self, mark: Mark, texts: Texts, pattern: str) -> None:
        """Count the amounts that speak for a mark."""
        found = matches(texts, pattern)
        self.rows[mark] += int(found.sum())
        if mark not in self.example and found.any():
            self.example[mark] = str(texts[int(found.argmax())])

    @property
    def any(self) -> bool:
        """True when something was counted."""
        return any(self.rows.values())


@dataclass(slots=True)
class MarkEvidence:
    """What the amounts of a whole column say about their decimal mark.

    Attributes:
        sure: amounts that can be read in one way only.
        likely: amounts like 1.234, which nearly always are thousands; they count if none is sure.
    """

    sure: Votes = field(default_factory=Votes)
    likely: Votes = field(default_factory=Votes)

    def look(self, texts: Texts) -> None:
        """Take some more rows into account."""
        for mark in Mark:
            self.sure.count(mark, texts, _decimal_evidence(mark.sign, mark.other.sign))
            self.likely.count(mark, texts, rf"^\D*\d{{1,3}}{re.escape(mark.other.sign)}\d{{3}}\D*$")

    @property
    def any(self) -> bool:
        """True when some amount has a mark."""
        return self.sure.any or self.likely.any

    def decide(self, column: str) -> tuple[Mark, str]:
        """The mark, and why.

        Raises:
            InputError: more than one row in a hundred speaks against the majority.
        """
        votes = self.sure if self.sure.any else self.likely
        comma, point = votes.rows[Mark.COMMA], votes.rows[Mark.POINT]
        mark = Mark.COMMA if comma > point else Mark.POINT
        if min(comma, point) * 100 > comma + point:
            raise InputError(
                "two-decimal-marks",
                f"Column '{column}' has amounts with a decimal comma ('{votes.example[Mark.COMMA]}', "
                f"{comma:,} rows) and with a decimal point ('{votes.example[Mark.POINT]}', {point:,} rows).",
                "Choose one with --map decimal=comma or --map decimal=point; the others are then left out.",
                column=column,
                comma=comma,
                point=point,
            )
        if votes is self.likely and votes.any:
            return mark, f"'{votes.example[mark]}' has thousands"
        return mark, "seen in the amounts" if votes.any else "no decimals seen"
