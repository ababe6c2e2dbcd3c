"""Ideas as they are listed: what stands beside each other is one line, with the support of all of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Q, QuerySet

from remit.core.paging import Paged, paged
from remit.people.models import Member
from remit.voice.access import ideas_for
from remit.voice.models import Idea, Support
from remit.voice.vocabulary import State

TABS: Final[dict[str, tuple[str, tuple[State, ...]]]] = {
    "waiting": ("Waiting", (State.WAITING,)),
    "tried": ("Tried", (State.TRYING, State.TRIED)),
    "taken-up": ("Taken up", (State.TAKEN_UP,)),
    "not": ("Not done", (State.NOT_NOW, State.NO)),
}
"""What the list may be narrowed to: the word in the address, what it says, and which ideas."""


@dataclass(frozen=True, slots=True)
class IdeaLine:
    """An idea with what stands beside it.

    Attributes:
        idea: the one that the others stand beside.
        others: how many do.
        supporters: people who support one of them.
        is_mine: whether whoever looks supports one of them.
    """

    idea: Idea
    others: int
    supporters: int
    is_mine: bool


def listed(member: Member, tab: str, page: str | None) -> Paged[IdeaLine]:
    """A page of the ideas that somebody sees, in three queries.

    Args:
        member: who looks.
        tab: one of `TABS`.
        page: the number of the page as it came in the address.
    """
    _, states = TABS[tab]
    found = paged(ideas_for(member).filter(same_as=None, state__in=states), page)
    return Paged(lines_of(found.rows, member), found.number, found.has_more)


def lines_of(ideas: Sequence[Idea], member: Member) -> list[IdeaLine]:
    """Ideas with what stands beside each, and how many support it; two queries."""
    keys = [each.pk for each in ideas]
    others = dict.fromkeys(keys, 0)
    for head in Idea.objects.filter(same_as__in=keys).values_list("same_as", flat=True):
        others[head or 0] += 1
    people = supporters_of(keys) if keys else {}
    return [
        IdeaLine(each, others[each.pk], len(people.get(each.pk, ())), member.pk in people.get(each.pk, ()))
        for each in ideas
    ]


def supporters_of(keys: Iterable[int]) -> dict[int, set[int]]:
    """Who supports ideas, or one that stands beside them, by the key of the idea; nobody is shown them."""
    heads = set(keys)
    rows = Support.objects.filter(Q(idea__in=heads) | Q(idea__same_as__in=heads))
    found: dict[int, set[int]] = {}
    for idea, head, person in rows.values_list("idea", "idea__same_as", "member"):
        found.setdefault(idea if idea in heads else head or 0, set()).add(person)
    return found


def from_source(member: Member, kind: str, key: str) -> QuerySet[Idea]:
    """The ideas that came from a source, the newest first."""
    return ideas_for(member).filter(source=kind, source_key=key)
