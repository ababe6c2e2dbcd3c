"""Whether reviewers agree: of decisions that two looked at, each on their own, how often both said the same.

Agreement alone flatters where nearly everything is *same*; Cohen's kappa falls to nothing there though both
say the same. Gwet's AC1 takes off what agreement by chance would be for somebody who is unsure how to say,
and holds for rare *different*.

Sources: Gwet, *Computing inter-rater reliability and its variance in the presence of high agreement*, British
Journal of Mathematical and Statistical Psychology 61, 2008; for why kappa fails: Feinstein and Cicchetti,
*High agreement but low kappa*, Journal of Clinical Epidemiology 43, 1990.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two reviewers agree.

    Attributes:
        pairs: decisions that two looked at.
        alike: of how many both said the same.
        ac1: Gwet's coefficient, at most 1; 0 is what chance gives, below 0 is worse than that.
    """

    pairs: int
    alike: int
    ac1: float

    @property
    def share(self) -> float:
        """The share of decisions on which both said the same, in [0, 1]."""
        return self.alike / self.pairs


def agreement_of(pairs: Sequence[tuple[bool, bool]]) -> Agreement | None:
    """How far reviewers agree.

    Args:
        pairs: whether the one and the other would have decided differently, for each decision.

    Returns:
        None where nothing was looked at twice.
    """
    if not pairs:
        return None
    alike = sum(one == other for one, other in pairs)
    differently = sum(one + other for one, other in pairs) / (2 * len(pairs))
    by_chance = 2 * differently * (1 - differently)
    return Agreement(len(pairs), alike, (alike / len(pairs) - by_chance) / (1 - by_chance))
