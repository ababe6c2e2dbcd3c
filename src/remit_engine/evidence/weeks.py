"""From one week to the next: totals by week, and what follows from them for the weeks to come.

Questions of one week resemble each other (a busy week, a new dish), so weeks are the units, and never
questions: intervals that take questions as independent cover 26 to 57 % of the time instead of 95 %. From 24
weeks on, four of them are one unit, since neighbouring weeks resemble each other, too.

With units `x_1 … x_W` that are exchangeable, the sum of the next `h` of them lies in

    h mean(x) ± t(W - 1) sd(x) sqrt(h + h² / W)

(the usual prediction interval of a sum of normal units; Student's t for the spread that is only estimated).
Coverage as measured, with and without dependence between weeks: docs/explanation/what-if.md. Blocks:
Politis and Romano, J. Am. Stat. Assoc. 89, 1994.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from remit_engine.evidence.bounds import Floats
from remit_engine.history.table import Moments

WEEK: Final = np.timedelta64(7, "D")
QUARTER_WEEKS: Final = 13
FEWEST_WEEKS: Final = 8
"""With fewer whole weeks nothing is said about those to come."""
_BLOCK_WEEKS: Final = 4
_BLOCKS_FROM: Final = 24


def by_week(everything: Moments, when: Moments, values: Floats) -> Floats:
    """Sums per whole week, counted from the first moment of a history.

    Args:
        everything: datetime64 of all rows of the history, which say how many weeks it has; without NaT.
        when: moments of the rows that are added up.
        values: what each of them adds.

    Returns:
        float64, one a whole week; empty when there are no times or no whole week.
    """
    known = everything[~np.isnat(everything)]
    if not len(known):
        return np.zeros(0)
    first, last = known.min(), known.max()
    weeks = int((last - first) // WEEK)
    if weeks == 0:
        return np.zeros(0)
    inside = ~np.isnat(when)
    week = ((when[inside] - first) // WEEK).astype(np.int64)
    summed: Floats = np.bincount(week, weights=values[inside], minlength=weeks + 1)[:weeks].astype(np.float64)
    return summed


def units_of(weeks: Floats) -> tuple[Floats, int]:
    """Sums of the units that are taken as exchangeable, and the weeks in each."""
    if len(weeks) < _BLOCKS_FROM:
        return weeks, 1
    whole = len(weeks) // _BLOCK_WEEKS * _BLOCK_WEEKS
    return weeks[-whole:].reshape(-1, _BLOCK_WEEKS).sum(axis=1), _BLOCK_WEEKS


def next_weeks(
    weeks: Floats, confidence: float, *, ahead: int = QUARTER_WEEKS
) -> tuple[float, float, float] | None:
    """The sum of the next weeks, if they are like those that were; None with too few of them.

    Args:
        weeks: sums per whole week, in order; never negative.
        confidence: two-sided, for example 0.95.
        ahead: how many weeks.

    Returns:
        (low, middle, high); never below 0.
    """
    if len(weeks) < FEWEST_WEEKS:
        return None
    units, length = units_of(weeks)
    horizon = ahead / length
    middle = horizon * float(units.mean())
    spread = float(units.std(ddof=1)) * float(np.sqrt(horizon + horizon**2 / len(units)))
    from scipy.special import stdtrit  # noqa: PLC0415 (SciPy takes long to load; pages that forecast nothing don't)

    wide = float(stdtrit(len(units) - 1, (1 + confidence) / 2)) * spread
    return max(0.0, middle - wide), middle, middle + wide


def variance_of_sum(weeks: npt.NDArray[np.float64]) -> float:
    """Variance of the sum over all weeks, from the variation between units; 0 with too few weeks."""
    if len(weeks) < FEWEST_WEEKS:
        return 0.0
    units, _ = units_of(weeks)
    return float(units.var(ddof=1)) * len(units)
