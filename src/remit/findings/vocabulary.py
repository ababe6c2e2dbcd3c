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
REPLIED: Final = "finding-replied"
LOOKED_INTO: Final = "finding-looked-into"
ABOUT_PEOPLE: Final = "figures-about-people-chosen"
"""Acts, as the trail writes them."""

NOTICE_LET_GO: Final = "let-go-found"
NOTICE_ABOUT_YOU: Final = "worth-a-look-about-you"
NOTICE_WORTH_A_LOOK: Final = "worth-a-look"
"""What members are told."""


class AboutPeople(models.TextChoices):
    """Who is shown what stands out about somebody: the organisation says so, often with its works council."""

    FIRST = "first", "them first; then who manages the team"
    ALONE = "alone", "them alone"
    OFF = "off", "nobody: it isn't looked at"


class Signal(models.TextChoices):
    """By what something is worth a look."""

    REVERSED = "reversed", "taken back, or objected to"
    DIFFERENT = "different", "reviews said different"
    NEAR_LINE = "near-line", "amounts just under a line"
    SHARE = "share", "more given than the share of the work"
    PAIR = "pair", "the same guest again and again"
    VELOCITY = "velocity", "one guest, many remedies"
    IN_A_DAY = "in-a-day", "one guest, more than one remedy in a day"
    LET_GO = "let-go", "what was let go, and doesn't keep what was promised"


WORTH_A_LOOK: Final = "worth a look"
"""The one state of such a finding: never more than that."""

ACTS: Final = {
    WATCHED: "began to watch what is always approved",
    FOUND: "found: {key}, {state}",
    DISMISSED: "left a proposal for later",
    LOOKED_AGAIN: "took a proposal up again",
    TAKEN_UP: "made a draft of a proposal",
    REPLIED: "said something about what was worth a look",
    LOOKED_INTO: "looked into what was worth a look",
    ABOUT_PEOPLE: "chose who sees what stands out about somebody: {who}",
}
"""What was done to a finding, after the name of who did it."""

GATHERED: Final = {
    NOTICE_LET_GO: ("{count} things could be let go", "/let-go/"),
    NOTICE_ABOUT_YOU: ("{count} things about your decisions are worth a look", "/let-go/"),
    NOTICE_WORTH_A_LOOK: ("{count} things are worth a look", "/let-go/"),
}
"""Notices of which many stand as one, and where all of them are listed."""
