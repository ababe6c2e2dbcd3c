"""A closed complaint as it was, for whoever practises: what the charter of today says about it to them."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from remit.charters.in_force import InForce
from remit.complaints.facts import request_of
from remit.complaints.models import Complaint
from remit.people.models import Membership
from remit_engine.charter.request import Request


def request_then(
    complaint: Complaint, membership: Membership, in_force: InForce, *, kind: str, amount: int
) -> Request:
    """What the engine judges: the facts of the day it was opened, nothing given or used yet.

    Args:
        complaint: with team and order at hand.
        membership: of the one who practises, with member, role and team at hand.
        in_force: the charter of today.
        kind: of remedy.
        amount: its value in minor units.
    """
    charter = in_force.compiled.charter
    request = request_of(complaint, membership, charter, kind=kind, amount=amount, given=0)
    facts = dict(request.facts)
    placed = complaint.order.placed_on if complaint.order else None
    if "order_age" in facts and placed is not None:
        opened = complaint.opened_at.astimezone(ZoneInfo(complaint.team.time_zone)).date()
        facts["order_age"] = max((opened - placed).days, 0)
    nothing_used = {allowance.id: 0 for allowance in charter.all_allowances}
    return replace(request, facts=facts, used=nothing_used)
