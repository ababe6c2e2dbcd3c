"""What somebody's reviews say about the step that they might hold next: the engine's figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from remit.growth.models import Proposal, StepChange
from remit.growth.vocabulary import Ground
from remit.people.models import Membership
from remit.reviews.queries.fair import FairReview, fair_reviews, fair_reviews_in
from remit_engine.charter.document import Charter, Step
from remit_engine.charter.facts import NO_STEP
from remit_engine.evidence.growth import (
    BAR,
    TALK_ABOUT,
    TOLERATED,
    Record,
    Review,
    bar_of,
    record_of,
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the fair reviews say, since the last change of a step that didn't rest on trust.

    Attributes:
        target: the step that they would reach; None where the charter has none above.
        tolerated: the share of *different* that is spoken against, in (0, 1).
        bar: the odds to be reached.
        record: what the engine makes of the reviews.
        since: decisions from then on count; None for all of them.
        overdue: open reviews whose day is over.
        lately: the same of decisions since the last talk alone: an alarm that was looked into begins anew.
        held_worse: evidence that *different* became more frequent lately than the step held tolerates.
    """

    target: Step | None
    tolerated: float
    bar: float
    record: Record
    since: datetime | None
    overdue: int
    lately: Record
    held_worse: float

    @property
    def is_earned(self) -> bool:
        """Whether the target may be proposed."""
        record = replace(self.record, worse=self.lately.worse)
        return self.target is not None and record.is_earned

    @property
    def is_to_talk_about(self) -> bool:
        """Whether a talk may be proposed."""
        return self.held_worse >= TALK_ABOUT

    @property
    def kept(self) -> dict[str, Any]:
        """What a proposal or a step keeps of it."""
        record = self.record
        return {
            "step": self.target.name if self.target else NO_STEP,
            "tolerated": self.tolerated,
            "bar": self.bar,
            "since": self.since.isoformat() if self.since else "",
            "counted": record.counted,
            "differently": record.differently,
            "given_up": record.given_up,
            "evidence": record.evidence,
            "at_worst": record.at_worst,
            "worse": self.held_worse,
        }


def next_step(charter: Charter, held: str, *, is_trusted: bool = False) -> Step | None:
    """The step that evidence would reach: the one above, or one that is held on trust so far.

    Args:
        charter: in force.
        held: the step held; one that the charter doesn't know counts as none.
        is_trusted: whether it rests on trust, for a time.
    """
    names = [step.name for step in charter.all_steps]
    place = names.index(held) if held in names else -1
    target = place if is_trusted and place >= 0 else place + 1
    return charter.all_steps[target] if target < len(names) else None


def is_trusted(membership: Membership) -> bool:
    """Whether the step held rests on trust, and ends by itself."""
    return membership.step_until is not None and membership.step == membership.step_given


def counts_from(changes: Iterable[StepChange]) -> datetime | None:
    """From when on decisions count: the last change that didn't come from trust, or from its end.

    Args:
        changes: of somebody's step, the newest first.
    """
    trusted = {Ground.TRUST, Ground.END}
    last = next((each for each in changes if each.ground not in trusted), None)
    return last.at if last else None


def evidence_of(
    membership: Membership, charter: Charter, changes: Sequence[StepChange]
) -> tuple[Evidence, list[FairReview]]:
    """What somebody's reviews say, with those reviews, in two queries.

    Args:
        membership: whose.
        charter: in force in their team.
        changes: of their step, the newest first.
    """
    since = counts_from(changes)
    reviews = fair_reviews(membership, since)
    talked = _last_talks(membership.step_proposals.filter(is_wider=False)).get(membership.pk)
    return _evidence(membership, charter, reviews, since=since, talked=talked), reviews


def evidence_in_team(
    memberships: Sequence[Membership],
    charter: Charter,
    changes: Mapping[int, Sequence[StepChange]],
    proposals: Iterable[Proposal],
) -> dict[int, tuple[Evidence, list[FairReview]]]:
    """The same for everybody of one team, in one query.

    Args:
        memberships: of one team, with their members.
        charter: in force there.
        changes: of their steps, by the key of the membership, the newest first.
        proposals: of talks, at least those that are closed.

    Returns:
        by the key of the membership.
    """
    if not memberships:
        return {}
    everybodys = fair_reviews_in(memberships[0].team)
    talks = _last_talks(proposals)
    found = {}
    for each in memberships:
        since = counts_from(changes.get(each.pk, ()))
        reviews = [
            review
            for review in everybodys.get(each.member_id, ())
            if since is None or review.decided_at >= since
        ]
        evidence = _evidence(each, charter, reviews, since=since, talked=talks.get(each.pk))
        found[each.pk] = evidence, reviews
    return found


def _last_talks(proposals: Iterable[Proposal]) -> dict[int, datetime]:
    """When a proposal of a talk was closed last, by the key of the membership."""
    closed: dict[int, datetime] = {}
    for each in proposals:
        if not each.is_wider and each.closed_at is not None:
            before = closed.get(each.membership_id, each.closed_at)
            closed[each.membership_id] = max(before, each.closed_at)
    return closed


def _evidence(
    membership: Membership,
    charter: Charter,
    reviews: Sequence[FairReview],
    *,
    since: datetime | None,
    talked: datetime | None,
) -> Evidence:
    held = next((each for each in charter.all_steps if each.name == membership.step), None)
    target = next_step(charter, membership.step, is_trusted=is_trusted(membership))
    judged = target or held
    tolerated = judged.percent / 100 if judged else TOLERATED
    bar = bar_of(judged.reviews, tolerated) if judged else BAR
    record = record_of(_states(reviews), tolerated=tolerated, bar=bar)
    new = [each for each in reviews if talked is None or each.decided_at >= talked]
    return Evidence(
        target=target,
        tolerated=tolerated,
        bar=bar,
        record=record,
        since=since,
        overdue=sum(each.is_overdue for each in reviews),
        lately=record_of(_states(new), tolerated=tolerated, bar=bar),
        held_worse=record_of(_states(new), tolerated=held.percent / 100).worse if held else 0.0,
    )


def _states(reviews: Iterable[FairReview]) -> list[Review]:
    """As the engine names them."""
    return [Review(each.state) for each in reviews]
