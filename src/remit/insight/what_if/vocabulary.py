"""Words of what if."""

from __future__ import annotations

from typing import Final

from django.db import models

from remit_engine.modes import Mode


class Of(models.TextChoices):
    """Which charter is looked at."""

    LIMIT = "limit", "the one in force, with another limit"
    DRAFT = "draft", "a draft"
    TEXT = "text", "another text"


class Behind(models.TextChoices):
    """Which of the decisions behind the figures are listed."""

    AVOIDED = "avoided", "questions nobody would have had to ask"
    AT_ONCE = "at-once", "questions that would have been given at once"
    LET_THROUGH = "let-through", "not plainly approved, and would have gone through"
    REFUSED = "refused", "a plain no, and would have gone through"
    ADDED = "added", "questions more"
    STOPPED = "stopped", "for nobody to give"
    MOVED = "moved", "from one level to another"


MODE_WORDS: Final = {
    Mode.AS_RECORDED: "as recorded",
    Mode.CLOSED_LOOP: "as if it had been in force",
    Mode.OPEN_LOOP: "with totals of what was given",
}
"""What the modes are called."""

MODE_MEANS: Final = {
    Mode.AS_RECORDED: "Each decision is judged with the facts and totals that were noted with it.",
    Mode.CLOSED_LOOP: (
        "Totals are added up anew in time order, and what the other charter gives counts: as if it had been "
        "in force."
    ),
    Mode.OPEN_LOOP: "Totals are added up anew in time order from what was really given.",
}
"""What they do."""

ACTS: Final = {
    "looked-back": "looked at what another charter would have meant",
    "look-back-cancelled": "stopped looking at what another charter would have meant",
}
"""What was done, after the name of who did it."""

AT_ONCE_UP_TO: Final = 120_000
"""More decisions than these are looked at by a worker, with progress; fewer while the page is opened."""
