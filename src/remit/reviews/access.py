"""The only way to reviews: those that somebody gives, and those about their own decisions."""

from __future__ import annotations

from typing import Final

from django.db.models import Q, QuerySet

from remit.complaints.models import Decision
from remit.core.asked_often import Slot
from remit.core.errors import NotThere
from remit.people.access import teams_for
from remit.people.models import Member, Team
from remit.reviews.drawable import taken_alone
from remit.reviews.models import Review, Round

_AT_HAND: Final = (
    "lot",
    "wanted__by",
    "decision__team",
    "decision__complaint__team",
    "decision__complaint__customer",
    "decision__complaint__order",
    "decision__member",
    "decision__charter",
    "decision__message",
    "decision__on_authority_of",
    "decision__remedy",
    "reviewer",
    "opinion",
    "answer",
    "helped",
)


def reviews_for(member: Member) -> QuerySet[Review]:
    """The reviews that somebody sees: theirs, and those of their own decisions that are done.

    Nobody else sees them, whatever their rank: a review is between two people. Those of a team that somebody
    left aren't there any more.
    """
    mine = Q(reviewer=member, passed_on_at=None)
    about_me = Q(decider=member, done_at__isnull=False)
    teams = teams_for(member).order_by().values("pk")
    return Review.objects.filter(mine | about_me, decision__team__in=teams)


def asked_to_look_at(member: Member | Slot, teams: QuerySet[Team]) -> QuerySet[Review]:
    """The reviews in these teams that somebody was asked for and hasn't done yet."""
    here = teams.order_by().values("pk")
    return Review.objects.filter(reviewer=member, passed_on_at=None, done_at=None, decision__team__in=here)


def get_review_for(member: Member, number: int) -> Review:
    """One of them, with everything that its page says.

    Raises:
        NotThere: there is none, it was passed on, or it isn't theirs to see.
    """
    review = reviews_for(member).select_related(*_AT_HAND).filter(pk=number).first()
    if review is None:
        raise NotThere("review")
    return review


def get_review_to_do(member: Member, number: int) -> Review:
    """One that somebody was asked for, done or not.

    Raises:
        NotThere: there is none, it was passed on, or somebody else was asked.
    """
    review = get_review_for(member, number)
    if review.reviewer_id != member.pk:
        raise NotThere("review")
    return review


def get_review_of_mine(member: Member, number: int) -> Review:
    """One of a decision of somebody's own, that is done.

    Raises:
        NotThere: there is none.
    """
    review = get_review_for(member, number)
    if review.decider_id != member.pk:
        raise NotThere("review")
    return review


def get_decision_alone_of(member: Member, number: int) -> Decision:
    """A decision that somebody took without asking, with complaint, team and charter at hand.

    Raises:
        NotThere: there is none, it isn't theirs, or they left its team.
    """
    teams = teams_for(member).order_by().values("pk")
    rows = taken_alone().select_related("complaint", "team", "charter", "member")
    found = rows.filter(pk=number, member=member, team__in=teams).first()
    if found is None:
        raise NotThere("decision of yours that nobody was asked about")
    return found


def rounds_for(member: Member) -> QuerySet[Round]:
    """The weeks of the teams that somebody sees."""
    return Round.objects.filter(team__in=teams_for(member).order_by().values("pk"))


def get_round_for(member: Member, number: int) -> Round:
    """One of them, with its team.

    Raises:
        NotThere: there is none, or it belongs to a team that they aren't in.
    """
    found = rounds_for(member).select_related("team").filter(pk=number).first()
    if found is None:
        raise NotThere("week")
    return found
