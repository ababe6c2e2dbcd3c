"""Amounts as written, into whole minor units, exactly."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from enum import IntEnum
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from remit_engine import limits
from remit_engine.history.currencies import CODES, CROWNS, SIGNS, is_money
from remit_engine.history.decimal_marks import Mark
from remit_engine.history.spelling import is_nothing
from remit_engine.history.table import Bools, Integers
from remit_engine.history.texts import (
    Column,
    Texts,
    as_texts,
    chosen,
    counted,
    encoded,
    matches,
    present,
    replaced,
    without,
)


class Trouble(IntEnum):
    """Why a cell gives no amount; stored in the place of the amount, hence below zero."""

    MISSING = -1
    UNREADABLE = -2
    NEGATIVE = -3
    TOO_LARGE = -4


_BLANKS: Final = " \u00a0\u202f\u2009\u2007\t"
_GROUP: Final = 3
_MONEY: Final = (
    "(?i:"
    + "|".join(
        re.escape(word)
        for word in sorted({*CODES, *SIGNS, *CROWNS}, key=len, reverse=True)
        if "." not in word
    )
    + ")"
)
_EXACT: Final = 2.0**40
_DOUBT: Final = 2.0**-10
_GROUPING: Final = f"'’´{_BLANKS}"
_RESIDUE: Final = rf"[\d.,+\-−()'’´\s{_BLANKS}]+"


@dataclass(frozen=True, slots=True)
class AmountReader:
    """Reads a column of amounts.

    Attributes:
        mark: what separates the decimals.
        places: decimals of the currency.
    """

    mark: Mark
    places: int

    def read(self, column: Column) -> Integers:
        """Minor units for each row, or a `Trouble` where there is no amount.

        Parts of a minor unit are rounded half to even.
        """
        if is_numeric(column):
            return self._numbers(column)
        return self._texts(as_texts(column))

    def one(self, text: str) -> int:
        """One amount as written: minor units or a `Trouble`. The plain model of `read`."""
        if is_nothing(text):
            return Trouble.MISSING
        number = _number(text, self.mark)
        return Trouble.UNREADABLE if number is None else self._minor(number)

    def _minor(self, number: Decimal) -> int:
        if number.is_nan():
            return Trouble.MISSING
        if number.is_infinite():
            return Trouble.UNREADABLE
        if number < 0:
            return Trouble.NEGATIVE
        if number > limits.AMOUNT_MINOR_UNITS:
            return Trouble.TOO_LARGE
        minor = int(number.scaleb(self.places).to_integral_value(ROUND_HALF_EVEN))
        return Trouble.TOO_LARGE if minor > limits.AMOUNT_MINOR_UNITS else minor

    def _texts(self, texts: Texts) -> Integers:
        simple = self._is_simple(texts)
        minor = np.full(len(texts), int(Trouble.MISSING), dtype=np.int64)
        minor[simple] = self._simple(chosen(texts, simple))
        odd = present(texts) & ~simple
        if odd.any():
            words, codes = encoded(chosen(texts, odd))
            minor[odd] = np.array([self.one(word) for word in words], dtype=np.int64)[codes]
        return minor

    def _is_simple(self, texts: Texts) -> Bools:
        """At most 12 digits before and `places` after the mark: exact by way of a 64-bit float."""
        mark, thousands = re.escape(self.mark.sign), re.escape(self.mark.other.sign)
        decimals = rf"(?:{mark}\d{{1,{self.places}}})?" if self.places else ""
        spacing = rf"[{thousands}{_GROUPING}]"
        number = rf"(?:\d{{1,12}}|\d{{1,3}}(?:{spacing}\d{{3}}){{1,3}}){decimals}"
        return matches(texts, rf"^(?:{_MONEY}[{_BLANKS}]*)?{number}(?:[{_BLANKS}]*{_MONEY})?$")

    def _simple(self, texts: Texts) -> Integers:
        bare = without(texts, rf"[^\d{re.escape(self.mark.sign)}]")
        if self.mark is Mark.COMMA:
            bare = replaced(bare, ",", ".")
        return _scaled(bare.cast(pa.float64()).to_numpy(zero_copy_only=False), self.places).astype(np.int64)

    def _numbers(self, column: Column) -> Integers:
        minor = np.full(len(column), int(Trouble.MISSING), dtype=np.int64)
        odd = present(column)
        if pa.types.is_floating(column.type):
            sure, scaled = self._sure_floats(column)
            minor[sure] = scaled[sure]
            odd &= ~sure
        cells: list[Any] = chosen(column, odd).to_pylist()
        for row, cell in zip(np.flatnonzero(odd), cells, strict=True):
            number = Decimal(repr(cell)) if isinstance(cell, float) else Decimal(cell)
            minor[row] = self._minor(number)
        return minor

    def _sure_floats(self, column: Column) -> tuple[Bools, npt.NDArray[np.float64]]:
        """Floats whose minor units are beyond doubt: small, and not near the middle between two."""
        units = column.cast(pa.float64()).fill_null(np.nan).to_numpy(zero_copy_only=False)
        with np.errstate(all="ignore"):
            scaled = units * 10.0**self.places
            clear = np.abs(scaled - np.floor(scaled) - 0.5) > _DOUBT
            return clear & (units >= 0) & (scaled < _EXACT), np.rint(scaled)


def is_numeric(column: Column) -> bool:
    """True for a column that the source itself knows to be numbers."""
    kind = column.type
    return pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind)


def _scaled(units: npt.NDArray[np.float64], places: int) -> npt.NDArray[np.float64]:
    return np.rint(units * 10.0**places)


_WRITTEN: Final = re.compile(
    rf"(?P<open>\()?\s*(?P<sign>[-−+])?\s*(?P<before>(?:[^\d.,()+−-]+?\.?)?)\s*(?P<inner>[-−+])?"
    rf"(?P<number>[.,]?\d[\d.,{_GROUPING}]*)\s*(?P<after>[^\d(),+−-]*?)\s*(?P<trail>[-−])?\s*(?P<close>\))?",
    re.ASCII,
)


def _number(text: str, mark: Mark) -> Decimal | None:
    """The number that a text stands for, or None. Negative for a sign or parentheses."""
    written = _WRITTEN.fullmatch(text.strip())
    if written is None or bool(written["open"]) != bool(written["close"]):
        return None
    if any(word and not is_money(word) for word in (written["before"], written["after"])):
        return None
    number = _plain_number(written["number"].strip(), mark)
    signs = {written["sign"], written["inner"], written["trail"]} & {"-", "−"}
    return -number if number is not None and (signs or written["open"]) else number


def _plain_number(text: str, mark: Mark) -> Decimal | None:
    whole, _, decimals = text.partition(mark.sign)
    groups = re.split(rf"[{re.escape(mark.other.sign)}{_GROUPING}]", whole)
    if len(groups) > 1 and not _are_groups(groups):
        return None
    try:
        return Decimal(f"{''.join(groups) or '0'}.{decimals or '0'}")
    except InvalidOperation:
        return None


def _are_groups(groups: list[str]) -> bool:
    """Thousands (1,234,567) or lakhs and crores (12,34,567)."""
    first, *inner, last = groups
    return len(first) in {1, 2, 3} and len(last) == _GROUP and all(len(group) in {2, 3} for group in inner)


def currencies_in(texts: Texts) -> dict[str, int]:
    """What is written around the numbers, and how often: {"€": 812, "EUR": 3, "": 12}."""
    return counted(currency_written(texts))


def currency_written(texts: Texts) -> Texts:
    """For each amount what is written around its number."""
    return without(texts, _RESIDUE)


def sentence(trouble: int, written: str, column: str) -> str:
    """Why a row has no amount."""
    if trouble == Trouble.MISSING:
        return f"The amount ({column}) is missing."
    if trouble == Trouble.NEGATIVE:
        return f"The amount '{written}' is negative."
    if trouble == Trouble.TOO_LARGE:
        return f"The amount '{written}' is larger than any that can be right."
    return f"The amount '{written}' is not a number."
