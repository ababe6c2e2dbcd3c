"""How many decisions a team looks at in a week."""

from __future__ import annotations

from dataclasses import dataclass

from remit.people.models import Team
from remit.reviews.models import ReviewSetting
from remit.reviews.vocabulary import BUDGET, EACH


@dataclass(frozen=True, slots=True)
class Budget:
    """What a team chose, or what holds where it chose nothing.

    Attributes:
        is_on: whether decisions are drawn at all.
        each: of each member, by the fair draw.
        risk: of all together, by the risk draw.
    """

    is_on: bool = True
    each: int = EACH
    risk: int = BUDGET


def budget_of(team: Team) -> Budget:
    """How many of its decisions are looked at in a week that begins later."""
    row = ReviewSetting.objects.filter(team=team).first()
    return Budget(row.is_on, row.each, row.budget) if row else Budget()
