"""How an order was paid, and what was given back on it without Remit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from remit.complaints.models import Complaint
from remit.remedies.models import Connection, Elsewhere, Payment
from remit.remedies.payments import connection_of


@dataclass(frozen=True, slots=True)
class Paying:
    """What is known of the money of an order.

    Attributes:
        connection: through which its team gives back; None for by hand.
        payments: known ones, the first first.
        elsewhere: what was given back without Remit and counts, the latest last.
    """

    connection: Connection | None
    payments: Sequence[Payment]
    elsewhere: Sequence[Elsewhere]


def paying_of(complaint: Complaint) -> Paying:
    """The money of the order of a complaint, in three queries."""
    key = complaint.order_key
    return Paying(
        connection_of(complaint.team),
        list(Payment.objects.filter(order_key=key).select_related("connection").order_by("paid_at", "id")),
        list(
            Elsewhere.objects.filter(order_key=key, fell_through_at=None)
            .select_related("by", "connection")
            .order_by("made_at", "id")
        ),
    )
