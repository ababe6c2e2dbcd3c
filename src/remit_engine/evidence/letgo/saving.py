"""What letting go would have saved, and what it would have cost."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from remit_engine.evidence.bounds import Floats
from remit_engine.evidence.letgo.values import Cost, Interval, Saved, Settings, Waiting
from remit_engine.evidence.rare_amounts import sum_interval
from remit_engine.evidence.sums import total
from remit_engine.evidence.weeks import by_week, next_weeks, variance_of_sum
from remit_engine.history.table import MISSING, Answer, History, Integers
from remit_engine.moments import hours_between, working_hours_between


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
        variance = variance_of_sum(weekly(history, bad, values.astype(np.float64)))
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
    return by_week(everything, everything[rows], values)


def _forecast(weeks: Floats, confidence: float) -> Interval | None:
    """The next quarter; None with too few weeks."""
    ahead = next_weeks(weeks, confidence)
    return None if ahead is None else Interval(*ahead)


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
