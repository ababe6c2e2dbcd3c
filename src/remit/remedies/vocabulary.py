"""Words of the remedies."""

from __future__ import annotations

from typing import Final

from django.db import models


class State(models.TextChoices):
    """Where a remedy stands."""

    HELD = "held", "held while objections may come"
    RELEASED = "released", "not given"
    GIVEN = "given", "given, and still to be handed over"
    ON_ITS_WAY = "on-its-way", "on its way through the provider"
    SETTLED = "settled", "handed over"
    TAKEN_BACK = "taken-back", "taken back"


class SendingState(models.TextChoices):
    """Where a remedy stands on its way through a provider."""

    WAITS = "waits", "to be handed to the provider"
    PENDING = "pending", "taken by the provider, and not through yet"
    DONE = "done", "through"
    CAME_BACK = "came-back", "the money came back"
    REFUSED = "refused", "refused by the provider"


OPEN_SENDINGS: Final = frozenset({SendingState.WAITS, SendingState.PENDING})
"""States of a sending in which it isn't known yet whether the money arrives."""

KIND_WORDS: Final = {
    "refund": "Refund",
    "adjustment": "Adjustment",
    "credit": "Credit",
    "replacement": "Replacement",
    "comp": "On the house",
    "apology": "Apology",
}
"""Kinds of remedy as people read them; another kind of a charter is shown by its own word."""

WAS_GIVEN: Final = frozenset({State.GIVEN, State.ON_ITS_WAY, State.SETTLED})
"""States in which a customer has it, or gets it without anything more being decided."""

COUNTS_AS_GIVEN: Final = frozenset({State.HELD, State.GIVEN, State.ON_ITS_WAY, State.SETTLED})
"""States in which a remedy counts towards the total of its order."""

UNDO_SECONDS: Final = 20
"""How long a decision can be undone before its letter leaves and its money moves."""

ACTS: Final = {
    "remedy-settled": "handed it over",
    "remedy-taken-back": "took back what was given",
    "credit-redeemed": "took in store credit",
    "credit-put-back": "put back store credit that was taken in by mistake",
    "credit-ended": "entered that store credit ended unused",
    "credit-renewed": "renewed store credit that had ended",
    "credit-term-set": "chose how long store credit is valid",
    "remedy-came-back": "found that a refund didn't arrive; it is to be handed over by hand",
    "remedy-taken-over": "took over by hand what was to go back through the provider",
    "refund-taken-up": "found a refund at the provider that these books had lost",
    "rest-sent-again": "had the provider try again what hadn't got through",
    "rest-as-credit": "gave as store credit what hadn't got through",
    "stop-asked": "asked the provider to stop a refund",
    "given-elsewhere": "noted what was given back elsewhere",
    "dispute-taken": "noted what the customer's bank took back (a dispute)",
    "dispute-returned": "noted that what the customer's bank had taken is back",
    "elsewhere-struck": "struck what had been noted as given back elsewhere",
    "payment-linked": "found the payment of the order",
    "provider-connected": "connected a payment provider",
    "provider-teams-changed": "said anew which teams give back through a payment provider",
    "provider-keys-changed": "put in new keys of a payment provider",
    "provider-switched-off": "switched off a payment provider",
}
"""What was done to a remedy, after the name of who did it."""

CAME_BACK: Final = "remedy-came-back"
BALANCE_SHORT: Final = "balance-short"

GATHERED: Final = {
    CAME_BACK: ("{count} refunds didn't arrive", "/remedies/"),
}
"""Notices of which many stand as one, and where all of them are listed."""
