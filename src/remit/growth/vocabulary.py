"""Words of growth, and the few figures that it goes by."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import models


class Ground(models.TextChoices):
    """What a change of a step rests on."""

    EVIDENCE = "evidence", "their reviews"
    TRUST = "trust", "trust, for a time"
    TALK = "talk", "their reviews, and a talk"
    END = "end", "the end of its time"


class Figures(models.TextChoices):
    """Who sees what the reviews say about somebody."""

    OFF = "off", "Nobody: nothing is reckoned about anybody"
    PERSON = "person", "The person alone"
    TOGETHER = "together", "The person; managers see all of a team together"
    MANAGERS = "managers", "The person, and managers of the team"

    @property
    def shows_together(self) -> bool:
        """Whether managers see what reviews say of all of a team together."""
        return self in {Figures.TOGETHER, Figures.MANAGERS}


SMALLEST_GROUP: Final = 5
"""Fewer people are never shown together: who knows all but one would know that one."""

LONGEST_TRUST: Final = timedelta(days=184)
"""Trust without evidence ends by itself; it may be given again, with a new why."""

LONGEST_WAIT: Final = timedelta(days=92)
"""A proposal that waits comes back by itself."""

LONGEST_WORDS: Final = 1000

THE_BAR: Final = (
    "The bar stands in the charter and is the same for everybody. Only reviews that the draw chose count. "
    "Whoever's reviews say “different” as often as the bar tolerates, or oftener, reaches it with a chance "
    "of at most 1 in {chance}, however often anybody looks."
)
"""Stands beside every meter."""

ACTS: Final = {
    "step-proposed": "has reviews that speak for the step {step}",
    "step-talk-proposed": "has reviews that ask for a talk",
    "step-proposal-shown": "showed a manager what their reviews say",
    "step-waits": "lets a proposal wait until {until}",
    "step-given": "gave {to} the step {step}, on {ground}",
    "step-narrowed": "gave {to} the step {step} after a talk",
    "step-trust-ended": "ended a step that was given on trust",
    "step-over": "reached the end of a step that was given for a time",
    "step-talked": "noted a talk about reviews",
    "step-stays": "left a step as it is after a talk",
    "step-asked-for": "asked for the step {step}",
    "step-wish-taken-back": "took the wish for a step back",
    "step-answered": "answered the wish for a step: {answer}",
    "step-limit-set": "chose how far a software agent may grow: {step}",
    "figures-chosen": "chose who sees what reviews say about somebody: {figures}",
}
"""What was done, after the name of who did it; the acts of nobody are about the member that they name."""
