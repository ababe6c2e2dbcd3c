"""Amounts of money as people type them."""

from __future__ import annotations

import re
from typing import Final

from django.core.exceptions import ValidationError

from remit_engine import limits
from remit_engine.money import decimals

_MARKS: Final = ".,"
_GROUP: Final = 3


def minor_units(text: str, currency: str) -> int:
    """An amount as it is typed, in minor units; the last mark with few digits behind it parts the cents.

    Raises:
        ValidationError: it isn't an amount, is below nothing, or has more decimals than the currency.
    """
    places = decimals(currency)
    bare = re.sub(rf"[\s'’]|{re.escape(currency)}|[€$£]", "", text, flags=re.IGNORECASE)
    if not re.fullmatch(r"\d[\d.,]*", bare):
        raise ValidationError("Write an amount in figures, like 42.50.")
    last = max(bare.rfind(mark) for mark in _MARKS)
    behind = len(bare) - last - 1 if last >= 0 else 0
    is_decimal = last >= 0 and (behind != _GROUP or places == _GROUP) and bare.count(bare[last]) == 1
    whole, cents = (bare[:last], bare[last + 1 :]) if is_decimal else (bare, "")
    if len(cents) > places:
        raise ValidationError(
            f"There are {places} decimals in {currency}." if places else f"{currency} has no decimals."
        )
    minor: int = int(re.sub(r"\D", "", whole) or 0) * 10**places + int((cents or "0").ljust(places, "0") or 0)
    if minor > limits.AMOUNT_MINOR_UNITS:
        raise ValidationError("This is more than any amount that can be right.")
    return minor
