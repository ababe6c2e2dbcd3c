"""Words of the notices."""

from __future__ import annotations

from typing import Final

from django.db.models import TextChoices


class Wish(TextChoices):
    """What somebody wants to be told by a channel."""

    URGENT = "urgent", "only what a customer waits for"
    ALL = "all", "everything"
    NONE = "none", "nothing"


MAIL: Final = "mail"
PUSH: Final = "push"

PUSH_ON: Final = "push-switched-on"
PUSH_OFF: Final = "push-switched-off"
CHANNELS_CHOSEN: Final = "channels-chosen"

ACTS: Final = {
    PUSH_ON: "switched on notices in a browser",
    PUSH_OFF: "switched off notices in a browser",
    CHANNELS_CHOSEN: "chose what to be told: push {push}, mail {mail}, on Mondays {monday}",
}

MONDAY_CODE: Final = "hats-of-monday"
"""Comes once a week for each team, all in one mail of its own, to whoever didn't turn it off."""
TEST_CODE: Final = "notice-tried"
