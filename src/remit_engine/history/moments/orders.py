"""In which order a column of dates writes day, month and year."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from remit_engine.errors import InputError
from remit_engine.history.table import Bools
from remit_engine.history.texts import Texts, matches

_FIRSTS: Final = 2_000
_DAY_OVER_12: Final = r"^(?:1[3-9]|2\d|3[01])[-/. ]\d{1,2}[-/. ]"
_MONTH_THEN_DAY: Final = r"^\d{1,2}[-/. ](?:1[3-9]|2\d|3[01])[-/. ]"
_YEAR_START: Final = r"^\d{4}[-/. ]?\d{1,2}"
_DIGITS_FIRST: Final = r"^\d{1,2}[-/. ]\d{1,2}[-/. ]\d"
_HAS_OFFSET: Final = r"\d{2}:\d{2}.*(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})$"


class Order(StrEnum):
    """In which order day, month and year are written."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"
    YEAR_FIRST = "year first"


@dataclass(slots=True)
class OrderEvidence:
    """What a whole column of dates says about their order."""

    day_first: int = 0
    month_first: int = 0
    unclear: int = 0
    year_first: int = 0
    with_offset: int = 0
    with_clock: int = 0
    examples: dict[str, str] = field(default_factory=dict)
    firsts: list[str] = field(default_factory=list)

    def look(self, texts: Texts) -> None:
        """Take some more rows into account."""
        year = matches(texts, _YEAR_START)
        self.year_first += int(year.sum())
        self.with_offset += int(matches(texts, _HAS_OFFSET).sum())
        self.with_clock += int(matches(texts, r"\d[:h]\d\d").sum())
        if year.all():
            return
        day, month = matches(texts, _DAY_OVER_12), matches(texts, _MONTH_THEN_DAY)
        self._example("day first", texts, day)
        self._example("month first", texts, month)
        self.day_first += int(day.sum())
        self.month_first += int(month.sum())
        unclear = matches(texts, _DIGITS_FIRST) & ~day & ~month
        self.unclear += int(unclear.sum())
        few: list[str] = texts.slice(0, max(0, _FIRSTS - len(self.firsts))).drop_null().to_pylist()  # type: ignore[assignment]
        self.firsts += few

    def _example(self, order: str, texts: Texts, found: Bools) -> None:
        if order not in self.examples and found.any():
            self.examples[order] = str(texts[int(found.argmax())])

    def seen(self, column: str) -> Order | None:
        """The order that the dates prove; None when they could be read either way.

        Raises:
            InputError: some prove one order, some another.
        """
        if self.day_first and self.month_first:
            raise InputError(
                "two-date-orders",
                f"Column '{column}' has dates in two orders: '{self.examples['day first']}' is day first "
                f"({self.day_first:,} rows), '{self.examples['month first']}' is month first "
                f"({self.month_first:,} rows).",
                'Mend the export, or choose one with --map dates="day first" or --map dates="month first"; '
                "dates that don't fit are then left out.",
                column=column,
                day_first=self.day_first,
                month_first=self.month_first,
            )
        if self.day_first or self.month_first:
            return Order.DAY_FIRST if self.day_first else Order.MONTH_FIRST
        return None if self.unclear else Order.YEAR_FIRST
