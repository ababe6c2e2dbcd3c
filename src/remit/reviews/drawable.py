"""Decisions taken without asking, and what is at stake in them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.db.models import Case, Count, DateTimeField, Exists, F, OuterRef, Q, QuerySet, When

from remit.approvals.vocabulary import End
from remit.complaints.models import Decision
from remit.people.models import Team
from remit.remedies.models import Event
from remit.remedies.vocabulary import State
from remit.reviews.models import Review, Round
from remit.reviews.vocabulary import EXPECTED, EXPECTED_WEIGHT, Outcome
from remit_engine.charter.levels import Level

MILLION: Final = 1_000_000
_OTHERS: Final = ""
_AT_ONCE: Final = (Level.DECIDE.word, Level.INFORM.word)


def taken_without_asking(team: Team) -> QuerySet[Decision]:
    """Those of a team; see `taken_alone`."""
    return taken_alone().filter(team=team)


def taken_alone() -> QuerySet[Decision]:
    """Decisions that nobody was asked about: done at once, or proposals that nobody objected to.

    What was undone within its first seconds isn't one, nor is what nobody can look at any more because its
    complaint was erased.
    """
    went_ahead = Q(level=Level.PROPOSE.word, approval__ending__how=End.WENT_AHEAD)
    undone = Event.objects.filter(
        remedy=OuterRef("remedy"), what="taken-back", at__lt=OuterRef("remedy__settles_at")
    )
    return (
        Decision.objects.filter(Q(level__in=_AT_ONCE) | went_ahead, complaint__erased_at=None)
        .exclude(Exists(undone))
        .order_by("pk")
    )


def is_taken_alone(decision: Decision) -> bool:
    """Whether one is among them, as far as it knows itself.

    Args:
        decision: with approval, its ending and remedy at hand.
    """
    approval, remedy = decision.approval, decision.remedy
    if remedy is None or remedy.state == State.TAKEN_BACK:
        return False
    if approval is None:
        return decision.level in _AT_ONCE
    return not approval.is_open and approval.ending.how == End.WENT_AHEAD


def drawable_in(round_: Round) -> list[Decision]:
    """The decisions that a week is drawn from: carried out in it, a proposal when it went ahead."""
    rows = taken_without_asking(round_.team).annotate(
        carried_out_at=Case(
            When(level=Level.PROPOSE.word, then=F("approval__ended_at")),
            default=F("at"),
            output_field=DateTimeField(),
        )
    )
    within = rows.filter(carried_out_at__gte=round_.starts_at, carried_out_at__lt=round_.ends_at)
    return list(within.select_related("member"))


def expected_in(team: Team, before: datetime) -> dict[str, int]:
    """What share of reviews says *different*, by kind of remedy, from those that were done before a moment.

    Few reviews say little: each kind begins with `EXPECTED_WEIGHT` reviews as they are expected.

    Returns:
        parts of a million; under `""` that of kinds without reviews.
    """
    done = (
        Review.unbiased.filter(lot__round__team=team, is_double=False, done_at__lt=before)
        .order_by()
        .values("decision__kind")
        .annotate(all=Count("pk"), different=Count("pk", filter=Q(opinion__outcome=Outcome.DIFFERENT)))
    )
    return shares_of({row["decision__kind"]: (row["different"], row["all"]) for row in done})


def shares_of(counts: Mapping[str, tuple[int, int]]) -> dict[str, int]:
    """The same, from how many reviews of each kind said *different*, and of how many."""
    shares = {kind: _share(*counted) for kind, counted in sorted(counts.items())}
    return {_OTHERS: _share(0, 0), **shares}


def stake_of(decision: Decision, expected: Mapping[str, int]) -> int:
    """Its amount in minor units times the share that is expected to be *different*, rounded up."""
    return -(-decision.value * expected.get(decision.kind, expected[_OTHERS]) // MILLION)


def name_of(decision: int) -> str:
    """What the draw calls a decision."""
    return f"decision:{decision}"


def _share(different: int, of: int) -> int:
    return round(MILLION * (different + EXPECTED * EXPECTED_WEIGHT) / (of + EXPECTED_WEIGHT))
