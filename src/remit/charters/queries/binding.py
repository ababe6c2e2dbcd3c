"""Checks that the organisation made binding: which of them a text fails, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from remit.charters.models import BindingCheck
from remit.charters.queries.looking import Look
from remit.charters.vocabulary import CHECK_OF, CHECKS
from remit_engine.charter.analysis.idle import Idle

_IDLE = frozenset(each.value.replace(" ", "-") for each in Idle)


@dataclass(frozen=True, slots=True)
class Failed:
    """A check that a text fails.

    Attributes:
        word: of the check.
        holds: what would hold if it were passed.
        reason: the first thing that fails it, in a sentence.
        more: how many more there are.
    """

    word: str
    holds: str
    reason: str
    more: int


def binding_words() -> set[str]:
    """The checks that are binding."""
    return set(BindingCheck.objects.values_list("check_word", flat=True))


def failed_checks(look: Look, words: set[str]) -> list[Failed]:
    """Those of some checks that a text, or one that it changes below, fails.

    Args:
        look: at the text.
        words: of the checks.
    """
    if not words:
        return []
    reasons: dict[str, list[str]] = {}
    for each in (look, *look.below):
        for word, reason in _reasons(each):
            reasons.setdefault(word, []).append(reason)
    return [
        Failed(word, CHECKS[word], reasons[word][0], len(reasons[word]) - 1)
        for word in CHECKS
        if word in words and word in reasons
    ]


def _reasons(look: Look) -> Iterator[tuple[str, str]]:
    for sentence in look.dead_ends:
        yield "dead-ends", sentence
    for finding in look.warnings:
        word = "never-matter" if finding.code in _IDLE else CHECK_OF.get(finding.code)
        if word is not None:
            yield word, finding.wrong
    if look.no_comparison:
        yield "comparable", look.no_comparison
