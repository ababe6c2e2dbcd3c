"""What letting go would have saved, and what it would have cost."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import stats

from remit_engine.evidence.bounds import Floats, sum_interval
from remit_engine.evidence.letgo.values import Cost, Interval, Saved, Settings, Waiting
from remit_engine.evidence.sums import total
from remit_engine.history.table import MISSING, Answer, History, Integers
from remit_engine.moments import hours_between, working_hours_between

_WEEK: Final = np.timedelta64(7, "D")
_QUARTER_WEEKS: Final = 13
_FEWEST_WEEKS: Final = 8
_BLOCK_WEEKS: Final = 4
_BLOCKS_FROM: Final = 24
"""With so many weeks, blocks of four are the units: neighbouring weeks resemble each other."""


def saved(history: History, rows: Integers, asked: int, settings: Settings) -> Saved:
    """What would not have been asked.

    Args:
        history: answers by people.
        rows: the questions let go.
        asked: the questions of which they are a share.
        settings: working hours and confidence.
    """
    weeks = weekly(history, rows, np.ones(len(rows)))
    people = np.unique(history.answered_by.codes[rows[~history.automatic[rows]]])
    people = people[people != MISSING]
    per_manager = len(rows) / len(weeks) / len(people) if len(weeks) and len(people) else None
    return Saved(
        approvals=len(rows),
        share=len(rows) / asked if asked else 0.0,
        a_quarter=_forecast(weeks, settings.confidence),
        waiting=waiting_of(history, rows, settings),
        per_manager_week=per_manager,
    )


def cost(history: History, rows: Integers, settings: Settings) -> Cost:
    """What would have gone out although it was declined, in the same terms as `saved`."""
    bad = rows[history.declined[rows]]
    amounts = history.amount[bad]
    largest = int(history.amount[rows].max(initial=0))
    ones = np.ones(len(bad), dtype=np.int64)

    def interval(values: npt.NDArray[np.int64], biggest: int) -> Interval:
        variance = _variance(weekly(history, bad, values.astype(np.float64)))
        low, high = sum_interval(values, biggest, settings.confidence, variance=variance)
        return Interval(low, float(total(values)), high)

    return Cost(
        declined=len(bad),
        plain_declined=int((history.answer[bad] == Answer.DECLINED).sum()),
        declined_sum=total(amounts),
        count_interval=interval(ones, 1),
        sum_interval=interval(amounts, largest),
    )


def weekly(history: History, rows: Integers, values: Floats) -> Floats:
    """Sums of values per whole week of the whole history; empty when it has no times or no whole week."""
    everything = history.moment
    known = everything[~np.isnat(everything)]
    if not len(known):
        return np.zeros(0)
    first, last = known.min(), known.max()
    weeks = int((last - first) // _WEEK)
    if weeks == 0:
        return np.zeros(0)
    when = everything[rows]
    inside = ~np.isnat(when)
    week = ((when[inside] - first) // _WEEK).astype(np.int64)
    summed: Floats = np.bincount(week, weights=values[inside], minlength=weeks + 1)[:weeks].astype(np.float64)
    return summed


def _blocks(weeks: Floats) -> tuple[Floats, int]:
    """Sums of the units that are taken as exchangeable, and the weeks in each."""
    if len(weeks) < _BLOCKS_FROM:
        return weeks, 1
    whole = len(weeks) // _BLOCK_WEEKS * _BLOCK_WEEKS
    return weeks[-whole:].reshape(-1, _BLOCK_WEEKS).sum(axis=1), _BLOCK_WEEKS


def _forecast(weeks: Floats, confidence: float) -> Interval | None:
    """The next quarter, from week-to-week (or block-to-block) variation, by Student's t."""
    if len(weeks) < _FEWEST_WEEKS:
        return None
    units, length = _blocks(weeks)
    ahead = _QUARTER_WEEKS / length
    middle = ahead * float(units.mean())
    spread = float(units.std(ddof=1)) * float(np.sqrt(ahead + ahead**2 / len(units)))
    wide = float(stats.t.ppf((1 + confidence) / 2, len(units) - 1)) * spread
    return Interval(max(0.0, middle - wide), middle, middle + wide)


def _variance(weeks: Floats) -> float:
    """Variance of the sum over all weeks, from the variation between units; 0 with too few weeks."""
    if len(weeks) < _FEWEST_WEEKS:
        return 0.0
    units, _ = _blocks(weeks)
    return float(units.var(ddof=1)) * len(units)


def waiting_of(history: History, rows: Integers, settings: Settings) -> Waiting | None:
    """How long these questions waited; None where no time is known."""
    start, end = history.asked_at[rows], history.answered_at[rows]
    hours = hours_between(start, end)
    known = ~np.isnan(hours)
    if not known.any():
        return None
    working = working_hours_between(
        start[known],
        end[known],
        days=settings.working_days,
        hours=settings.working_hours,
        zone=history.zone,
    )
    # sorted, so that sums come out the same whatever the order of the rows
    hours, working = np.sort(hours[known]), np.sort(working)
    return Waiting(
        known=len(hours),
        total=float(hours.sum()),
        median=float(np.median(hours)),
        p90=float(np.quantile(hours, 0.9)),
        working_total=float(working.sum()),
        working_median=float(np.median(working)),
        working_p90=float(np.quantile(working, 0.9)),
    )
