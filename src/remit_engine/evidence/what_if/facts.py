"""Facts about the past: counts and sums that need no interval, since they happened."""

from __future__ import annotations

import numpy as np

from remit_engine.charter.levels import Level
from remit_engine.evidence.letgo.values import Period, Waiting
from remit_engine.evidence.sums import total
from remit_engine.evidence.what_if.past import Moves
from remit_engine.evidence.what_if.values import Added, Avoided, LetThrough, Looking, Moved
from remit_engine.history.replay import Tally
from remit_engine.history.replay.result import tallied
from remit_engine.history.table import Answer, Bools, Integers
from remit_engine.moments import Floats, Moments, in_zone, open_hours_between, working_hours_between

_WEEK_DAYS = 7


def tally(amounts: Integers, mask: Bools) -> Tally:
    """How many rows, and what they ask for."""
    return Tally(int(mask.sum()), total(amounts[mask]))


def largest_share(amounts: Integers, mask: Bools) -> float | None:
    """The share of the largest amount in the sum: one large case may be most of it."""
    whole = total(amounts[mask])
    return int(amounts[mask].max()) / whole if whole else None


def moved(moves: Moves) -> tuple[Moved, ...]:
    """Every level that changes into another, with its rows."""
    many = len(Level)
    cells = (moves.past.levels * np.int8(many) + moves.after.levels).astype(np.int8)
    found = tallied(cells, moves.after.amounts, many**2)
    return tuple(
        Moved(before, after, found[before * many + after])
        for before in Level
        for after in Level
        if before is not after and found[before * many + after].rows
    )


def avoided(moves: Moves, looking: Looking) -> Avoided:
    """Questions that nobody would have had to ask."""
    amounts, mask = moves.after.amounts, moves.avoided
    return Avoided(
        rows=int(mask.sum()),
        amount=total(amounts[mask]),
        approved=tally(amounts, mask & moves.answered & ~moves.declined),
        without_answer=int((mask & ~moves.answered).sum()),
        at_once=int(moves.at_once.sum()),
        largest_share=largest_share(amounts, mask),
        waiting=waiting(moves, looking),
    )


def waiting(moves: Moves, looking: Looking) -> Waiting | None:
    """Waiting of what would have been given at once, where both times are known."""
    known = moves.at_once & ~np.isnan(moves.hours)
    if not known.any():
        return None
    asked_at, answered_at = moves.past.asked_at[known], moves.past.answered_at[known]
    working = _working(asked_at, answered_at, looking, moves.past.zone)
    # sorted, so that sums come out the same whatever the order of the rows
    hours, working = np.sort(moves.hours[known]), np.sort(working)
    return Waiting(
        known=len(hours),
        total=float(hours.sum()),
        median=float(np.median(hours)),
        p90=float(np.quantile(hours, 0.9)),
        working_total=float(working.sum()),
        working_median=float(np.median(working)),
        working_p90=float(np.quantile(working, 0.9)),
    )


def _working(start: Moments, end: Moments, looking: Looking, zone: str | None) -> Floats:
    if looking.opening is not None:
        return open_hours_between(start, end, week=looking.opening, zone=zone)
    return working_hours_between(
        start, end, days=looking.working_days, hours=looking.working_hours, zone=zone
    )


def let_through(moves: Moves) -> LetThrough:
    """What was not plainly approved, and would have gone through."""
    amounts, mask = moves.after.amounts, moves.let_through
    log = moves.past.requests.log
    plain = mask if log is None else mask & (log.answer == Answer.DECLINED)
    return LetThrough(
        rows=int(mask.sum()),
        amount=total(amounts[mask]),
        plain=tally(amounts, plain),
        largest_share=largest_share(amounts, mask),
        answered=int((moves.freed & moves.answered).sum()),
    )


def added(moves: Moves) -> Added:
    """Questions that would have had to be asked; their answers are nobody's to know."""
    asked = (moves.past.levels == Level.ASK) & ~np.isnan(moves.hours)
    usual = float(np.median(moves.hours[asked])) if asked.any() else None
    rows = int(moves.added.sum())
    return Added(
        rows=rows,
        amount=total(moves.after.amounts[moves.added]),
        hours_if_as_usual=None if usual is None else rows * usual,
    )


def period(moves: Moves) -> Period | None:
    """First and last day, on the wall clock of the zone."""
    moment = moves.past.requests.moment
    known = moment[~np.isnat(moment)]
    if not len(known):
        return None
    ends = in_zone(np.array([known.min(), known.max()]), moves.past.zone)
    first, last = ends.astype("datetime64[D]").tolist()
    weeks = float((known.max() - known.min()) / np.timedelta64(_WEEK_DAYS, "D"))
    return Period(first, last, weeks)
