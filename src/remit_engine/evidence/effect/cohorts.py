"""Teams that have started beside those whose turn hasn't come (Callaway, Sant'Anna), for many orders at once.

For each wave `g` and week `t` the teams of the wave are held against all that start after `t`, each beyond
its own mean of all weeks before `g`:

    ATT(g, t) = mean of (y_it - base_ig) in the wave  -  the same mean of those not yet started

and these are averaged, each by how many weeks of teams it stands on. With all weeks before as the base, and
not only the last, the root mean square error falls from 0.149 to 0.109 with eight teams. Regression on team,
week and *has started* (two-way fixed effects) is not this: where effects grow it is off by two thirds of the
effect.

All of it is linear in the values, and another order of start weeks only regroups the teams. So one pass
serves all orders, and all effects that are tried when the test is turned into an interval.

Source: Callaway and Sant'Anna, J. Econometrics 225(2), 2021.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from remit_engine.evidence.effect.values import Floats

Integers = npt.NDArray[np.int64]

NEVER: Final = np.iinfo(np.int64).max
"""The start of a team that didn't begin within the weeks."""


@dataclass(frozen=True, eq=False)
class Course:
    """By weeks since the start, for each order: how far apart, and on how many weeks of teams it stands.

    Attributes:
        since: int64, the weeks since the start; negative before it.
        sums: values by orders by weeks; a difference times its weight.
        weights: orders by weeks.
    """

    since: Integers
    sums: Floats
    weights: Floats

    @cached_property
    def overall(self) -> Floats:
        """The mean since the start: values by orders; NaN where nothing can be compared."""
        return self.over(self.since >= 0)

    def over(self, weeks: npt.NDArray[np.bool_]) -> Floats:
        """The mean over some of the weeks: values by orders; NaN where there is nothing."""
        whole = self.weights[:, weeks].sum(axis=1)
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(whole > 0, self.sums[:, :, weeks].sum(axis=2) / whole, np.nan)

    def drift(self) -> Floats:
        """The slope over the weeks before the start, a week: values by orders; NaN with fewer than two."""
        before = self.since < 0
        weights, sums = self.weights[:, before], self.sums[:, :, before]
        whole = weights.sum(axis=1, keepdims=True)
        with np.errstate(invalid="ignore", divide="ignore"):
            middle = (weights * self.since[before]).sum(axis=1, keepdims=True) / whole
            away = self.since[before] - middle
            spread = (weights * away**2).sum(axis=1)
            return np.where(spread > 1e-9, (sums * away).sum(axis=2) / spread, np.nan)


def cleaned(values: Floats, weights: Floats) -> Floats:
    """Values without what is common to a team or to a week.

    With whole weeks of equal weight this changes nothing that is compared: both cancel. Where weeks are
    missing, or count differently, a busy week would leak into the base of those who have it.

    Args:
        values: several at once, by teams by weeks; anything where the weight is 0.
        weights: teams by weeks.
    """
    teams = len(weights)
    normal = np.block([[np.diag(weights.sum(axis=1)), weights], [weights.T, np.diag(weights.sum(axis=0))]])
    filled = np.where(weights > 0, values, 0.0)
    right = np.concatenate(((weights * filled).sum(axis=2), (weights * filled).sum(axis=1)), axis=1)
    common = np.linalg.lstsq(normal, right.T, rcond=None)[0].T
    away = filled - common[:, :teams, None] - common[:, None, teams:]
    return np.where(weights > 0, away, 0.0)


def has_started(starts: Integers, weeks: int) -> Floats:
    """1 in each week of a team since its start, and else 0: teams by weeks."""
    return (np.arange(weeks)[None, :] >= starts[:, None]).astype(np.float64)


def courses(values: Floats, weights: Floats, orders: Integers) -> Course:
    """The comparison for each order.

    Args:
        values: what is compared at once, by teams by weeks; anything where the weight is 0.
        weights: teams by weeks, 0 where there is nothing.
        orders: the start of each team, `NEVER` where it has none: orders by teams. All hold the same starts.
    """
    long = weights.shape[1]
    waves = np.unique(orders[0][orders[0] < long])
    waves = waves[waves > 0]
    since = np.arange(-int(waves.max(initial=0)), long - int(waves.min(initial=long)), dtype=np.int64)
    sums = np.zeros((len(values), len(orders), len(since)))
    stands_on = np.zeros((len(orders), len(since)))
    zero = int(waves.max(initial=0))
    for wave in waves:
        beyond, counts = _beyond_base(values, weights, int(wave))
        treated = (orders == wave).astype(np.float64)
        borders = [0, *(int(each) for each in waves[waves >= wave]), long]
        for begin, end in pairwise(borders):
            others = (orders > max(begin, wave)).astype(np.float64)
            stretch = slice(begin, end)
            own, own_weight = _means(treated, beyond[:, :, stretch], counts[:, stretch])
            their, their_weight = _means(others, beyond[:, :, stretch], counts[:, stretch])
            weight = np.where(their_weight > 0, own_weight, 0.0)
            at = slice(begin - int(wave) + zero, end - int(wave) + zero)
            sums[:, :, at] += (own - their) * weight
            stands_on[:, at] += weight
    return Course(since, sums, stands_on)


def _beyond_base(values: Floats, weights: Floats, wave: int) -> tuple[Floats, Floats]:
    """Values beyond each team's own mean of all weeks before, and weights; 0 where it has no such week."""
    before = weights[:, :wave]
    whole = before.sum(axis=1)
    has = whole > 0
    base = (values[:, :, :wave] * before).sum(axis=2) / np.where(has, whole, 1.0)
    return values - base[:, :, None], weights * has[:, None]


def _means(chosen: Floats, values: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Of the chosen teams of each order: means (values by orders by weeks), and their weights."""
    weight = chosen @ weights
    sums = np.stack([chosen @ (each * weights) for each in values])
    return sums / np.where(weight > 0, weight, 1.0), weight
