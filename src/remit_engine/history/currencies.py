"""Currencies as they stand in exports: codes and signs."""

from __future__ import annotations

import re
from typing import Final

from remit_engine.history.spelling import listed

CODES: Final = listed(
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF "
    "CHF CLF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ "
    "GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR "
    "LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN "
    "PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB "
    "TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYI UYU UYW UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW "
    "ZWG DEM FRF ITL HRK"
)
"""ISO 4217 codes in use, and a few retired ones that old exports hold."""

SIGNS: Final = {
    "€": "EUR", "euro": "EUR", "euros": "EUR", "$": "USD", "us$": "USD", "£": "GBP", "¥": "JPY", "円": "JPY",
    "元": "CNY", "fr": "CHF", "fr.": "CHF", "sfr": "CHF", "sfr.": "CHF", "c$": "CAD", "ca$": "CAD",
    "a$": "AUD", "au$": "AUD", "nz$": "NZD", "hk$": "HKD", "s$": "SGD", "r$": "BRL", "mx$": "MXN",
    "zł": "PLN", "kč": "CZK", "ft": "HUF", "lei": "RON", "₹": "INR", "rs": "INR", "rs.": "INR", "₺": "TRY",
    "tl": "TRY", "₽": "RUB", "₩": "KRW", "₪": "ILS", "₫": "VND", "฿": "THB", "₱": "PHP", "₦": "NGN",
    "₴": "UAH", "r": "ZAR",
}  # fmt: skip
"""Signs and short forms that stand for one currency; a bare $ is read as US dollars."""


CROWNS: Final = frozenset({"kr", "kr."})
"""Signs of money that several currencies share; the currency must be told."""


def is_money(word: str) -> bool:
    """True for what may stand beside an amount: a code, a sign, a sign that many share."""
    return currency_of(word) is not None or word.strip().casefold() in CROWNS


def currency_of(word: str) -> str | None:
    """The ISO 4217 code that a word or sign stands for; None when it stands for none."""
    bare = word.strip()
    return bare.upper() if bare.upper() in CODES else SIGNS.get(bare.casefold())


_OFTEN: Final = listed("EUR USD GBP CHF JPY CAD AUD NZD SEK NOK DKK PLN CZK HUF RON BRL MXN INR CNY ZAR")


def currency_in_name(name: str) -> str | None:
    """The currency that a column's name holds, for example "net_worth_eur" or "Betrag (€)".

    Rare codes count in capitals among other letters only: "top amount" and "TOP AMOUNT" aren't paʻanga.
    """
    parts = re.split(r"[\s_()\[\]/,.:-]+", name)
    codes = {part for part in parts if part in CODES and not name.isupper()}
    codes |= {part.upper() for part in parts if part.upper() in _OFTEN}
    codes |= {SIGNS[part] for part in parts if part in {"€", "$", "£"}}
    return codes.pop() if len(codes) == 1 else None
