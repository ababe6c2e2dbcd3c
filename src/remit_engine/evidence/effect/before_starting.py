"""Before anything starts: the smallest effect that a rollout by lot would find, and the teams it takes.

The past of the teams themselves is taken as a study in which nothing happened: weeks of it that follow each
other, or, where it is shorter than the study, stretches of four weeks of all teams put behind each other. The
start weeks fall to the teams by lot, and the interval is reckoned as it will be. An effect of `tau` moves the
whole interval by `tau`, so it is found in a study whose interval would end less than `tau` from nothing; four
in five of them end closer than what is said here.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from remit_engine.evidence.effect.cohorts import cleaned, courses, has_started
from remit_engine.evidence.effect.inverting import interval_of
from remit_engine.evidence.effect.orders import as_numbers, orders_of
from remit_engine.evidence.effect.values import MONTH, Outcome

FOUND: Final = 0.8
"""How often an effect of that size is found."""
LEAST_PAST: Final = 2 * MONTH
"""With fewer weeks of the past nothing is said beforehand."""
_PASTS: Final = 8
"""So many stretches of the past are taken for a study."""
_TRIED: Final = 25
"""In each, so many orders in turn are the one that was."""
_ORDERS: Final = 199
_SEED: Final = 20_260_102


@dataclass(frozen=True, slots=True)
class Beforehand:
    """What a rollout by lot would find.

    Attributes:
        smallest: the smallest effect that is found in four studies of five, in the unit of the outcome;
            infinite where the teams are too few for any.
        teams: how many there are.
        past: how many weeks of their past it stands on.
    """

    smallest: float
    teams: int
    past: int

    def teams_for(self, effect: float) -> int | None:
        """About how many teams like these would find another effect; None where no number is known.

        Raises:
            ValueError: the effect isn't above 0.
        """
        if not effect > 0:
            raise ValueError("an effect to be found is above 0")
        if math.isinf(self.smallest):
            return None
        return max(5, math.ceil(self.teams * (self.smallest / effect) ** 2))


def beforehand(past: Outcome, starts: Sequence[int | None], weeks: int) -> Beforehand | None:
    """What a rollout by lot would find, from the past of its teams.

    Args:
        past: weeks before the rollout, teams in any order.
        starts: the start weeks that will be drawn, counted from the first week of the study.
        weeks: of the study, weeks before the first start included.

    Returns:
        None with fewer than eight weeks of the past, or where no week could be compared.

    Raises:
        ValueError: there is another number of teams than of starts.
    """
    teams, long = past.values.shape
    if teams != len(starts):
        raise ValueError("each team needs a start")
    if long < LEAST_PAST:
        return None
    rng = np.random.default_rng(_SEED)
    orders = orders_of(as_numbers(starts, weeks), again=_ORDERS)
    tried = rng.permutation(len(orders))[:_TRIED].tolist()
    started = [has_started(orders[each], weeks) for each in tried]
    ends: list[float] = []
    for week in _stretches(rng, long, weeks):
        weights = past.weights()[:, week]
        values = cleaned(np.stack([past.values[:, week], *started]), weights)
        seen, *of_started = courses(values, weights, orders).overall
        for each, order in zip(of_started, tried, strict=True):
            if np.isfinite(seen[order]) and abs(each[order]) > 1e-9:
                first = np.roll(np.arange(len(orders)), -order)
                interval = interval_of(seen[first], each[first])
                ends += [-interval.low, interval.high]
    if not ends:
        return None
    return Beforehand(float(np.quantile(ends, FOUND, method="higher")), teams, long)


def _stretches(rng: np.random.Generator, long: int, weeks: int) -> Iterator[np.typing.NDArray[np.int64]]:
    """Which weeks of the past are taken for those of a study: eight times, or as often as they differ."""
    if long >= weeks:
        yield from np.arange(weeks) + rng.permutation(long - weeks + 1)[:_PASTS, None]
        return
    for _ in range(_PASTS):
        firsts = rng.integers(long - MONTH + 1, size=-(-weeks // MONTH))
        yield (firsts[:, None] + np.arange(MONTH)).ravel()[:weeks]
