"""Words of what the team says, and the few figures that it goes by."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db.models import TextChoices

LONGEST_IDEA: Final = 200
"""Characters of an idea: one line, that can be typed with one thumb."""
LONGEST_WORDS: Final = 1000
LONGEST_TITLE: Final = 160
LONGEST_LIMIT: Final = 300
LONGEST_THANKS: Final = 300
LONGEST_VALUE: Final = 60
LONGEST_QUESTION: Final = 500
LONGEST_ANSWER: Final = 4000
LONGEST_KEY: Final = 160
LONGEST_SAID: Final = 200

USUAL_DAYS: Final = 14
"""Within so many days an idea gets its answer, where a team promises nothing else."""
FEWEST_DAYS: Final = 1
MOST_DAYS: Final = 90
MEASURED_FOR: Final = timedelta(days=91)
"""What was due in that time says whether the promise is kept; what is older says nothing of today."""
VALUES: Final = ("We help each other", "We say what we see", "We make it right")
"""What a team stands for, until it says so in its own words."""
MOST_VALUES: Final = 8

MOST_ALIKE: Final = 5
COMPARED_WITH: Final = 500
"""The newest ideas of a team are compared with what is written."""

FARTHEST_END: Final = timedelta(days=366)
"""A trial that runs for longer is no trial."""

MOST_AGO: Final = 120
"""Months that the page of thanks goes back."""


class State(TextChoices):
    """Where an idea stands."""

    WAITING = "waiting", "waits for an answer"
    TRYING = "trying", "is being tried"
    TRIED = "tried", "was tried, and isn't kept"
    TAKEN_UP = "taken-up", "taken up"
    NOT_NOW = "not-now", "not now"
    NO = "no", "not done"


class Outcome(TextChoices):
    """What an idea is answered."""

    YES = "yes", "Yes, we do it"
    TRY = "try", "We try it"
    CHARTER = "charter", "We try it in the charter"
    NOT_NOW = "not-now", "Not now"
    NO = "no", "No"


STATE_AFTER: Final = {
    Outcome.YES: State.TAKEN_UP,
    Outcome.TRY: State.TRYING,
    Outcome.CHARTER: State.TRYING,
    Outcome.NOT_NOW: State.NOT_NOW,
    Outcome.NO: State.NO,
}
"""Where an idea stands once it has that answer."""

ANSWERS: Final = (Outcome.YES, Outcome.CHARTER, Outcome.NOT_NOW, Outcome.NO)
"""What is answered by a form of its own; a trial has another one, since it asks for more."""


class Came(TextChoices):
    """What came of a trial."""

    KEPT = "kept", "We keep it"
    NOT_KEPT = "not-kept", "We don't keep it"
    STOPPED = "stopped", "Stopped before its end"


IDEA_CAME: Final = "idea-came"
IDEA_ANSWERED: Final = "idea-answered"
TRIAL_YOURS: Final = "trial-yours"
TRIAL_OVER: Final = "trial-over"
TRIAL_ENDED: Final = "trial-ended"
THANKED: Final = "thanked"
QUESTION_CAME: Final = "question-came"
QUESTION_ANSWERED: Final = "question-answered"
ANSWER_CORRECTED: Final = "answer-corrected"

ACTS: Final = {
    "idea-written": "had an idea",
    "idea-answered": "answered an idea: {outcome}",
    "idea-grouped": "put an idea beside one like it",
    "idea-ungrouped": "took an idea out from beside another one",
    "trial-begun": "began a trial, until {until}",
    TRIAL_OVER: "ended a trial: its time is over",
    TRIAL_ENDED: "said what came of a trial: {came}",
    THANKED: "thanked {to}",
    "question-asked": "asked the manager a question",
    QUESTION_ANSWERED: "answered a question for all",
    ANSWER_CORRECTED: "corrected an answer for all",
    "promise-made": "promised an answer to every idea within {days} days",
}
"""What was done, after the name of who did it. What comes without a name isn't in the trail at all."""
