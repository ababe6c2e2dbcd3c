"""Clauses that complete `so that …`: kept as they are said, so that a line of sight reads as a sentence."""

from __future__ import annotations

import re
from typing import Final

_BEGINNING: Final = re.compile(r"^(?:\W*)so that\s+", re.IGNORECASE)
_END: Final = " \t\r\n.;,"
_ALSO_LARGE: Final = re.compile(r"^(?:I|I['’]\w+)(?=\s|$)")


def clause(text: str) -> str:
    """A clause as it stands after `so that`: without these words, and without a full stop.

    `So that every guest is heard.` becomes `every guest is heard`. The first letter becomes small, unless its
    word is written in capitals, holds one further on, or is I.
    """
    bare = _BEGINNING.sub("", " ".join(text.split())).strip(_END)
    return small(bare)


def small(text: str) -> str:
    """A text with a small first letter, unless its first word needs the capital wherever it stands."""
    first = text.split(" ", 1)[0]
    if first[1:] != first[1:].lower() or _ALSO_LARGE.match(text) or not first[1:].isalpha():
        return text if len(first) > 1 or first == "I" else text[:1].lower() + text[1:]
    return text[:1].lower() + text[1:]


def capital(text: str) -> str:
    """A clause as it stands alone, as a title."""
    return text[:1].upper() + text[1:]
