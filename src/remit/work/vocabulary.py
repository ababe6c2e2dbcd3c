"""Words of work, and the few figures that it goes by."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db.models import TextChoices

LONGEST_TITLE: Final = 160
LONGEST_TEXT: Final = 4000
LONGEST_WORDS: Final = 1000
LONGEST_PLACE: Final = 80
MOST_MINUTES: Final = 6000
"""Effort of one task: a hundred hours are a project."""

LONGEST_ITEM: Final = 200
LONGEST_RULE: Final = 500
LONGEST_STEP_KEY: Final = 32
MOST_ITEMS: Final = 20
MADE_UP_FOR: Final = timedelta(days=7)
"""What came while nothing ran is made for so long; who could still do what is older?"""
MISSED_FOR: Final = timedelta(days=30)
"""So long the next shifts see what was missed, until somebody ticks it or lets it go."""

MOST_CLOSED: Final = 200
"""Entries of closed days of a team, those that are over included."""
LONGEST_CLOSED: Final = timedelta(days=365)
"""A team that is closed for longer is closed for good."""

MOST_PHOTOS: Final = 5
"""Photos of a line of one round."""
PHOTOS_FOR: Final = timedelta(days=90)
"""So long photos are kept; what was ticked stays."""
LONGEST_LINK_NAME: Final = 60
MOST_LINKS: Final = 10
"""Links to a calendar that somebody may have at once."""

EFFORTS: Final = (
    (5, "5 min"), (15, "15 min"), (30, "30 min"), (60, "1 h"), (120, "2 h"), (240, "half a day"),
    (480, "a day"),
)  # fmt: skip
"""What a screen offers, in minutes."""


class Move(TextChoices):
    """What happened to a task; how it came to whoever has it is one of the first four."""

    TAKEN = "taken", "took it up"
    GIVEN = "given", "gave it to"
    HANDED_OVER = "handed-over", "handed it over to"
    PUT_BACK = "put-back", "put it back"
    DONE = "done", "did it"
    UNDONE = "undone", "took that back: it isn't done"
    CLOSED = "closed", "closed it without doing it"
    CHANGED = "changed", "changed what it says"


class End(TextChoices):
    """How a task ended."""

    DONE = "done", "Done"
    CLOSED = "closed", "Closed without doing it"


class With(TextChoices):
    """What a checklist comes with that comes at no time of its own."""

    OPENING = "opening", "with each opening"
    CLOSING = "closing", "with each closing"


class OnClosed(TextChoices):
    """What happens on days on which the team is closed."""

    COMES = "comes", "it comes all the same"
    LEFT_OUT = "left-out", "it is left out"
    DAY_BEFORE = "day-before", "it comes on the open day before"
    DAY_AFTER = "day-after", "it comes on the next open day"


SPANS: Final = (
    (30, "30 min"),
    (60, "1 h"),
    (120, "2 h"),
    (240, "4 h"),
    (480, "8 h"),
    (1440, "a day"),
    (10080, "a week"),
)
"""How long there is time for a checklist, in minutes."""

GIVEN: Final = "task-given"
HANDED_OVER: Final = "task-handed-over"
PUT_BACK: Final = "task-put-back"

ACTS: Final = {
    "task-made": "wrote down a task",
    "task-changed": "changed a task",
    "task-taken": "took up a task",
    "task-given": "gave a task to {to}",
    "task-handed-over": "handed a task over to {to}",
    "task-put-back": "put a task back",
    "task-done": "did a task",
    "task-undone": "took back that a task was done, or closed",
    "task-closed": "closed a task without doing it",
    "checklist-made": "wrote a checklist",
    "checklist-changed": "changed a checklist",
    "checklist-followed": "took over into a checklist what changed in its procedure",
    "checklist-stopped": "stopped a checklist",
    "round-done": "ticked the last of a checklist",
    "closed-days-added": "wrote down that the team is closed from {first} to {last}",
    "closed-days-removed": "took back that the team is closed from {first} to {last}",
    "calendar-link-made": "made a link to their calendar",
    "calendar-link-ended": "ended a link to their calendar",
    "round-let-go": "let a checklist go that was missed",
}
"""What was done, after the name of who did it."""
