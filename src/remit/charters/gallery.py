"""Ready charters to begin with: those of `examples/charters`, which come with the package."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Final

from remit_engine.charter.compiled import CompiledCharter, compile_charter
from remit_engine.charter.reading import read_charter_text
from remit_engine.charter.sentences import capital
from remit_engine.charter.writing import on_a_line

_INSTALLED: Final = Path(__file__).with_name("gallery_files")
_IN_THE_REPOSITORY: Final = Path(__file__).parents[3] / "examples" / "charters"

_FIT: Final = {
    "small-team": "Any small team: members, a lead, a manager. The one to begin with when in doubt.",
    "restaurant-with-delivery": "A restaurant that delivers: late, cold, wrong food; riders and platforms.",
    "hotel": "A hotel where everybody may make it right: generous limits, a whole stay back.",
    "online-shop": "A shop on the web: returns, parcels that never came, a software assistant with limits.",
    "support-desk": "A support desk: credits for outages, numbers that add up over a month.",
    "clinic": "A practice: careful with whatever may touch somebody's health.",
}
"""For whom each ready charter is, in the order in which they are shown."""

_NAME_LINE: Final = re.compile(r"^charter:.*$", re.MULTILINE)
_CURRENCY_LINE: Final = re.compile(r"^currency:[ \t]*([A-Z]{3})\b", re.MULTILINE)
_LIMIT: Final = re.compile(r"^([ ]+(?:upto|above|most):[ ]+)([\d.]+)", re.MULTILINE)
_MONEY_FACT: Final = re.compile(r"^  (\w+): money\b", re.MULTILINE)

_WORTH: Final = {
    currency: Decimal(worth)
    for worth, currencies in {
        "0.5": "BHD KWD",
        "5": "CNY DKK HKD ILS MAD NOK PLN RON SEK",
        "10": "CZK EGP MXN THB TRY TWD UAH ZAR",
        "50": "PHP",
        "100": "INR ISK JPY KES RSD",
        "500": "HUF",
        "1000": "ARS CLP KRW NGN",
        "5000": "COP",
        "10000": "IDR VND",
    }.items()
    for currency in currencies.split()
}
"""What takes the place of 1 of a euro, roughly and roundly; 1 for a currency that isn't named.

No rate of exchange: it only keeps the limits of a ready charter in the order of size of what is sold.
"""


@dataclass(frozen=True, slots=True)
class Ready:
    """A ready charter, in the currency of whoever begins with it.

    Attributes:
        word: names it.
        fits: for whom it is.
        title: what it is called before it has the name of a team.
        text: its YAML.
        compiled: to draw its ladders.
    """

    word: str
    fits: str
    title: str
    text: str
    compiled: CompiledCharter


def ready_charters(currency: str) -> list[Ready]:
    """The ready charters, with amounts of the order of size of a currency."""
    ready = [ready_charter(word, currency) for word in _FIT]
    return [each for each in ready if each is not None]


@cache
def ready_charter(word: str, currency: str) -> Ready | None:
    """A ready charter in a currency, its amounts changed to their like in it; None where there is none."""
    if word not in _FIT:
        return None
    text = (_folder() / f"{word}.yaml").read_text(encoding="utf-8")
    text = _CURRENCY_LINE.sub(f"currency: {currency}", _in_the_size_of(text, currency), count=1)
    return Ready(
        word,
        _FIT[word],
        capital(word.replace("-", " ")),
        text,
        compile_charter(read_charter_text(text, name=f"{word}.yaml").charter),
    )


def named(text: str, name: str) -> str:
    """The text of a charter under another name."""
    return _NAME_LINE.sub(lambda _: f"charter: {on_a_line('charter', name)}", text, count=1)


def _in_the_size_of(text: str, currency: str) -> str:
    """A charter whose limits, and conditions on money, are of the order of size of a currency."""
    written = _CURRENCY_LINE.search(text)
    if written is None:
        return text
    times = _WORTH.get(currency, Decimal(1)) / _WORTH.get(written[1], Decimal(1))

    def scaled(found: re.Match[str]) -> str:
        return f"{found[1]}{(Decimal(found[2]) * times).normalize():f}"

    facts = "|".join(_MONEY_FACT.findall(text))
    if facts:
        text = re.sub(rf'(\b(?:{facts}): "[<>]=? )([\d.]+)', scaled, text)
    return _LIMIT.sub(scaled, text)


def _folder() -> Path:
    return _INSTALLED if _INSTALLED.is_dir() else _IN_THE_REPOSITORY
