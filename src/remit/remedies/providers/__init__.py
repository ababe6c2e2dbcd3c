"""Ways to give: one folder each. What a way does happens outside of any write."""

from __future__ import annotations

from typing import Final

BY_HAND: Final = "by-hand"
"""Somebody does it at the till and ticks it off."""
STORE_CREDIT: Final = "store-credit"
"""A code, made by Remit itself."""
NOTHING: Final = "nothing"
"""An apology: there is nothing to hand over."""


def provider_for(kind: str) -> str:
    """The way in which a kind of remedy is given."""
    return {"apology": NOTHING, "credit": STORE_CREDIT}.get(kind, BY_HAND)
