"""What planning answers: a plan, how good it is and how sure that is, what is short, and what would help."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from remit_engine.planning.demands import Demand, Shortage
from remit_engine.planning.helping import Help
from remit_engine.planning.plan import Plan
from remit_engine.planning.score import Score
from remit_engine.planning.stopping import Ended, Progress, gap

Told = Callable[[Progress], None]
"""Called with how far planning is; it may be called in another thread."""


class Planner(StrEnum):
    """Who made a plan."""

    SOLVER = "solver"
    GREEDY = "greedy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Impossible:
    """A demand that can't be met, and why.

    Attributes:
        shortage: the demand, and how much is missing.
        together: a set of demands that can't all be met, with this one first; empty if no such set was found
            in time.
        is_smallest: whether all but any one of them could be met.
        helps: changes that were tried, and with which it can be met.
        sentence: all of that for people.
    """

    shortage: Shortage
    together: tuple[Demand, ...]
    is_smallest: bool
    helps: tuple[Help, ...]
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What planning found.

    Attributes:
        plan: without conflicts; the most that could be found.
        score: of the plan.
        shortages: what the plan leaves short; empty when it is whole.
        is_proven_short: whether it is proven that no plan leaves less short.
        impossible: why each of the shortages can't be met. Empty where that isn't proven.
        bound: no plan that leaves as little short costs less; None where nobody looked.
        ended: why planning ended.
        planner: whose plan it is.
    """

    plan: Plan
    score: Score
    shortages: tuple[Shortage, ...]
    is_proven_short: bool
    impossible: tuple[Impossible, ...]
    bound: int | None
    ended: Ended
    planner: Planner

    @property
    def is_whole(self) -> bool:
        """Whether nothing is short."""
        return not self.shortages

    @property
    def gap(self) -> float | None:
        """By how much of its cost the plan might at most be improved, in [0, 1]; None where nobody looked."""
        return None if self.bound is None else gap(self.score.cost.total, self.bound)
