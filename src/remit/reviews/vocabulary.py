"""Words of the reviews, and the few figures that they go by."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import models


class Outcome(models.TextChoices):
    """What a reviewer says: what they would have decided themselves."""

    SAME = "same", "the same"
    DIFFERENT = "different", "something else"


EACH: Final = 2
"""Fair draws of each member a week, where a team chose nothing else."""
BUDGET: Final = 4
"""Risk draws of a team a week, where it chose nothing else."""
MOST_EACH, MOST_BUDGET = 20, 200

DOUBLES: Final = 0.10
"""The share of what was drawn that two look at; 5 to 10 % are enough to see whether reviewers agree."""

LOOK_WITHIN: Final = timedelta(days=7)
"""From being asked; then somebody else is asked."""
MOST_ASKED: Final = 3
"""So many are asked after one another; what none of them did is given up, and counted as that."""

DRAWN_AFTER: Final = timedelta(hours=1)
"""From the end of a week: what was decided in its last moment can't be undone any more."""
OPENED_BEFORE: Final = timedelta(hours=24)
"""The next week is opened so long before it begins: its commitment is there before its first decision."""

EXPECTED: Final = 0.05
"""The share of *different* that is expected where nothing is known; it weighs as much as so many reviews:"""
EXPECTED_WEIGHT: Final = 20

NOT_WRONG: Final = (
    "Different is not wrong. A decision within the charter is never held against anybody: "
    "a review is a colleague's second thought, to learn from."
)
"""Stands on every page about reviews."""

ACTS: Final = {
    "review-round-opened": "opened a week of reviews, and told the mark of its key",
    "review-round-drawn": "drew {drawn} of {lots} decisions to look at, and told the key",
    "review-round-lost": "couldn't draw for a week: its key can't be opened any more",
    "review-asked": "was asked for a look at a decision",
    "review-wanted": "asked: would you look at this one?",
    "review-done": "looked at a decision: {outcome}",
    "review-seen-with-outcome": "saw how a complaint went on before they said what they think of a decision",
    "review-passed-on": "passed a review on: {reviewer} didn't come to it",
    "review-given-up": "gave a review up: nobody did it in time",
    "review-answered": "answered a review",
    "review-helped": "found a review helpful",
    "review-budget-set": "chose how many are looked at a week: {each} of each member, {budget} by risk",
}
"""What was done, after the name of who did it."""
GATHERED: Final = {
    "review-asked": ("{count} reviews wait for you", "/reviews/"),
    "review-done": ("Colleagues looked at {count} of your decisions", "/reviews/mine/"),
}
"""Notices of which many stand as one, and where all of them are listed."""
