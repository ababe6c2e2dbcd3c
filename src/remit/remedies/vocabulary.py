"""Words of the remedies."""

from __future__ import annotations

from typing import Final

from django.db import models


class State(models.TextChoices):
    """Where a remedy stands."""

    HELD = "held", "held while objections may come"
    RELEASED = "released", "not given"
    GIVEN = "given", "given, and still to be handed over"
    SETTLED = "settled", "handed over"
    TAKEN_BACK = "taken-back", "taken back"


KIND_WORDS: Final = {
    "refund": "Refund",
    "adjustment": "Adjustment",
    "credit": "Credit",
    "replacement": "Replacement",
    "comp": "On the house",
    "apology": "Apology",
}
"""Kinds of remedy as people read them; another kind of a charter is shown by its own word."""

COUNTS_AS_GIVEN: Final = frozenset({State.HELD, State.GIVEN, State.SETTLED})
"""States in which a remedy counts towards the total of its order."""

UNDO_SECONDS: Final = 20
"""How long a decision can be undone before its letter leaves and its money moves."""

ACTS: Final = {
    "remedy-settled": "handed it over",
    "remedy-taken-back": "took back what was given",
    "credit-redeemed": "took in store credit",
}
"""What was done to a remedy, after the name of who did it."""
