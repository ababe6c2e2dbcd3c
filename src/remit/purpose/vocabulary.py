"""Words of purpose, and the few figures that it goes by."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import models

LONGEST_CLAUSE: Final = 160
"""Characters of what completes `so that …`: it has to be said in one breath."""
LONGEST_VISION: Final = 2000
LONGEST_KEY: Final = 40
LONGEST_UNIT: Final = 24

BY_HAND: Final = "by-hand"
"""The measure that somebody types, with a word."""

DIGITS: Final = 12
PLACES: Final = 2
LARGEST: Final = 9_999_999_999
"""Of a measured value, as the table holds it."""

SOON: Final = timedelta(days=7)
"""So early an objective isn't said to be behind: nothing could have moved yet."""


class Outcome(models.TextChoices):
    """How an objective ended."""

    REACHED = "reached", "reached"
    PARTLY = "partly", "partly reached"
    NOT_REACHED = "not-reached", "not reached"
    LET_GO = "let-go", "let go, as other things matter more"


ACTS: Final = {
    "vision-written": "wrote the vision of the team, version {version}",
    "objective-opened": "opened the objective {objective}",
    "objective-changed": "changed the objective {objective}",
    "objective-closed": "closed the objective {objective}: {outcome}",
    "objective-measured": "measured the objective {objective}: {value}",
}
"""What was done, after the name of who did it."""
