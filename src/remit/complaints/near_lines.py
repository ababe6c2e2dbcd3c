"""Amounts just under a line: one is nothing, and the third in a month is a reason to talk.

Often it is the line that needs moving. So it is looked at together, and nothing is held against anybody.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from django.db.models import Q, QuerySet

from remit.approvals.models import Approval
from remit.approvals.vocabulary import End
from remit.complaints.models import Complaint, Decision
from remit.people.access import teams_led_by
from remit.people.models import Member, Team
from remit.remedies.vocabulary import State
from remit_engine.charter.ladder import Ladder
from remit_engine.charter.request import Request

WITHIN: Final = timedelta(days=30)
"""Amounts are counted that one member chose within this time."""
MARKED_FROM: Final = 3
"""The amount from which on they are looked at together."""
NEAR_PERCENT: Final = 95
"""An amount is just under a line from this share of it on."""
WHY: Final = (
    f"Just under means within the last {100 - NEAR_PERCENT} % below an amount at which somebody else comes "
    "in. Where that happens again and again, often it is the line that needs moving. Talk about it; nothing "
    "is held against anybody. What Remit offered, what the customer asked for, and all that was paid never "
    "count."
)
"""What the mark is for, as people read it."""
_ORDINALS: Final = ("third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def place_on_the_ladder(complaint: Complaint, request: Request, ladder: Ladder) -> tuple[bool, bool]:
    """Whether an amount is one that Remit offers, and whether it ends just under a line.

    Args:
        complaint: with its order at hand.
        request: as it was judged.
        ladder: of whose authority it was.
    """
    amount = request.judged
    if amount is None or not request.amount:
        return False, False
    line = ladder.rung_at(amount).upto
    if line is None:
        return False, False
    is_under = line * NEAR_PERCENT < amount * 100 < line * 100
    return amount == line, is_under and not _is_there_anyway(complaint, request)


def _is_there_anyway(complaint: Complaint, request: Request) -> bool:
    """Whether nobody chose the amount: it is what the customer asked for, or all that was paid."""
    if (request.kind, request.amount) == (complaint.sought_kind, complaint.sought_amount):
        return True
    return complaint.order is not None and request.judged == complaint.order.paid


def near_lines_before(decision: Decision) -> int:
    """How many amounts just under a line its member chose in the time before a decision that comes now."""
    rows = Decision.objects.filter(
        team=decision.team, member=decision.member, near_lines__gt=0, at__gt=decision.at - WITHIN
    )
    return _meant(rows).count()


def marked_for(member: Member, teams: Sequence[Team]) -> QuerySet[Decision]:
    """The decisions that are to be looked at together, as far as they concern somebody.

    Their own, and those of the teams that they lead; the amounts of a colleague are none of a member's
    business.
    """
    rows = Decision.objects.filter(team__in=[team.pk for team in teams], near_lines__gte=MARKED_FROM)
    if not member.is_owner:
        rows = rows.filter(Q(member=member) | Q(team__in=teams_led_by(member).order_by().values("pk")))
    return _meant(rows).order_by()


def _meant(rows: QuerySet[Decision]) -> QuerySet[Decision]:
    """Without what was taken back or withdrawn; see `was_meant`."""
    return rows.filter(
        Q(remedy=None) | ~Q(remedy__state=State.TAKEN_BACK),
        Q(approval__ending=None) | ~Q(approval__ending__how=End.WITHDRAWN),
    )


def was_meant(decision: Decision, approval: Approval | None) -> bool:
    """Whether an amount was meant: it wasn't undone, taken back or withdrawn."""
    if decision.remedy is not None and decision.remedy.state == State.TAKEN_BACK:
        return False
    return approval is None or approval.is_open or approval.ending.how != End.WITHDRAWN


def marked(near_lines: int) -> str:
    """What the mark says, or "" where there is none.

    Args:
        near_lines: of a decision.
    """
    if near_lines < MARKED_FROM:
        return ""
    at = near_lines - MARKED_FROM
    which = f"the {_ORDINALS[at]} amount" if at < len(_ORDINALS) else f"amount number {near_lines}"
    return f"Marked to be looked at together: {which} just under a line in {WITHIN.days} days."
