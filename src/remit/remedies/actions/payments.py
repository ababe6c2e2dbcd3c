"""Writing down which payment is whose, and what is left of it."""

from __future__ import annotations

from typing import Final

from remit.core.clock import now
from remit.core.errors import Refusal
from remit.core.writing import write
from remit.notices.actions import tell
from remit.people.models import Member, Team
from remit.people.queries import leads_of
from remit.remedies.actions.elsewhere import note_dispute
from remit.remedies.models import Connection, Payment
from remit.remedies.notices import payment_disputed
from remit.remedies.providers.contract import DisputeState, PaymentThere
from remit.trail.actions import record

_GRAVEST: Final = (DisputeState.OPEN, DisputeState.ASKED, DisputeState.LOST, DisputeState.WON)
"""Of several disputes of one payment, the one that somebody has to know of first."""


def link_payment(
    connection: Connection, team: Team, order_key: str, there: PaymentThere, by: Member | None = None
) -> Payment:
    """A payment is an order's.

    Args:
        connection: where it was found.
        team: whose order it is.
        order_key: the order.
        there: as the provider knows it.
        by: who says so; None where the provider's order number does.

    Raises:
        Refusal: it is another order's.
    """
    with write():
        row = Payment.objects.filter(connection=connection, reference=there.reference).first()
        if row is not None and row.order_key != order_key:
            raise Refusal(
                "another-orders",
                "This payment belongs to another order already.",
                "Look at that order; one payment pays one order here.",
                field="payment",
            )
        if row is None:
            row = Payment(connection=connection, reference=there.reference, team=team, order_key=order_key)
            row.linked_by = by
            record("payment-linked", order_key, by=by, team=team, payment=there.reference)
        return _looked_at(row, there)


def refresh_payment(connection: Connection, there: PaymentThere) -> Payment | None:
    """What is known of a payment anew; None for one that is no order's here."""
    with write():
        rows = Payment.objects.select_related("team").select_for_update(of=("self",))
        row = rows.filter(connection=connection, reference=there.reference).first()
        return None if row is None else _looked_at(row, there)


def _looked_at(row: Payment, there: PaymentThere) -> Payment:
    before = row.dispute
    row.amount = there.amount
    row.refunded = there.refunded
    row.currency = there.currency
    row.is_refundable = there.is_refundable
    row.paid_at = there.paid_at
    row.looked_at = now()
    gravest = min(there.disputes, key=lambda each: _GRAVEST.index(each.state), default=None)
    row.dispute = gravest.state if gravest else ""
    row.answer_by = gravest.answer_by if gravest else None
    row.disputed = sum(each.amount for each in there.disputes if each.is_taken)
    row.save()
    for dispute in there.disputes:
        note_dispute(row, dispute)
    if row.dispute and row.dispute != before:
        tell(leads_of(row.team), payment_disputed(row))
    return row
