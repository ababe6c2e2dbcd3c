"""Words of the findings."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import models


class Sort(models.TextChoices):
    """What a finding is about."""

    LET_GO = "let-go", "what is always approved"
    HOLD_ON = "hold-on", "worth a look"
    HAT = "hat", "which hat now"


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
PUT_ON: Final = "hat-put-on"
PUT_OFF: Final = "hat-put-off"
LEFT_FOR_NOW: Final = "hat-left"
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
    PUT_ON: "put on a hat: {hat}",
    PUT_OFF: "has a hat among those of now again: {hat}",
    LEFT_FOR_NOW: "left a hat for now: {hat}, {because}",
}
"""What was done to a finding, after the name of who did it."""

GATHERED: Final = {
    NOTICE_LET_GO: ("{count} things could be let go", "/let-go/"),
    NOTICE_ABOUT_YOU: ("{count} things about your decisions are worth a look", "/let-go/"),
    NOTICE_WORTH_A_LOOK: ("{count} things are worth a look", "/let-go/"),
}
"""Notices of which many stand as one, and where all of them are listed."""


class Hat(models.TextChoices):
    """What somebody who leads does at a time: managing is some of them, leading the others."""

    LET_GO = "let-go", "Let go"
    HOLD_ON = "hold-on", "Hold on"
    EXPLAIN = "explain", "Explain"
    ASK = "ask", "Ask"
    HAND_OVER = "hand-over", "Hand the floor over"
    STEP_IN = "step-in", "Step in"
    THANK = "thank", "Thank"


class Kind(models.TextChoices):
    """What asks for a hat, and how it is called where the list says what it learned."""

    ALWAYS_APPROVED = "always-approved", "what is always approved"
    WORTH_A_LOOK = "worth-a-look", "what is worth a look"
    CONFUSING_STEP = "confusing-step", "steps that confuse"
    UNREAD = "unread", "procedures that nobody reads"
    LATE_IDEAS = "late-ideas", "ideas without an answer"
    PULSE_FELL = "pulse-fell", "a pulse that fell"
    SAME_FLOOR = "same-floor", "who speaks at briefings"
    NOBODY_TO_ASK = "nobody-to-ask", "days with nobody to ask"
    LATE_NOW = "late-now", "customers who wait too long"
    TIRED = "tired", "a tired team"
    NO_THANKS = "no-thanks", "thanks long not said"
    WENT_WELL = "went-well", "what went well"


HAT_OF: Final = {
    Kind.ALWAYS_APPROVED: Hat.LET_GO,
    Kind.WORTH_A_LOOK: Hat.HOLD_ON,
    Kind.CONFUSING_STEP: Hat.EXPLAIN,
    Kind.UNREAD: Hat.EXPLAIN,
    Kind.LATE_IDEAS: Hat.ASK,
    Kind.PULSE_FELL: Hat.ASK,
    Kind.SAME_FLOOR: Hat.HAND_OVER,
    Kind.NOBODY_TO_ASK: Hat.HAND_OVER,
    Kind.LATE_NOW: Hat.STEP_IN,
    Kind.TIRED: Hat.STEP_IN,
    Kind.NO_THANKS: Hat.THANK,
    Kind.WENT_WELL: Hat.THANK,
}
FOR_MANAGERS: Final = (
    *(Kind.ALWAYS_APPROVED, Kind.WORTH_A_LOOK, Kind.PULSE_FELL, Kind.NOBODY_TO_ASK, Kind.TIRED),
)
"""Kinds whose place only a manager may act at; the others are for leads, too."""


class Because(models.TextChoices):
    """Why a hat isn't put on now."""

    LATER = "later", "Right, but later"
    UNDER_WAY = "under-way", "Somebody is at it already"
    SMALL = "small", "True, but not worth the time here"
    NOT_SO = "not-so", "It isn't so here"


HELD_FOR: Final = {
    Because.LATER: timedelta(weeks=2),
    Because.UNDER_WAY: timedelta(weeks=4),
    Because.SMALL: timedelta(weeks=8),
    Because.NOT_SO: timedelta(weeks=13),
}
"""How long a hat that was left stays away."""
HELD_AT_MOST: Final = {Kind.LATE_NOW: timedelta(days=1)}
"""What is about this moment is another thing tomorrow."""
COUNTS_THEN: Final = {Because.LATER: 0.9, Because.UNDER_WAY: 1.0, Because.SMALL: 0.6, Because.NOT_SO: 0.5}
"""By what the worth of its kind is multiplied in that team afterwards."""
LEARNED_FOR: Final = timedelta(weeks=26)
"""What was left longer ago says nothing any more."""
LEAST_LEFT: Final = 0.1
"""No kind counts for less than this part of its worth: it can be heard again."""
WORN_FOR: Final = timedelta(weeks=2)
"""So long a hat that was put on isn't asked for again."""
