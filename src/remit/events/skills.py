"""Skills and needs as people type them: `2 bar, 1 kitchen, 3`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from django.core.exceptions import ValidationError

from remit.events.vocabulary import LONGEST_SKILL

_PARTS: Final = re.compile(r"[,;\n]")
_COUNTED: Final = re.compile(r"(?:([0-9]{1,5})\s*(?:x|×|\b))?\s*(.*)", re.DOTALL | re.IGNORECASE)
_ANYBODY: Final = ("", "anybody", "people", "person")
_MOST: Final = 30


def skill_in(text: str) -> str:
    """A skill as it is kept: small letters, single spaces."""
    return " ".join(text.split()).lower()


def skills_in(text: str) -> list[str]:
    """Skills of somebody, sorted.

    Raises:
        ValidationError: one is too long, or there are too many.
    """
    found = sorted({skill for part in _PARTS.split(text) if (skill := skill_in(part))})
    _need_short(found)
    return found


def counted_in(text: str, *, most: int) -> list[tuple[str, int]]:
    """What is needed and how much of it, each once; a figure alone has the word "".

    Args:
        text: parts with commas or lines between them.
        most: the largest count of one.

    Raises:
        ValidationError: it can't be meant.
    """
    found: dict[str, int] = {}
    for part in filter(str.strip, _PARTS.split(text)):
        match = _COUNTED.fullmatch(part.strip())
        figure, words = match.groups() if match else (None, part)
        word, count = " ".join(words.split()), int(figure or 1)
        found[word] = found.get(word, 0) + count
        if not 1 <= found[word] <= most:
            raise ValidationError(f"“{part.strip()[:40]}” can't be: from 1 to {most} of one.")
    _need_short(found)
    return list(found.items())


def people_in(text: str, *, most: int) -> list[tuple[str, int]]:
    """Skills with how many people, each once; "" is anybody.

    Raises:
        ValidationError: it can't be meant.
    """
    found: dict[str, int] = {}
    for word, count in counted_in(text, most=most):
        skill = "" if word.lower() in _ANYBODY else word.lower()
        found[skill] = found.get(skill, 0) + count
        if found[skill] > most:
            raise ValidationError(f"At most {most} of one skill.")
    return list(found.items())


def counted(parts: Iterable[tuple[str, int]]) -> str:
    """The same as people type it."""
    return ", ".join(f"{count} {word or ('person' if count == 1 else 'people')}" for word, count in parts)


def _need_short(words: Sequence[str] | dict[str, int]) -> None:
    if len(words) > _MOST:
        raise ValidationError(f"At most {_MOST} are meant here.")
    for word in words:
        if len(word) > LONGEST_SKILL:
            raise ValidationError(f"“{word[:20]}…” is too long: {LONGEST_SKILL} characters at most.")
