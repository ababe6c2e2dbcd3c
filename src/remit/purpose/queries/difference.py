"""What changed between two texts, word by word, for whoever reads the history of a vision."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

_PARTS: Final = re.compile(r"\s+|[^\s]+")
_MOST_PARTS: Final = 2000


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text: `same`, `new` or `gone`."""

    is_: str
    text: str


def pieces(before: str, after: str) -> list[Piece]:
    """The text after, with what is new and what is gone marked; all but what is gone is the text after."""
    old, new = _PARTS.findall(before), _PARTS.findall(after)
    if len(old) + len(new) > _MOST_PARTS:
        return [Piece("gone", before), Piece("new", after)]
    found: list[Piece] = []
    for act, old_from, old_to, new_from, new_to in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if act == "equal":
            found.append(Piece("same", "".join(new[new_from:new_to])))
            continue
        if old_to > old_from:
            found.append(Piece("gone", "".join(old[old_from:old_to])))
        if new_to > new_from:
            found.append(Piece("new", "".join(new[new_from:new_to])))
    return found
