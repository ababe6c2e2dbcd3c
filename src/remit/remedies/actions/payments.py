"""Writing down which payment is whose, and what is left of it."""

from __future__ import annotations

from remit.core.clock import now
from remit.core.errors import Refusal
from remit.core.writing import write
from remit.people.models import Member, Team
from remit.remedies.models import Connection, Payment
from remit.remedies.providers.contract import PaymentThere
from remit.trail.actions import record


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
        row = Payment.objects.filter(connection=connection, reference=there.reference).first()
        return None if row is None else _looked_at(row, there)


def _looked_at(row: Payment, there: PaymentThere) -> Payment:
    row.amount = there.amount
    row.refunded = there.refunded
    row.currency = there.currency
    row.is_refundable = there.is_refundable
    row.paid_at = there.paid_at
    row.looked_at = now()
    row.save()
    return row
