"""What a decision asks, sent all at once: the database answers while the verdict is taken.

It is only said earlier. Each question is still put where its answer is needed, and finds what was so in the
turn of this decision; what isn't said here is asked there.
"""

from __future__ import annotations

from datetime import datetime

from remit.charters.facts import delegations_ahead
from remit.charters.in_force import charter_ahead
from remit.complaints.facts import currency_of
from remit.complaints.judging import decided_before_ahead
from remit.complaints.models import Complaint, Decision
from remit.core.clock import today
from remit.core.written_often import draw_keys
from remit.ledger.actions import accounts_ahead
from remit.ledger.models import Transfer
from remit.people.access import place_ahead
from remit.people.models import Member
from remit.remedies.actions.giving import given_ahead
from remit.remedies.models import Remedy
from remit.remedies.payments import payments_ahead
from remit.trail.actions import end_ahead


def ask_ahead(member: Member, complaint: Complaint, *, kind: str, key: str, moment: datetime) -> None:
    """Send what a decision will ask.

    Args:
        member: who decides.
        complaint: with its team and order at hand.
        kind: of remedy.
        key: of the form.
        moment: at which the charter has to be in force.
    """
    team, currency = complaint.team, currency_of(complaint)
    decided_before_ahead(complaint, key)
    place_ahead(member, team)
    charter_ahead(team, moment)
    delegations_ahead(team, today(team.time_zone))
    given_ahead(complaint.order_key)
    payments_ahead(team, complaint.order_key, currency)
    accounts_ahead(team, kind=kind, currency=currency)
    end_ahead()
    draw_keys(Remedy, Transfer, Decision)
