"""The weeks to come: intervals over weeks, an upper bound for declines, and scenarios that are called so."""

from __future__ import annotations

import numpy as np

from remit_engine.evidence.bounds import Floats, rate_at_most
from remit_engine.evidence.letgo.values import Interval
from remit_engine.evidence.weeks import FEWEST_WEEKS, by_week, next_weeks, units_of
from remit_engine.evidence.what_if.past import Moves
from remit_engine.evidence.what_if.values import DRIFTS, Ahead, Drift, Looking
from remit_engine.history.table import Bools


def ahead(moves: Moves, looking: Looking) -> Ahead | None:
    """What the weeks to come would bring if people ask for the same things; None with too few weeks."""
    whole = _weeks(moves, moves.avoided, np.ones(len(moves.past)))
    avoided = _interval(whole, looking)
    if avoided is None:
        return None
    amount = _sure(_interval(_weeks(moves, moves.avoided, moves.after.amounts.astype(np.float64)), looking))
    rate, declined = _declined(moves, whole, looking)
    return Ahead(
        weeks=looking.ahead,
        from_weeks=len(whole),
        unit_weeks=units_of(whole)[1],
        avoided=avoided,
        added=_sure(_interval(_weeks(moves, moves.added, np.ones(len(moves.past))), looking)),
        hours=_hours(moves, looking),
        amount=amount,
        declined_rate=rate,
        declined=declined,
        drifts=tuple(Drift(more, _times(amount, 1 + more)) for more in DRIFTS),
    )


def weeks_missing(moves: Moves) -> int:
    """How many whole weeks more it takes to say something about those to come."""
    whole = len(_weeks(moves, moves.avoided, np.ones(len(moves.past))))
    return max(0, FEWEST_WEEKS - whole)


def _declined(moves: Moves, avoided_weeks: Floats, looking: Looking) -> tuple[float | None, float | None]:
    """At most which share of the decisions freed would be declined, and so about how many of those to come.

    The share is the bound of `remit_engine.evidence.bounds`, at half the chance of error; the other half goes
    to how many such decisions there will be, so that both hold together.
    """
    known = moves.freed & moves.answered
    many, error = int(known.sum()), 1 - looking.confidence
    if not many:
        return None, None
    rate = float(rate_at_most(int(moves.let_through.sum()), many, error))
    half = float(rate_at_most(int(moves.let_through.sum()), many, error / 2))
    # one end of an interval with the whole error on both ends has half of it
    most = next_weeks(avoided_weeks, 1 - error, ahead=looking.ahead)
    return rate, None if most is None else half * most[2]


def _hours(moves: Moves, looking: Looking) -> Interval | None:
    known = moves.at_once & ~np.isnan(moves.hours)
    if not known.any():
        return None
    return _interval(_weeks(moves, known, moves.hours), looking)


def _weeks(moves: Moves, mask: Bools, values: Floats) -> Floats:
    moment = moves.past.requests.moment
    return by_week(moment, moment[mask], values[mask])


def _interval(weeks: Floats, looking: Looking) -> Interval | None:
    found = next_weeks(weeks, looking.confidence, ahead=looking.ahead)
    return None if found is None else Interval(*found)


def _sure(interval: Interval | None) -> Interval:
    """All rows lie in the same weeks, so where one interval can be given, all can."""
    if interval is None:
        raise RuntimeError("weeks that are enough for one figure and not for another")
    return interval


def _times(interval: Interval, factor: float) -> Interval:
    return Interval(interval.low * factor, interval.value * factor, interval.high * factor)
