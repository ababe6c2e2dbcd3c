"""Ready charters to begin with: those of `examples/charters`, which come with the package."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from remit_engine.charter.compiled import CompiledCharter, compile_charter
from remit_engine.charter.reading import read_charter_text
from remit_engine.charter.sentences import capital
from remit_engine.charter.writing import on_a_line
from remit_engine.money import decimals

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
    """The ready charters whose amounts make sense in a currency: those with the same number of decimals."""
    ready = [ready_charter(word, currency) for word in _FIT]
    return [each for each in ready if each is not None]


@cache
def ready_charter(word: str, currency: str) -> Ready | None:
    """A ready charter, its currency changed to this one; None where its amounts would make no sense."""
    if word not in _FIT:
        return None
    text = (_folder() / f"{word}.yaml").read_text(encoding="utf-8")
    written = _CURRENCY_LINE.search(text)
    if written is None or decimals(written[1]) != decimals(currency):
        return None
    text = _CURRENCY_LINE.sub(f"currency: {currency}", text, count=1)
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


def _folder() -> Path:
    return _INSTALLED if _INSTALLED.is_dir() else _IN_THE_REPOSITORY
