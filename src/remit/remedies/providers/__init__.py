"""Ways to give: one folder each. What a way does happens outside of any write."""

from __future__ import annotations

from typing import Final

from remit.ledger.vocabulary import PAID, PAID_BY_PROVIDER

BY_HAND: Final = "by-hand"
"""Somebody does it at the till and ticks it off."""
STORE_CREDIT: Final = "store-credit"
"""A code, made by Remit itself."""
STRIPE: Final = "stripe"
"""Back to the card or account from which it was paid, through Stripe."""
NOTHING: Final = "nothing"
"""An apology: there is nothing to hand over."""


WITHOUT_HANDS: Final = frozenset({STORE_CREDIT, NOTHING})
"""Ways that need nobody, and no provider."""
THROUGH_PROVIDERS: Final = frozenset({STRIPE})
"""Ways on which money goes by itself."""
GOES_BACK_BY_ITSELF: Final = frozenset({"refund"})
"""Kinds of remedy that can go back to where they were paid from."""


def provider_for(kind: str) -> str:
    """The way in which a kind of remedy is given where no payment is known."""
    return {"apology": NOTHING, "credit": STORE_CREDIT}.get(kind, BY_HAND)


def paid_account(provider: str) -> str:
    """The account from which it is handed over."""
    return PAID_BY_PROVIDER if provider in THROUGH_PROVIDERS else PAID
