"""Disputes as Stripe tells them: the customer's bank takes a payment back, or asks whether it should.

Sources: https://docs.stripe.com/api/disputes/object, https://docs.stripe.com/disputes/how-disputes-work
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from remit.remedies.providers.contract import DisputeState, DisputeThere
from remit.remedies.providers.stripe.amounts import from_stripe

_STATES: Final = {
    "warning_needs_response": DisputeState.ASKED,
    "warning_under_review": DisputeState.ASKED,
    "warning_closed": DisputeState.WON,
    "won": DisputeState.WON,
    "lost": DisputeState.LOST,
}
"""All others are open. An inquiry (warning_…) takes no money."""


def dispute_of(dispute: Mapping[str, Any]) -> DisputeThere:
    """A dispute in the words of the contract.

    Whether the money is with the bank follows from what moved on the balance, not from the state: what is won
    comes back some days later.
    """
    currency = str(dispute["currency"]).upper()
    state = _STATES.get(str(dispute.get("status")), DisputeState.OPEN)
    moved = sum(int(each["amount"]) for each in dispute.get("balance_transactions") or ())
    until = (dispute.get("evidence_details") or {}).get("due_by")
    is_answered = state in {DisputeState.WON, DisputeState.LOST}
    return DisputeThere(
        reference=str(dispute["id"]),
        payment=payment_named(dispute),
        amount=from_stripe(dispute["amount"], currency),
        currency=currency,
        state=state,
        is_taken=moved < 0,
        made_at=datetime.fromtimestamp(dispute["created"], UTC),
        answer_by=datetime.fromtimestamp(until, UTC) if until and not is_answered else None,
    )


def leaves_refundable(dispute: Mapping[str, Any]) -> bool:
    """Whether Stripe refunds a payment in spite of a dispute: one that was won, and most inquiries."""
    return bool(dispute.get("is_charge_refundable")) or dispute.get("status") in {"won", "warning_closed"}


def payment_named(about: Mapping[str, Any]) -> str:
    """One name for the payment of a charge, a refund or a dispute: its intent, where it has one."""
    named = about.get("payment_intent") or about.get("charge") or about["id"]
    return str(named if isinstance(named, str) else named["id"])
