"""Which payments a refund goes back to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, CharField, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from remit.core.asked_often import Slot, asked_often
from remit.people.models import Team
from remit.remedies.models import Connection, Payment
from remit.remedies.vocabulary import SendingState


@dataclass(frozen=True, slots=True)
class Part:
    """What of a refund goes back to one payment.

    Attributes:
        amount: minor units, above zero.
    """

    payment: Payment
    amount: int


def connection_of(team: Team) -> Connection | None:
    """Through which a team gives money back; None where it does so by hand."""
    return Connection.objects.filter(teams__team=team, off_at=None).first()


def parts_for(
    team: Team, order_key: str, amount: int, currency: str, *, but: Iterable[int] = ()
) -> tuple[Part, ...]:
    """How a refund goes back to the payments of its order; () where they haven't as much left.

    The first payment with enough left takes all of it. Where none has, those with the most left come first:
    no other choice makes fewer parts.

    Args:
        team: whose connection it has to be of.
        order_key: of the order.
        amount: minor units, above zero.
        currency: of the amount.
        but: numbers of payments that are left out.
    """
    left_out = set(but)
    found = _with_money_left(team=team.pk, order_key=order_key, currency=currency)
    rows = [(row, row.left) for row in found if row.pk not in left_out]
    for payment, left in rows:
        if left >= amount:
            return (Part(payment, amount),)
    parts, rest = [], amount
    for payment, left in sorted(rows, key=lambda row: -row[1]):
        parts.append(Part(payment, min(left, rest)))
        rest -= parts[-1].amount
        if not rest:
            return tuple(parts)
    return ()


def payments_ahead(team: Team, order_key: str, currency: str) -> None:
    """Say in a write that the payments of an order will be asked for."""
    _with_money_left.ahead(team=team.pk, order_key=order_key, currency=currency)


@asked_often(team=BigIntegerField(), order_key=CharField(), currency=CharField())
def _with_money_left(team: Slot, order_key: Slot, currency: Slot) -> QuerySet[Any]:
    """Payments of an order with their `left`, the first first.

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
    found = rows.annotate(left=left).filter(left__gt=0)
    return found.select_related("connection").order_by("paid_at", "id")
