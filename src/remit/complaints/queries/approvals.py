"""Questions as their pages show them: what is asked, what stands behind it, who was asked and saw it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from remit.approvals.access import approvals_for, last_ended_for, waiting_for
from remit.approvals.models import Approval, Asked
from remit.charters.in_force import compiled_version
from remit.charters.queries.hung import sights_behind
from remit.complaints.models import Decision
from remit.complaints.sentences import kind_label
from remit.core.errors import NotThere
from remit.people.models import Member
from remit.purpose.line_of_sight import LineOfSight
from remit.remedies.actions.giving import given_on
from remit.remedies.vocabulary import State
from remit_engine.charter.ladder import Ladder
from remit_engine.charter.request import Request

MOST_SHOWN = 50
MOST_ENDED = 15


@dataclass(frozen=True, slots=True)
class Question:
    """One question with everything around it.

    Attributes:
        may_answer: it is open and somebody else's; whether they may is checked when the answer comes.
        is_mine: of the one who looks.
        alone: they would answer alone, so they have to say why.
        ladder: of the one who asks, as it was when they asked.
        sights: what the rules are for by which it is asked, up to the vision.
        before: position among those that wait for the one who looks, from 1; 0 when it isn't one of them.
    """

    approval: Approval
    decision: Decision
    kind: str
    asked: tuple[Asked, ...]
    is_mine: bool
    may_answer: bool
    alone: bool
    ladder: Ladder
    at: int
    given: int
    sights: Sequence[LineOfSight]
    before: int
    waiting: int


def question_for(member: Member, number: int) -> Question:
    """A question as somebody sees it.

    Raises:
        NotThere: there is none, or it isn't theirs to see.
    """
    approval = (
        approvals_for(member)
        .select_related("ending__by", "charter__extends__extends")
        .filter(pk=number)
        .first()
    )
    decision = (
        Decision.objects.select_related(
            "complaint__team", "complaint__order", "complaint__customer", "member", "remedy"
        )
        .filter(approval_id=number)
        .first()
    )
    if approval is None or decision is None:
        raise NotThere("approval")
    asked = tuple(approval.asked.select_related("member", "delegation__giver").order_by("circle", "id"))
    mine = [each for each in asked if each.member_id == member.pk]
    request = Request.from_record(approval.request)
    queue = list(waiting_for(member).order_by("asked_at").values_list("pk", flat=True))
    return Question(
        approval,
        decision,
        kind_label(approval.kind),
        asked,
        is_mine=approval.asker_id == member.pk,
        may_answer=approval.is_open
        and (approval.asker_id != member.pk or any(each.is_alone for each in mine)),
        alone=any(each.is_alone for each in mine),
        ladder=compiled_version(approval.charter).ladder(request),
        at=request.judged or 0,
        given=given_on(decision.complaint.order_key) - _held_for(decision),
        sights=sights_behind(member, approval.team, decision.verdict),
        before=queue.index(approval.pk) + 1 if approval.pk in queue else 0,
        waiting=len(queue),
    )


def _held_for(decision: Decision) -> int:
    """What the proposal itself holds, in minor units."""
    remedy = decision.remedy
    return remedy.counts if remedy is not None and remedy.state == State.HELD else 0


def next_for(member: Member) -> Approval | None:
    """The question that waits longest for somebody."""
    return waiting_for(member).order_by("asked_at").first()


@dataclass(frozen=True, slots=True)
class Lists:
    """The page of questions.

    Attributes:
        waiting: for the one who looks; questions before proposals, the oldest first.
        mine: that they asked and that are open.
        team: open ones of the teams that they lead, which wait for others.
        ended: the last ones.
    """

    waiting: tuple[Decision, ...]
    mine: tuple[Decision, ...]
    team: tuple[Decision, ...]
    ended: tuple[Decision, ...]


def lists_for(member: Member) -> Lists:
    """The questions that somebody sees, in the order in which they matter."""
    theirs = approvals_for(member).filter(ended_at=None)
    # By their form: `ask` comes before `propose`.
    waiting = _numbers(waiting_for(member).order_by("form", "asked_at"))
    mine = _numbers(theirs.filter(asker=member).order_by("asked_at"))
    team = [each for each in _numbers(theirs.order_by("asked_at")) if each not in {*waiting, *mine}]
    ended = _numbers(last_ended_for(member, MOST_ENDED))
    rows = {row.approval_id: row for row in _lines({*waiting, *mine, *team, *ended})}
    lists = (
        tuple(rows[each] for each in numbers if each in rows) for numbers in (waiting, mine, team, ended)
    )
    return Lists(*lists)


def _numbers(approvals: QuerySet[Approval]) -> list[int]:
    """Of the first of them, at most as many as a page shows."""
    return list(approvals.values_list("pk", flat=True)[:MOST_SHOWN])


def _lines(numbers: set[int]) -> QuerySet[Decision]:
    """The decisions behind these questions, with what a line of the list shows and no more."""
    return (
        Decision.objects.filter(approval__in=numbers)
        .order_by()
        .select_related("approval__ending__by", "approval__team", "complaint", "member")
        .only(
            "kind",
            "currency",
            "complaint__title",
            "member__name",
            *(f"approval__{name}" for name in ("amount", "form", "wish", "asked_at", "goes_at", "ended_at")),
            "approval__team__time_zone",
            "approval__ending__how",
            "approval__ending__by__name",
        )
    )
