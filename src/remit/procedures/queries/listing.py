"""The list of procedures: what somebody has to read first, by words, by tags, and what is to be looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Case, Count, F, QuerySet, Value, When

from remit.core.clock import now
from remit.people.models import Member, Team
from remit.procedures.access import drafts_for, procedures_for, procedures_in_use
from remit.procedures.models import Draft, Procedure, Tag
from remit.procedures.queries.unread import understood
from remit.procedures.vocabulary import REVIEW_SOON

SHOWS: Final = {
    "all": "All",
    "to-read": "To read",
    "review": "To look at again",
    "drafts": "Drafts and proposals",
    "retired": "Out of use",
}
"""What the list can show, and its words."""
_MOST_WORDS: Final = 8
_MOST_TAGS: Final = 40
_MOST_FOUND: Final = 6


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for.

    Attributes:
        show: a word of `SHOWS`.
        words: all of which have to stand in it.
        tag: "" for any.
    """

    show: str = "all"
    words: str = ""
    tag: str = ""


def listed(member: Member, wanted: Wanted) -> QuerySet[Procedure]:
    """The procedures of somebody's teams that fit; each says whether they have to read it, as `is_unread`."""
    rows = procedures_for(member).filter(retired_at__isnull=wanted.show != "retired")
    for word in wanted.words.lower().split()[:_MOST_WORDS]:
        rows = rows.filter(words__contains=word)
    if wanted.tag:
        rows = rows.filter(tags__word=wanted.tag)
    rows = rows.annotate(
        is_unread=Case(When(understood(member), then=Value(value=False)), default=Value(value=True)),
    )
    if wanted.show == "to-read":
        rows = rows.filter(is_unread=True)
    if wanted.show == "review":
        return rows.filter(review_by__lte=_soon()).order_by("review_by", "pk")
    return rows.prefetch_related("tags").order_by(F("is_unread").desc(), "title", "pk")


def _soon() -> date:
    return (now() + REVIEW_SOON).date()


def tags_of(member: Member, team: Team | None = None) -> Sequence[tuple[str, int]]:
    """Tags of what is in use in one team, or in all of somebody's, with how many have each, most first."""
    seen = procedures_in_use(member, team) if team else procedures_for(member).filter(retired_at=None)
    rows = Tag.objects.filter(procedure__in=seen.order_by().values("pk")).order_by().values_list("word")
    counted = rows.annotate(count=Count("pk")).order_by("-count", "word")
    return list(counted[:_MOST_TAGS])


def open_drafts(member: Member) -> QuerySet[Draft]:
    """Drafts that somebody sees and that haven't ended: proposals to answer first."""
    rows = drafts_for(member).filter(ended_at=None).select_related("made_by", "team", "procedure")
    return rows.order_by(F("handed_in_at").asc(nulls_last=True), "-made_at", "-pk")


def for_category(member: Member, team: Team, category: str) -> Sequence[Procedure]:
    """The procedures of a team for a category of complaints, those to read first.

    One query; none where the complaint has no category.
    """
    if not category:
        return ()
    rows = listed(member, Wanted(tag=category.lower())).filter(team=team)
    return list(rows.prefetch_related(None)[:_MOST_FOUND])
