"""Money is whole minor units with a currency."""

from __future__ import annotations

from typing import Final

_DECIMALS: Final = {
    **dict.fromkeys(
        [
            "BIF",
            "CLP",
            "DJF",
            "GNF",
            "ISK",
            "JPY",
            "KMF",
            "KRW",
            "PYG",
            "RWF",
            "UGX",
            "UYI",
            "VND",
            "VUV",
            "XAF",
            "XOF",
            "XPF",
        ],
        0,
    ),
    **dict.fromkeys(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"], 3),
    "CLF": 4,
    "UYW": 4,
}


def decimals(currency: str) -> int:
    """Decimal places of a currency (ISO 4217); 2 for an unknown or empty code."""
    return _DECIMALS.get(currency.upper(), 2)


def in_units(amount: float, currency: str) -> float:
    """An amount of minor units in whole units: 4250 of EUR is 42.5."""
    return float(amount / 10 ** decimals(currency))


def written(amount: float, currency: str, *, sign: bool = True) -> str:
    """An amount for people: `EUR 1,250`, `EUR 42.50`, `80` (no currency). Cents only where they matter."""
    places = decimals(currency)
    units = in_units(amount, currency)
    text = f"{units:,.0f}" if units == int(units) else f"{units:,.{places}f}"
    return f"{currency} {text}" if currency and sign else text
