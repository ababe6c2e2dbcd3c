"""Words of big days, and the few figures that they go by."""

from __future__ import annotations

from typing import Final

from django.db.models import TextChoices

LONGEST_TITLE: Final = 160
LONGEST_TEXT: Final = 4000
LONGEST_WORDS: Final = 1000
LONGEST_PLACE: Final = 80
LONGEST_NAME: Final = 60
LONGEST_SKILL: Final = 40
HELPER_MARK: Final = "_"
"""Before the number of a helper in an address: no word of a member begins with it."""
HELPER_DAYS: Final = 30
"""Days after the last hour of an event for which the names of its helpers are kept."""
ERASED_HELPER: Final = "a helper"
"""How a helper is called whose name was erased."""
MOST_OFFERED: Final = 100
"""Earlier events to copy from; an older one is copied from its own page."""
MOST_TASKS: Final = 500
"""Of one event; more is several events."""
MOST_PEOPLE: Final = 200
MOST_COUNT: Final = 10_000
"""Pieces of equipment."""
MOST_NEEDED: Final = 100
"""People with one skill for one task."""
MOST_DAYS_BEFORE: Final = 365
MOST_STAYS: Final = 60
MOST_WISHES: Final = 20
MOST_RISKS: Final = 50
MOST_LINES: Final = 100
MOST_POINTS: Final = 20
MOST_QUESTIONS: Final = 100
MOST_LESSONS: Final = 100
MOST_POINT_MINUTES: Final = 60
LATE: Final = (0, 10, 20, 30, 60)
"""Minutes by which a task is late, as the day offers them with one thumb."""
MOST_TASK_MINUTES: Final = 1440
MOST_AIR: Final = 1440 * 7


class ThingKind(TextChoices):
    """What a thing is."""

    EQUIPMENT = "equipment", "Equipment"
    ROOM = "room", "Room"


class StopWord(TextChoices):
    """What is to become of it when somebody stops planning."""

    TAKE = "take", "take the best until now"
    LEAVE = "leave", "leave everything as it was"


class Kept(TextChoices):
    """What a word of the look back is."""

    KEPT = "kept", "We keep it"
    CHANGED = "changed", "We change it"
    THANKS = "thanks", "Thanks"


class Outcome(TextChoices):
    """How planning ended."""

    PLANNED = "planned", "planned"
    STOPPED = "stopped", "stopped, and everything left as it was"
    CHANGED = "changed", "the event was changed again and again meanwhile"
    FAILED = "failed", "it couldn't be planned"


LENGTHS: Final = (
    (15, "15 min"), (30, "30 min"), (45, "45 min"), (60, "1 h"), (90, "1 ½ h"), (120, "2 h"), (180, "3 h"),
    (240, "4 h"), (300, "5 h"), (360, "6 h"), (480, "8 h"), (600, "10 h"),
)  # fmt: skip
"""How long a task takes, as a screen offers it, in minutes."""
AIRS: Final = (
    (0, "no: it begins just then"), (30, "30 min later at most"), (60, "1 h later at most"),
    (120, "2 h later at most"), (240, "4 h later at most"), (480, "8 h later at most"),
    (1440, "a day later at most"),
)  # fmt: skip
"""By how much a task may begin later, in minutes."""
WEIGHTS: Final = (
    (3, "very gladly"), (2, "gladly"), (1, "rather"), (-1, "rather not"), (-2, "not gladly"),
    (-3, "please not"),
)  # fmt: skip

HELP_NEEDED: Final = "event-help-needed"
QUESTION_ANSWERED: Final = "event-question-answered"
CALLED_OFF: Final = "event-called-off"

ACTS: Final = {
    "event-made": "wrote down an event",
    "event-changed": "changed an event",
    "event-clock": "changed the clock of the team, and with it that of an event",
    CALLED_OFF: "called an event off",
    "event-kept": "kept an event as a template",
    "event-task-made": "added a task to an event",
    "event-task-changed": "changed a task of an event",
    "event-task-removed": "took a task out of an event",
    "event-person-added": "added {to} to an event",
    "event-person-removed": "took {to} out of an event",
    "event-person-changed": "changed what {to} can do for an event",
    "event-helper-added": "added a helper to an event",
    "event-helper-changed": "changed what was said of a helper of an event",
    "event-helper-removed": "took a helper out of an event",
    "event-helper-erased": "erased the names of helpers of an event",
    "event-stay-said": "said when {to} can come",
    "event-wish-said": "said what {to} would rather do",
    "event-plan-asked": "asked for a plan",
    "event-plan-stopped": "stopped the planning",
    "event-planned": "planned an event",
    "event-set-by-hand": "set by hand who does a task, when and where",
    "event-freed": "let the planner choose again",
    "event-task-done": "did a task of an event",
    "event-task-undone": "took back that a task of an event was done",
    "event-task-late": "said that a task of an event is {minutes} minutes late",
    "event-help-needed": "needs help with a task of an event",
    "event-help-came": "said that help came for a task of an event",
    "event-risk": "changed the risks of an event",
    "event-budget": "changed the budget of an event",
    "event-briefing": "changed the briefing of an event",
    "event-answered": "answered a question before the briefing of an event",
    "event-asked": "asked something before the briefing of an event",
    "event-lesson": "said what stays of an event",
    "event-lesson-task": "made a task of what stays of an event",
    "event-lesson-proposal": "began a procedure with what stays of an event",
    "event-lent": "lent authority to {to} for an event",
    "thing-made": "wrote down equipment or a room",
    "thing-changed": "changed equipment or a room",
    "thing-removed": "removed equipment or a room",
}
"""What was done, after the name of who did it."""
