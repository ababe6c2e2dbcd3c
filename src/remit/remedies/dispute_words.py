"""A dispute in words: how it stands, and what to do. The customer's bank takes a payment back, or asks."""

from __future__ import annotations

from typing import Final

from remit.remedies.models import Payment
from remit.remedies.providers.contract import DisputeState
from remit_engine.money import written

_TITLES: Final = {
    DisputeState.ASKED: "A bank asks about a payment of {paid}",
    DisputeState.OPEN: "A payment of {paid} is disputed",
    DisputeState.WON: "The dispute of a payment of {paid} is won",
    DisputeState.LOST: "The dispute of a payment of {paid} is lost",
}
_WORDS: Final = {
    DisputeState.ASKED: (
        "The customer's bank asks about the payment of this order and has taken nothing back so far. Answer "
        "it on the provider's own pages{until}, and say there what you give back here."
    ),
    DisputeState.OPEN: (
        "The payment of this order is disputed: the customer's bank took {taken} back, and that counts as "
        "given back. Hand nothing over before it is decided, or the customer may have it twice. Answer it on "
        "the provider's own pages{until}."
    ),
    DisputeState.WON: (
        "The dispute of this order's payment is won{back}. What was promised here is still to be given."
    ),
    DisputeState.LOST: (
        "The dispute of this order's payment is lost: the customer has {taken} from their bank, and that "
        "counts as given back. Where it covers what was promised here, take this back rather than hand it "
        "over."
    ),
}


def dispute_title(payment: Payment) -> str:
    """What happened to a disputed payment, in a few words."""
    return _TITLES[DisputeState(payment.dispute)].format(paid=written(payment.amount, payment.currency))


def dispute_words(payment: Payment) -> str:
    """How the dispute of a payment stands, and what to do; "" where there is none."""
    if not payment.dispute:
        return ""
    return _WORDS[DisputeState(payment.dispute)].format(
        taken=written(payment.disputed or payment.amount, payment.currency),
        until=f", by {payment.answer_by.day} {payment.answer_by:%b %Y}" if payment.answer_by else "",
        back="; what the bank had taken comes back within days" if payment.disputed else "",
    )


def disputes_on(order_keys: set[str]) -> dict[str, str]:
    """How the disputes of some orders stand, in words, by order; those without any are left out."""
    rows = Payment.objects.filter(order_key__in=order_keys).exclude(dispute="").order_by("-pk")
    return {row.order_key: dispute_words(row) for row in rows}
