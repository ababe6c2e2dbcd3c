"""Remit's minor units as Stripe counts them.

Source: https://docs.stripe.com/currencies (zero-decimal, three-decimal, and the special cases).
"""

from __future__ import annotations

from typing import Final

from remit.remedies.providers.contract import Refused

_AS_IF_IT_HAD_CENTS: Final = frozenset({"ISK", "UGX"})
"""No decimals by ISO 4217, and still counted in hundredths by Stripe, of which the last two are 0."""
_WHOLE_ONES: Final = frozenset({"MGA"})
"""Two decimals by ISO 4217, and counted in whole ones by Stripe."""
_THREE_DECIMALS: Final = frozenset({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})
"""Of which the last has to be 0: the card networks know only two."""


def to_stripe(amount: int, currency: str) -> int:
    """An amount as Stripe counts it.

    Args:
        amount: minor units.
        currency: ISO 4217, three capitals.

    Raises:
        Refused: Stripe can't say this amount.
    """
    if currency in _AS_IF_IT_HAD_CENTS:
        return amount * 100
    if currency in _THREE_DECIMALS and amount % 10:
        raise Refused(
            f"Stripe gives back {currency} in steps of 0.010. Round the amount, or hand it over by hand.",
            "amount-too-fine",
        )
    if currency in _WHOLE_ONES:
        if amount % 100:
            raise Refused(
                f"Stripe gives back whole {currency} only. Round the amount, or hand it over by hand.",
                "amount-too-fine",
            )
        return amount // 100
    return amount


def from_stripe(amount: int, currency: str) -> int:
    """An amount in Remit's minor units.

    Args:
        amount: as Stripe counts it.
        currency: ISO 4217, three capitals.
    """
    if currency in _AS_IF_IT_HAD_CENTS:
        return amount // 100
    return amount * 100 if currency in _WHOLE_ONES else amount
