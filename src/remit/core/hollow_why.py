"""Whys that say nothing: too short, empty words, a copy of what they should explain. Pure, and gentle.

It is a hint, never a judgement: who means it may keep it. So it would rather miss a hollow why than
nag about a good one, and says nothing about languages whose empty words it doesn't know.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from enum import Enum
from typing import Final


class Hollow(Enum):
    """What makes a why say nothing; its value is how it is pointed out."""

    SHORT = "That is very short. What would somebody new ask next? Answer that."
    EMPTY = "That could stand under anything. What gets better by it, or for whom?"
    COPY = "That says again what it is. Why is it worth doing?"


_WORDS: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_FEWEST: Final = 3
"""Words; with fewer nobody says why."""
_FEWEST_SIGNS: Final = 5
"""The same in scripts that don't set words apart."""
_UNSPACED: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")

_LINKING: Final = frozenset(
    """
    a all also an and any are as at be been but by can cannot could did do does doing done for from had has
    have he her here him his how i if in into is isn't it it's its just like made make makes may me might more
    most must my no not of on one or our out own same shall she should so some than that that's the their them
    then there they this those to too up us very was way we we're well were what when where which who why will
    with would you your yes
    """.split()  # noqa: SIM905 (read more easily so)
)
"""Words that only hold others together."""
_EMPTY: Final = frozenset(
    """
    always bc because best better boss change changed changes common company correct cos current decided
    decision default everybody everyone fine general good guideline guidelines handle handled important
    improve improved improvement improvements instruction instructions internal management manager mandatory
    necessary need needed needs new normal obvious obviously ok okay old orders organisation organization
    organizational policies policy practice practices procedure procedures process processes proper purposes
    reason reasons regulation regulations required requirement requirements right rule rules said say says
    see standard standards stuff test thing things think told top update updated usual usually want wanted
    wants work works before ever never know knows known done it'll etc asap tbd todo na n/a xxx asdf qwerty
    darum deshalb halt eben es so ist das vorschrift regel immer war weil
    """.split()  # noqa: SIM905
)
"""Words that could stand under anything."""


def hollow(why: str, *, beside: Iterable[str] = ()) -> Hollow | None:
    """What makes a why say nothing; None where it says something.

    Args:
        why: as it was typed.
        beside: what it should explain: titles, clauses.
    """
    words = _words_of(why)
    if _UNSPACED.search(why):
        return Hollow.SHORT if len("".join(words)) < _FEWEST_SIGNS else _if_copied(words, beside)
    telling = [word for word in words if _tells(word)]
    if words and not telling:
        return Hollow.EMPTY
    if len(words) < _FEWEST or len(set(words)) < _FEWEST:
        return Hollow.SHORT
    return _if_copied(words, beside)


def stems_of(text: str) -> frozenset[str]:
    """The words of a text that say something, without endings; unspaced, pairs of signs."""
    words = _words_of(text)
    if _UNSPACED.search(text):
        signs = "".join(words)
        return frozenset(signs[at : at + 2] for at in range(len(signs) - 1))
    return frozenset(_stem(word) for word in words if _tells(word))


def _if_copied(words: list[str], beside: Iterable[str]) -> Hollow | None:
    said = {_stem(word) for word in words if _tells(word)}
    for text in beside:
        there = {_stem(word) for word in _words_of(text)}
        if said and said <= there:
            return Hollow.COPY
    return None


def _words_of(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    return [str(word) for word in _WORDS.findall(plain)]


def _tells(word: str) -> bool:
    if word in _LINKING or word in _EMPTY or len(set(word)) == 1:
        return False
    return any(letter.isalpha() for letter in word)


def _stem(word: str) -> str:
    """A word without the endings of English: `guests` and `guest` say the same."""
    for ending in ("ing", "ies", "es", "ed", "s", "e", "y"):
        if word.endswith(ending) and len(word) - len(ending) > _FEWEST:
            return word[: -len(ending)]
    return word
