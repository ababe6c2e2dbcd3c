"""Ideas that say nearly the same, by the words that they share. It suggests; people decide."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from remit.core.hollow_why import stems_of
from remit.people.models import Team
from remit.voice.models import Idea
from remit.voice.vocabulary import COMPARED_WITH, MOST_ALIKE

LEAST: Final = 0.4
"""Of the words of both, the share in common from which on they are shown (Dice's coefficient)."""
_FEWEST: Final = 2
"""Words in common; one alone is chance."""


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """How alike two texts are by their stems, from 0 to 1; 0 where they share fewer than two of more."""
    shared = len(one & other)
    if not shared or shared < min(_FEWEST, len(one), len(other)):
        return 0.0
    return 2 * shared / (len(one) + len(other))


def most_alike(text: str, among: Iterable[tuple[int, str]]) -> list[int]:
    """The keys of the texts that are alike, the likest first, the newest of equals first.

    Args:
        text: what is compared.
        among: keys with their texts, the newest first.
    """
    stems = stems_of(text)
    if not stems:
        return []
    scored = [(likeness(stems, stems_of(other)), key) for key, other in among]
    found = sorted((pair for pair in scored if pair[0] >= LEAST), key=lambda pair: -pair[0])
    return [key for _, key in found[:MOST_ALIKE]]


def alike_in(team: Team, text: str, *, but: int | None = None) -> list[Idea]:
    """The ideas of a team that are alike, the likest first, among its newest ones; one query.

    Args:
        team: whose.
        text: of an idea, or of what is being written.
        but: number of an idea that is left out, with those that stand beside it.
    """
    rows = Idea.objects.filter(team=team).only("text", "state", "team")
    if but is not None:
        rows = rows.exclude(pk=but).exclude(same_as=but)
    found = {each.pk: each for each in rows[:COMPARED_WITH]}
    return [found[key] for key in most_alike(text, ((key, each.text) for key, each in found.items()))]
