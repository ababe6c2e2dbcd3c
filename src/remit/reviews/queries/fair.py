"""The fair draw of one member's decisions, in the order in which they were drawn: the evidence about them."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch

from remit.core.clock import now
from remit.people.models import Membership
from remit.reviews.models import Lot, Review
from remit.reviews.vocabulary import LOOK_WITHIN, MOST_ASKED


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
    """What the fair draw took of a member's decisions in a team, in draw order, in two queries.

    Args:
        membership: whose, and where.
        since: only decisions made from then on, such as since their last step; None for all.

    Returns:
        week after week, within a week in the order of their lots. For the engine:
        `record_of([Review(each.state) for each in reviews])`.
    """
    lots = Lot.objects.filter(member=membership.member_id, drawn_fair=True, round__team=membership.team_id)
    if since is not None:
        lots = lots.filter(decision__at__gte=since)
    looks = Review.objects.filter(is_double=False, passed_on_at=None).select_related("opinion")
    rows = lots.select_related("round", "decision").prefetch_related(Prefetch("reviews", queryset=looks))
    return [_fair(lot, lot.reviews.all()) for lot in rows.order_by("round__week", "place")]


def _fair(lot: Lot, looks: Iterable[Review]) -> FairReview:
    drawn_at = lot.round.drawn_at or lot.round.ends_at
    decided_at = lot.decision.at
    look = next(iter(looks), None)
    if look is not None and look.done_at is not None:
        state = FairState.DIFFERENTLY if look.opinion.is_different else FairState.SAME
        return FairReview(lot.decision_id, decided_at, drawn_at, state, review=look.pk)
    if lot.given_up_at is not None:
        return FairReview(lot.decision_id, decided_at, drawn_at, FairState.GIVEN_UP)
    due_at = look.due_at if look else drawn_at + LOOK_WITHIN * MOST_ASKED
    return FairReview(lot.decision_id, decided_at, drawn_at, FairState.OPEN, due_at, due_at < now())
