"""Which payment a refund goes back to."""

from __future__ import annotations

from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce

from remit.people.models import Team
from remit.remedies.models import Connection, Payment
from remit.remedies.vocabulary import SendingState


def connection_of(team: Team) -> Connection | None:
    """Through which a team gives money back; None where it does so by hand."""
    return Connection.objects.filter(teams__team=team, off_at=None).first()


def payment_to_refund(team: Team, order_key: str, amount: int, currency: str) -> Payment | None:
    """The first payment of an order with as much left; None where there is none.

    Args:
        team: whose connection it has to be of.
        order_key: of the order.
        amount: minor units.
        currency: of the amount.

    What is to be handed to the provider and isn't known there yet counts as given back.
    """
    waits = Q(sendings__state=SendingState.WAITS, sendings__reference="")
    rows = Payment.objects.filter(
        order_key=order_key,
        currency=currency,
        is_refundable=True,
        connection__teams__team=team,
        connection__off_at=None,
    )
    left = F("amount") - F("refunded") - Coalesce(Sum("sendings__amount", filter=waits), 0)
    return rows.annotate(left=left).filter(left__gte=amount).order_by("paid_at", "id").first()
