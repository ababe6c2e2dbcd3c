"""Does somebody, or a pair, stand out? Alarms with a budget in human terms, and pairs by their number.

*Restarted evidence.* `R = (1 + R) L` after every observation, where L is a likelihood ratio against what is
expected, averaged over three that are larger. While nothing is out of the ordinary the mean of R after T
observations is at most T, so the mean time to a false alarm at `R >= A` is at least A observations, and a
false alarm within T has probability at most `T / A`. With A as many observations as a team makes in a year
there is at most one false alarm a team and year. After each alarm it begins anew.

*A share of the same week.* Given how many the whole team has in a week, one member's are binomial with their
share of the work: seasons and incidents hit everybody and cancel. Against their own past 11.5 of 12 innocent
members are flagged in a year with a busy season.

Sources: Shin, Ramdas, Rinaldo, *E-detectors*, New England J. Stat. Data Sci. 2(2), 2024; Przyborowski and
Wilenski, Biometrika 31, 1940; Clopper and Pearson, 1934.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import special

from remit_engine.evidence.false_names import within_the_rate

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

_TIMES_WORSE: Final = np.array([2.0, 3.0, 5.0])
_ODDS: Final = np.array([1.5, 2.0, 3.0])
_MOST_RATE: Final = 0.95
BASELINE: Final = 0.8
"""The rate of the others is taken at this one-sided bound, never at its estimate."""


@dataclass(frozen=True, slots=True)
class Ring:
    """An alarm.

    Attributes:
        began: index of the observation since which it is likely otherwise.
        at: index of the observation at which it rang.
    """

    began: int
    at: int


def rings_of(outcomes: Sequence[bool] | npt.NDArray[np.bool_], expected: float, budget: float) -> list[Ring]:
    """Alarms over a stream of yes and no, such as *taken back*.

    Args:
        outcomes: in the order of time.
        expected: the rate up to which nothing should be heard, in (0, 1).
        budget: observations to a false alarm on average, at least.
    """
    x = np.asarray(outcomes, dtype=np.bool_)[:, None]
    worse = np.minimum(_TIMES_WORSE * expected, _MOST_RATE)
    steps = np.where(x, np.log(worse / expected), np.log((1 - worse) / (1 - expected)))
    return _rings(steps, budget)


def rings_of_share(
    mine: Sequence[int], everybody: Sequence[int], share: Sequence[float], budget: float
) -> list[Ring]:
    """Alarms where one member has more of what the team has than their share of the work explains.

    Args:
        mine: how many they had in each week.
        everybody: how many the team had, theirs included.
        share: of the week's work that was theirs; weeks with none or all of it say nothing.
        budget: weeks to a false alarm on average, at least.
    """
    s = np.asarray(share, np.float64)
    weeks = np.flatnonzero((s > 0) & (s < 1))
    x, n = np.asarray(mine, np.float64)[weeks, None], np.asarray(everybody, np.float64)[weeks, None]
    usual = s[weeks, None]
    more = _ODDS * usual / (1 - usual + _ODDS * usual)
    steps = x * np.log(more / usual) + (n - x) * np.log((1 - more) / (1 - usual))
    return [Ring(int(weeks[ring.began]), int(weeks[ring.at])) for ring in _rings(steps, budget)]


def _rings(steps: Floats, budget: float) -> list[Ring]:
    """Each time the mean of R over the columns reaches the budget; R begins anew after it."""
    found: list[Ring] = []
    nothing: Floats = np.full(steps.shape[1], -np.inf)
    r, begun = nothing, 0
    needed = math.log(budget) + math.log(steps.shape[1])
    for at, step in enumerate(steps):
        r = np.asarray(np.logaddexp(0.0, r) + step)
        if float(np.logaddexp.reduce(r)) >= needed:
            found.append(Ring(_since(steps[begun : at + 1, 1]) + begun, at))
            r, begun = nothing, at + 1
    return found


def _since(steps: Floats) -> int:
    """The likeliest first observation after a change: where the sum before is smallest."""
    walked = np.concatenate(([0.0], np.cumsum(steps)[:-1]))
    return int(walked.argmin())


def expected_rate(happened: int, observed: int) -> float:
    """The rate that others have, at its 80 % upper bound (Clopper and Pearson).

    One half where nothing was observed; never outside (0, 1).
    """
    if observed == 0:
        return 0.5
    bound = (
        1.0
        if happened >= observed
        else float(special.betaincinv(happened + 1, observed - happened, BASELINE))
    )
    return min(max(bound, 1e-6), _MOST_RATE)


def pairs_that_stand_out(
    together: Sequence[int], of: Sequence[int], share: Sequence[float], level: float = 0.1
) -> npt.NDArray[np.bool_]:
    """Which pairs meet more often than the member's share of the work explains.

    Args:
        together: how often each pair met.
        of: how often the customer was there at all.
        share: of the work that is the member's, in (0, 1).
        level: of those that are named, the share that is named without cause, at most.

    Returns:
        One flag a pair.
    """
    if not len(together):
        return np.zeros(0, dtype=np.bool_)
    chance = special.bdtrc(np.asarray(together) - 1, np.asarray(of), np.asarray(share, np.float64))
    return within_the_rate(np.asarray(chance, np.float64), level)
