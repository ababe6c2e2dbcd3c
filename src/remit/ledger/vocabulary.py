"""Words of the ledger: its accounts, and what moves between them."""

from __future__ import annotations

from typing import Final

HELD: Final = "held"
"""Set aside while objections may come."""
FREE: Final = "free"
"""The other side of what is set aside."""
COST: Final = "cost"
"""What remedies cost the team."""
OWED: Final = "owed"
"""Given, and still to be handed over to customers (a liability: below zero)."""
PAID: Final = "paid"
"""Handed over, by the way it was given."""
PAID_BY_PROVIDER: Final = "paid-by-provider"
"""Handed over by a provider, from the money it holds for the team."""
CREDIT: Final = "credit"
"""Store credit that customers can still use (a liability: below zero)."""
REDEEMED: Final = "redeemed"
"""Store credit that was used."""
ENDED: Final = "ended"
"""Store credit that ended before it was used: what remedies cost less after all."""

ACCOUNT_WORDS: Final = {
    HELD: "Set aside for proposals",
    FREE: "Not set aside",
    COST: "Cost of making it right",
    OWED: "Still to be handed over",
    PAID: "Handed over by hand",
    PAID_BY_PROVIDER: "Handed over by the payment provider",
    CREDIT: "Store credit not yet used",
    REDEEMED: "Store credit used",
    ENDED: "Store credit that ended unused",
}
