"""Rows into weeks: the mean of each team and week, with amounts cut at a limit.

Amounts of money have a long tail: one gift of thousands would be the effect. So what is above a limit counts
as the limit, and how much that was is told with it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from remit_engine.evidence.effect.values import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Weekly:
    """Weeks of teams.

    Attributes:
        values: means, teams by weeks; NaN where there was no row.
        counts: rows of each.
        cut: how many rows were above the limit.
    """

    values: Floats
    counts: Floats
    cut: int


def weekly_means(
    team: npt.ArrayLike,
    week: npt.ArrayLike,
    values: npt.ArrayLike,
    *,
    teams: int,
    weeks: int,
    limit: float | None = None,
) -> Weekly:
    """The mean of each team and week.

    Args:
        team: of each row its team, counted from 0.
        week: of each row its week, counted from 0.
        values: one each; money in minor units.
        teams: how many teams there are.
        weeks: how many weeks there are.
        limit: what is above counts as the limit; the same for all teams and weeks, and set beforehand.

    Raises:
        ValueError: a row has a team or a week that isn't there, or no number.
    """
    of_team, of_week = np.asarray(team, np.int64), np.asarray(week, np.int64)
    numbers = np.asarray(values, np.float64)
    if not np.isfinite(numbers).all():
        raise ValueError("a row has no number")
    inside = (of_team >= 0) & (of_team < teams) & (of_week >= 0) & (of_week < weeks)
    if not inside.all():
        raise ValueError("a row has a team or a week that isn't there")
    cut = numbers > limit if limit is not None else np.zeros(len(numbers), dtype=np.bool_)
    kept = np.minimum(numbers, limit) if limit is not None else numbers
    cell = of_team * weeks + of_week
    counts = np.bincount(cell, minlength=teams * weeks).reshape(teams, weeks).astype(np.float64)
    sums = np.bincount(cell, weights=kept, minlength=teams * weeks).reshape(teams, weeks)
    means = np.where(counts > 0, sums / np.maximum(counts, 1.0), np.nan)
    return Weekly(means, counts, int(cut.sum()))
