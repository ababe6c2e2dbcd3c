"""A form field for money: typed in whole units as people write it, held in minor units."""

from __future__ import annotations

import re
from typing import Any, Final

from django import forms

from remit_engine.limits import AMOUNT_MINOR_UNITS
from remit_engine.money import decimals, in_units

_ENOUGH: Final = 30
"""Digits that say that an amount is too large; Python reads no number of thousands of them."""
_TYPED: Final = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_THOUSANDS: Final = 3
"""Digits in a group: `1,250` is more than a thousand, `42,5` isn't."""


class AmountField(forms.Field):
    """An amount of money.

    Args:
        currency: ISO 4217 code; says how many decimals there are.
    """

    widget = forms.TextInput

    def __init__(self, *, currency: str, **settings: Any) -> None:  # noqa: ANN401 (Django's settings)
        super().__init__(**settings)
        self.currency = currency
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}

    def to_python(self, value: Any) -> int | None:  # noqa: ANN401 (whatever the browser sent)
        """Minor units of what was typed; None for nothing.

        Raises:
            ValidationError: it is no amount, has too many decimals, or is too large.
        """
        return amount_in(str(value or ""), self.currency)

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401 (what was typed stays as it was)
        """How an amount stands in the field; what somebody typed stays as they typed it."""
        if isinstance(value, bool) or not isinstance(value, int):
            return value
        units = in_units(value, self.currency)
        return f"{units:.0f}" if units == int(units) else f"{units:.{decimals(self.currency)}f}"


def amount_in(text: str, currency: str) -> int | None:
    """Minor units of an amount as it is typed or stands in a file; None for nothing.

    Raises:
        ValidationError: it is no amount, has too many decimals, or is too large.
    """
    typed = re.sub(rf"[\s'’€$£¥₩₹₪₺₫฿]|{re.escape(currency)}", "", text, flags=re.IGNORECASE)
    if not typed:
        return None
    places = decimals(currency)
    minor = minor_units(typed, places)
    if minor is None:
        example = "42" if not places else f"42 or 42.{'5'.ljust(places, '0')}"
        raise forms.ValidationError(f"Write an amount like {example}.", code="not-an-amount")
    if minor > AMOUNT_MINOR_UNITS:
        raise forms.ValidationError("That is more than Remit takes.", code="too-large")
    return minor


def minor_units(typed: str, places: int) -> int | None:
    """What was typed in minor units; None where it can't be meant.

    Args:
        typed: digits, with a point or comma for decimals and for thousands.
        places: decimals of the currency.
    """
    if not _TYPED.fullmatch(typed):
        return None
    *groups, end = re.split(r"[.,]", typed)
    marks = re.findall(r"[.,]", typed)
    if marks and marks.count(marks[-1]) == 1 and len(end) <= places:
        between = marks[:-1]
    elif marks == ["."]:
        return None  # 1.250 is a thousand to some, and one and a quarter to others
    else:
        groups, end, between = [*groups, end], "", marks
    if len(set(between)) > 1 or (between and not _are_thousands(groups)):
        return None
    digits = "".join(groups) + end.ljust(places, "0")
    return int(digits.lstrip("0")[:_ENOUGH] or "0")


def _are_thousands(groups: list[str]) -> bool:
    first, *others = groups
    return 1 <= len(first) <= _THOUSANDS and all(len(group) == _THOUSANDS for group in others)
