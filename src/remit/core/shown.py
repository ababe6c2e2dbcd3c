"""Text on a terminal or in a line of the log: what can't be seen is written out, so that it does nothing."""

from __future__ import annotations

import unicodedata
from typing import Final

_SPACES: Final = "Zs"


def visible(text: str) -> str:
    r"""A text of one line in which everything is seen.

    Ends of lines, escapes of terminals, marks that turn the direction of writing, halves of signs: each
    becomes what JSON writes for it, such as `\u001b`. Within JSON it is JSON still, of the same value.
    """
    if text.isprintable():
        return text
    return "".join(sign if _is_seen(sign) else _written_out(sign) for sign in text)


def _is_seen(sign: str) -> bool:
    return sign.isprintable() or unicodedata.category(sign) == _SPACES


def _written_out(sign: str) -> str:
    units = sign.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[place : place + 2].hex()}" for place in range(0, len(units), 2))
