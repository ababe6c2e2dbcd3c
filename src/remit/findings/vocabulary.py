"""Words of the findings."""

from __future__ import annotations

from typing import Final

from django.db import models


class Sort(models.TextChoices):
    """What a finding is about."""

    LET_GO = "let-go", "what is always approved"
    HOLD_ON = "hold-on", "worth a look"


class Taking(models.TextChoices):
    """What a draft makes of a proposal."""

    TRIAL = "trial", "tried for a time"
    FOR_GOOD = "for-good", "put into the charter"
    KEPT = "kept", "kept after a trial"
    WIDENED = "widened", "widened after a trial"
    GIVEN_BACK = "given-back", "taken back after a trial"


TRIAL_WEEKS: Final = 4
"""How long something is tried."""

WATCHED: Final = "watching-began"
FOUND: Final = "finding-found"
DISMISSED: Final = "finding-dismissed"
LOOKED_AGAIN: Final = "finding-looked-again"
TAKEN_UP: Final = "finding-taken-up"
"""Acts, as the trail writes them."""

NOTICE_LET_GO: Final = "let-go-found"
"""What managers are told."""

ACTS: Final = {
    WATCHED: "began to watch what is always approved",
    FOUND: "found: {key}, {state}",
    DISMISSED: "left a proposal for later",
    LOOKED_AGAIN: "took a proposal up again",
    TAKEN_UP: "made a draft of a proposal",
}
"""What was done to a finding, after the name of who did it."""

GATHERED: Final = {NOTICE_LET_GO: ("{count} things could be let go", "/let-go/")}
"""Notices of which many stand as one, and where all of them are listed."""
