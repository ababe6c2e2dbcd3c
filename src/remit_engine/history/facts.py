"""Which further columns are facts: known about a question, with few different words."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence
from typing import Final

import numpy as np

from remit_engine import limits
from remit_engine.history.answers import meaning_of, tells_an_answer
from remit_engine.history.columns import column_named
from remit_engine.history.looks import MOSTLY, NEARLY_ALL, Look
from remit_engine.history.mapping import Mapping
from remit_engine.history.spelling import plain
from remit_engine.history.survey import Words
from remit_engine.history.table import Bools, Labels
from remit_engine.history.uses import NAMES, Use

_ABOUT_MONEY: Final = frozenset(name for tiers in NAMES[Use.AMOUNT][:2] for name in tiers)
_FEWEST_EACH_WAY: Final = 10
_PAIR: Final = 2


def find_facts(
    looks: Sequence[Look], words: AnyMapping[str, Words], mapping: Mapping
) -> tuple[tuple[str, ...], dict[str, str]]:
    """The columns taken as facts, and for every column without a use the reason for or against it.

    Raises:
        InputError: a told fact that isn't there.
    """
    free = [look for look in looks if look.name in words]
    names = [look.name for look in looks]
    out = {column_named(name, names, "fact") for name in mapping.facts_left_out}
    if mapping.facts is not None:
        told = tuple(column_named(name, names, "fact") for name in mapping.facts)
        because = {look.name: "not among the told facts" for look in free}
        return told, because | dict.fromkeys(told, "told by the mapping")
    reasons = {look.name: "left out by the mapping" if look.name in out else _against(look, words[look.name])
               for look in free}  # fmt: skip
    fit = [name for name, reason in reasons.items() if not reason]
    reasons |= dict.fromkeys(fit[: limits.FACTS], "few different words")
    reasons |= dict.fromkeys(fit[limits.FACTS :], f"more than {limits.FACTS} facts")
    return tuple(fit[: limits.FACTS]), reasons


def _against(look: Look, words: Words) -> str:  # noqa: PLR0911 -- one reason a line
    """Why a column is no fact; empty when it may be one."""
    if words.too_many:
        return "too many different words"
    if not words.counts:
        return "empty"
    if len(words.counts) == 1:
        return "the same in every row"
    if len(words.counts) == words.counts.total() > _PAIR:
        return "a different word in every row"
    if any(f" {name} " in f" {plain(look.name)} " for name in _ABOUT_MONEY):
        return "about the amount"
    if look.moments >= MOSTLY > look.numbers:
        return "dates"
    known = sum(count for word, count in words.counts.items() if meaning_of(word) and tells_an_answer(word))
    if known * 2 >= words.counts.total():
        return "its words are answers"
    if look.numbers >= NEARLY_ALL and any(not word.isdigit() for word in words.counts):
        return "numbers"
    return ""


def gives_the_answer_away(fact: Labels, declined: Bools) -> bool:
    """True when every word of a fact stands with one answer only, though both answers are frequent.

    Such a column (a closing code, the next step) is nearly always written after the answer; taking it for a
    fact known before would let everything go.
    """
    if min(int(declined.sum()), int((~declined).sum())) < _FEWEST_EACH_WAY:
        return False
    cells = (fact.codes + 1) * 2 + declined
    counts = np.bincount(cells, minlength=2 * (len(fact.names) + 1)).reshape(-1, 2)
    return bool((counts.min(axis=1) == 0).all())
