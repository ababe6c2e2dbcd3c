"""What may begin in a rollout: an idea in words, a draft of a charter, or a procedure of one's teams."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.urls import reverse

from remit.charters.models import Draft
from remit.people.models import Member, Team
from remit.procedures.models import Procedure
from remit.rollouts.models import Change
from remit.rollouts.vocabulary import Sort

IN_WORDS: Final = Sort.WORDS.value
_MOST: Final = 50
_LONGEST: Final = 80


def what_may_begin(member: Member, teams: Iterable[Team]) -> list[tuple[str, str]]:
    """Choices of a form: the word of each, and what it says; two queries.

    Args:
        member: who plans.
        teams: that they manage.
    """
    managed = list(teams)
    drafts = Draft.objects.select_related("team", "made_by").filter(ended_at=None).defer("text")
    if not member.is_owner:
        drafts = drafts.filter(team__in=managed)
    procedures = Procedure.objects.select_related("team").filter(team__in=managed, retired_at=None)
    return [
        (IN_WORDS, "An idea, in words"),
        *((f"{Sort.DRAFT}:{each.pk}", f"The draft {_called(each)}") for each in drafts[:_MOST]),
        *(
            (f"{Sort.PROCEDURE}:{each.pk}", f"The procedure {_short(each.title)}, {each.team.name}")
            for each in procedures.order_by("title", "pk")[:_MOST]
        ),
    ]


def read_begins(word: str) -> tuple[Sort, int | None]:
    """What was chosen: what it is, and its number."""
    sort, _, number = word.partition(":")
    return Sort(sort), int(number) if number else None


def begins_word(change: Change) -> str:
    """What was chosen for a rollout, as the form has it."""
    return f"{change.sort}:{change.origin}" if change.origin else change.sort


def address_of(change: Change) -> str:
    """Where what begins can be looked at; "" for an idea in words."""
    if change.origin is None:
        return ""
    names = {Sort.DRAFT: "charters:draft", Sort.PROCEDURE: "procedures:procedure", Sort.TRIAL: "voice:trial"}
    name = names.get(Sort(change.sort))
    return reverse(name, args=[change.origin]) if name else ""


def _called(draft: Draft) -> str:
    whose = draft.team.name if draft.team else "the organisation"
    return f"{_short(draft.title)}, {whose}"


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
