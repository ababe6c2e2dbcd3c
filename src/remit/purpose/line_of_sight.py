"""The line of sight: from anything that hangs on an objective to the vision, as links and as one sentence.

*You do this so that guests wait less for an answer, so that every guest leaves wanting to come back.*
"""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from remit.purpose.access import vision_of
from remit.purpose.models import Objective, Vision


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a line of sight.

    Attributes:
        kind: what it is, as people read it: `objective`, `vision`.
        words: what it says.
        address: its page.
    """

    kind: str
    words: str
    address: str


@dataclass(frozen=True, slots=True)
class LineOfSight:
    """The way from a thing to the vision.

    Attributes:
        doing: how the sentence begins: `You do this`.
        steps: from the objective to the vision; the vision is missing where nobody wrote one.
        address: the page of what is done; "" where the sentence stands on it.
    """

    doing: str
    steps: tuple[Step, ...]
    address: str = ""

    @property
    def sentence(self) -> str:
        """All of it as one sentence."""
        clauses = (f"so that {step.words}" for step in self.steps)
        return f"{self.doing} {', '.join(clauses)}."


def line_of_sight(
    objective: Objective, *, doing: str = "You do this", vision: Vision | None = None
) -> LineOfSight:
    """The line of sight of what hangs on an objective.

    Args:
        objective: with its team at hand.
        doing: how the sentence begins; an own one reads better: `You check the fridge`.
        vision: of the team, where it is at hand; else it is asked for (one query).
    """
    held = vision or vision_of(objective.team)
    steps = [Step("objective", objective.title, objective.address)]
    if held is not None:
        steps.append(Step("vision", held.so_that, vision_address(objective.team.word)))
    return LineOfSight(doing, tuple(steps))


def vision_address(team: str) -> str:
    """The page of a team's purpose, where its vision stands.

    Args:
        team: its word.
    """
    return reverse("purpose:team", args=[team])
