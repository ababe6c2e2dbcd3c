"""The fair draw of one member's decisions, in the order in which they were drawn: the evidence about them."""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import FilteredRelation, Q, QuerySet
from django.db.models.functions import Coalesce

from remit.core.clock import now
from remit.people.models import Membership, Team
from remit.reviews.models import Lot
from remit.reviews.vocabulary import LOOK_WITHIN, MOST_ASKED, Outcome


class FairState(enum.StrEnum):
    """How a fair review stands; the values are those of `remit_engine.evidence.growth.Review`."""

    SAME = "same"
    DIFFERENTLY = "differently"
    OPEN = "open"
    GIVEN_UP = "given up"


@dataclass(frozen=True, slots=True)
class FairReview:
    """A decision that the fair draw took, and what became of its review.

    Attributes:
        decision: its identifier.
        decided_at: when it was decided.
        drawn_at: when it was drawn.
        state: how its review stands; of two looks the first one counts, whoever gave it.
        due_at: until when it is to be done, while it is open.
        is_overdue: it is open, and its day is over.
        review: identifier of the review that was done; None where none was.
    """

    decision: int
    decided_at: datetime
    drawn_at: datetime
    state: FairState
    due_at: datetime | None = None
    is_overdue: bool = False
    review: int | None = None


def fair_reviews(membership: Membership, since: datetime | None = None) -> list[FairReview]:
    """What the fair draw took of a member's decisions in a team, in draw order, in one query.

    Args:
        membership: whose, and where.
        since: only decisions made from then on, such as since their last step; None for all.

    Returns:
        week after week, within a week in the order of their lots. For the engine:
        `record_of([Review(each.state) for each in reviews])`.
    """
    lots = Lot.objects.filter(member=membership.member_id, round__team=membership.team_id)
    if since is not None:
        lots = lots.filter(decision__at__gte=since)
    return [review for _, review in _in_draw_order(lots)]


def fair_reviews_in(team: Team) -> dict[int, list[FairReview]]:
    """What the fair draw took of everybody's decisions in a team, each in draw order, in one query.

    Returns:
        by the key of the member; nobody of whom nothing was drawn.
    """
    found: dict[int, list[FairReview]] = defaultdict(list)
    for member, review in _in_draw_order(Lot.objects.filter(round__team=team)):
        found[member].append(review)
    return dict(found)


def said_differently_in(team: Team) -> dict[int, bool]:
    """What the fair draw's reviews said of decisions in a team, in one query.

    Those of the risk draw aren't among them: they look where more is at stake, and would make whoever decides
    about that look worse. Where two looked at a decision, the first look counts.

    Returns:
        by the key of the decision, whether its review said *different*; none that wasn't done.
    """
    reviews = [each for of_one in fair_reviews_in(team).values() for each in of_one]
    return {each.decision: each.state is FairState.DIFFERENTLY for each in reviews if each.review is not None}


def _in_draw_order(lots: QuerySet[Lot]) -> Iterator[tuple[int, FairReview]]:
    """Those of the fair draw, each with whose it is; plain values, as a team has thousands after years."""
    blind = Q(reviews__is_double=False, reviews__passed_on_at=None, reviews__seen_at=None)
    looks = FilteredRelation("reviews", condition=blind)
    rows = lots.filter(drawn_fair=True).annotate(look=looks).order_by("round__week", "place", "pk")
    return (
        (member, _fair(_Row(*values)))
        for member, *values in rows.values_list(
            "member",
            "decision",
            "decision__at",
            Coalesce("round__drawn_at", "round__ends_at"),
            "given_up_at",
            "look__pk",
            "look__done_at",
            "look__due_at",
            "look__opinion__outcome",
        )
    )


class _Row(NamedTuple):
    decision: int
    decided_at: datetime
    drawn_at: datetime
    given_up_at: datetime | None
    look: int | None
    done_at: datetime | None
    due_at: datetime | None
    outcome: str | None


def _fair(row: _Row) -> FairReview:
    if row.done_at is not None:
        state = FairState.DIFFERENTLY if row.outcome == Outcome.DIFFERENT else FairState.SAME
        return FairReview(row.decision, row.decided_at, row.drawn_at, state, review=row.look)
    if row.given_up_at is not None:
        return FairReview(row.decision, row.decided_at, row.drawn_at, FairState.GIVEN_UP)
    due_at = row.due_at or row.drawn_at + LOOK_WITHIN * MOST_ASKED
    return FairReview(row.decision, row.decided_at, row.drawn_at, FairState.OPEN, due_at, due_at < now())
