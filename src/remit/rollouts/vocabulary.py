"""Words of *did it work?*: what is asked about, by which outcomes, and the few figures that it goes by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db.models import TextChoices

LONGEST_NAME: Final = 160
LONGEST_STAMP: Final = 64

FEWEST_TEAMS: Final = 5
"""Fewer can't reach 5 % by other orders of their starts."""
MANY_TEAMS: Final = 8
"""With fewer, one team weighs much."""
FEWEST_ORDERS: Final = 20
MOST_TEAMS: Final = 200
BEFORE: Final = 12
"""Weeks before the first start that a rollout is compared with."""
LEAST_AFTER: Final = 4
"""Weeks from the first start to the end, at least."""
MOST_WEEKS: Final = 104
"""From the first start to the end, at most."""


class Sort(TextChoices):
    """What it is that began."""

    CHARTER = "charter", "charter"
    PROCEDURE = "procedure", "procedure"
    TRIAL = "trial", "trial"
    DRAFT = "draft", "draft of a charter"
    WORDS = "words", "idea in words"


class Outcome(TextChoices):
    """What is looked at, by team and week."""

    RATING = "rating", "Made right, as customers say"
    RESOLVING = "resolving", "Time until it is made right"
    COST = "cost", "Given for each complaint"
    AGAIN = "again", "Customers who complain again"
    SURE = "sure", "Sure to decide, from the pulse"


@dataclass(frozen=True, slots=True)
class Measured:
    """How an outcome is told.

    Attributes:
        is_up: whether more is better.
        unit: behind a figure; "" for money, which has its currency.
        digits: behind the point.
        said: what it is, in a sentence.
        scale: the least and the largest answer, where it is one.
    """

    is_up: bool
    unit: str
    digits: int
    said: str
    scale: tuple[float, float] | None = None


MEASURED: Final = {
    Outcome.RATING: Measured(
        is_up=True,
        unit="of 5",
        digits=2,
        said="Of complaints made right in a week, the average answer to “Was it made right?”.",
        scale=(1.0, 5.0),
    ),
    Outcome.RESOLVING: Measured(
        is_up=False,
        unit="h",
        digits=1,
        said="Of complaints made right in a week, the hours since they came in, by day and night, as a mean.",
    ),
    Outcome.COST: Measured(
        is_up=False,
        unit="",
        digits=2,
        said="What was given for the complaints that came in within a week, on average; nothing counts as 0.",
    ),
    Outcome.AGAIN: Measured(
        is_up=False,
        unit="of 100",
        digits=1,
        said="Of complaints of known customers in a week, how many had complained in the 28 days before.",
    ),
    Outcome.SURE: Measured(
        is_up=True,
        unit="of 5",
        digits=2,
        said="What the pulse published of “I trust myself to decide what makes it right”, and nothing else.",
        scale=(1.0, 5.0),
    ),
}
PRIMARY: Final = (Outcome.RATING, Outcome.RESOLVING, Outcome.COST, Outcome.AGAIN)
"""What may be the primary outcome of a rollout: what every week has a figure of."""

ORDER_DRAWN: Final = "rollout-drawn"
TURN_COME: Final = "rollout-turn"
ANSWER_THERE: Final = "rollout-answer"
GIVEN_UP: Final = "rollout-given-up"

ACTS: Final = {
    "change-asked-about": "asked whether something worked",
    "rollout-planned": "planned a rollout by lot; the key's mark is {commitment}",
    "rollout-plan-changed": "changed the plan of a rollout",
    ORDER_DRAWN: "drew the order of a rollout by lot",
    "rollout-turn-told": "told a team that its turn has come",
    "rollout-begun": "said that a team has begun, on {day}",
    GIVEN_UP: "gave a rollout up",
}
"""What was done, after the name of who did it."""
