"""Lists of reviews: those that somebody is to do, those of their own decisions, what they might ask about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db.models import Exists, OuterRef, QuerySet

from remit.complaints.models import Decision
from remit.complaints.sentences import decided
from remit.core.clock import now
from remit.core.paging import Paged, paged
from remit.people.access import teams_for
from remit.people.models import Member
from remit.reviews.access import reviews_for
from remit.reviews.drawable import taken_alone
from remit.reviews.models import Review, Wanted

MOST: Final = 50
A_FEW: Final = 20
"""Done ones on a page, below those that are to be done."""
_LATELY: Final = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class ToDo:
    """The reviews of somebody.

    Attributes:
        open: to be done, the first one due first.
        done: a page of those that are done, newest first.
    """

    open: Sequence[Review]
    done: Paged[Review]


def to_do(member: Member, page: str | None = None) -> ToDo:
    """What somebody was asked to look at, in two queries; `page` is that of what is done."""
    mine = reviews_for(member).filter(reviewer=member)
    rows = mine.select_related("decision__member", "decision__complaint", "decision__team", "wanted")
    return ToDo(
        open=list(rows.filter(done_at=None).order_by("due_at", "pk")[:MOST]),
        done=paged(
            rows.filter(done_at__isnull=False)
            .select_related("opinion", "helped")
            .order_by("-done_at", "-pk"),
            page,
            A_FEW,
        ),
    )


@dataclass(frozen=True, slots=True)
class Mine:
    """Reviews of one's own decisions.

    Attributes:
        reviews: a page of those that are done, newest first.
        waiting: looks that they asked for and that are still to come.
        askable: decisions of the last weeks that they might ask about, newest first: each with its words.
    """

    reviews: Paged[Review]
    waiting: Sequence[Wanted]
    askable: Sequence[tuple[Decision, str]]


def mine(member: Member, page: str | None = None) -> Mine:
    """What others said to somebody's decisions, in three queries; `page` is that of what was said."""
    about_me = reviews_for(member).filter(decider=member, done_at__isnull=False)
    rows = about_me.select_related(
        "decision__complaint", "decision__team", "reviewer", "opinion", "answer", "helped"
    )
    waiting = (
        Wanted.objects.filter(by=member)
        .exclude(Exists(Review.objects.filter(wanted=OuterRef("pk"), done_at__isnull=False)))
        .filter(Exists(Review.objects.filter(wanted=OuterRef("pk"), passed_on_at=None)))
        .select_related("decision__complaint", "decision__team")
    )
    return Mine(
        reviews=paged(rows.order_by("-done_at", "-pk"), page),
        waiting=list(waiting.order_by("-at")[:MOST]),
        askable=[(each, _words(each)) for each in _askable(member)],
    )


def _askable(member: Member) -> QuerySet[Decision]:
    """The last decisions of somebody that nobody looks at yet."""
    teams = teams_for(member).order_by().values("pk")
    there = Review.objects.filter(decision=OuterRef("pk"), passed_on_at=None)
    return (
        taken_alone()
        .filter(member=member, team__in=teams, at__gt=now() - _LATELY)
        .exclude(Exists(there))
        .exclude(Exists(Wanted.objects.filter(decision=OuterRef("pk"))))
        .select_related("complaint", "team")
        .order_by("-at", "-pk")[:10]
    )


def _words(decision: Decision) -> str:
    return decided(decision.kind, decision.value, decision.currency, decision.level)
