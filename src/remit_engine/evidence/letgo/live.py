"""Letting go on a display that is looked at every day: what it says is right whenever one looks, for ever.

`letgo` is for a frozen history: all limits at once, looked at once. Looked at every week it breaks its
promise in 11 to 13 of 100 histories. Here the same evidence is taken in the order of time, for at most six
limits that were fixed beforehand (`watch`). Against *the average chance of a decline up to this limit is the
tolerance or more* the evidence reaches `1 / error` at any time with probability at most `error` (Ville 1939),
so its largest value so far may be kept. The chance of error of a segment is shared equally among its rungs,
from careful to bold; a rung that is proven hands its share on to the next one (the *fallback* procedure).
Segments share the whole chance of error equally.

A question counts once every question asked before it has its answer: slow declines can't come too late.

Sources: Ville, *Étude critique de la notion de collectif*, 1939; Wiens, *A fixed sequence Bonferroni
procedure for testing multiple endpoints*, Pharm. Stat. 2, 2003; Howard et al., Ann. Stat. 49(2), 2021.
"""

from __future__ import annotations

import math
from datetime import date

import numpy as np

from remit_engine.evidence.bounds import (
    answers_needed,
    log_evidence,
    log_evidence_over,
    rate_at_most,
)
from remit_engine.evidence.letgo import checks
from remit_engine.evidence.letgo.limit import changed_since, is_promising
from remit_engine.evidence.letgo.live_values import Live, LiveSegment, Rung, Watch, Watched
from remit_engine.evidence.letgo.profile import Profile
from remit_engine.evidence.letgo.saving import cost, saved, waiting_of
from remit_engine.evidence.letgo.segments import counts, oldest_first
from remit_engine.evidence.letgo.values import Reason, Settings, Verdict
from remit_engine.evidence.letgo.watch import group_of
from remit_engine.history.table import History, Integers

_REAL_WORK_ERROR = 0.05


def live_letgo(
    history: History,
    watch: Watch,
    *,
    open_since: np.datetime64 | None = None,
    working_days: frozenset[int] = frozenset(range(5)),
    working_hours: tuple[float, float] = (9.0, 17.0),
) -> Live:
    """What may be let go, said so that it is right whenever one looks.

    Args:
        history: the answers of the window; what today's charter lets go already is not among them.
        watch: fixed before their outcomes were looked at.
        open_since: when the oldest question was asked that has no answer yet; what was asked since waits.
        working_days: weekdays in which waiting is counted too, Monday is 0.
        working_hours: first and last hour of a working day.
    """
    settings = Settings(
        watch.tolerance,
        watch.confidence,
        working_days=frozenset(working_days),
        working_hours=working_hours,
    )
    answers = oldest_first(_answered_in_order(history, open_since))
    segments = tuple(_segment(answers, each, watch, settings) for each in watch.segments)
    inside = np.zeros(len(answers), dtype=np.bool_)
    for each in watch.segments:
        inside |= group_of(each).found_in(answers)
    going = _together(answers, segments)
    moments = answers.moment[~np.isnat(answers.moment)]
    return Live(
        settings=settings,
        counts=counts(answers, np.arange(len(answers))),
        elsewhere=int((~inside).sum()),
        first=moments.min().astype("datetime64[D]").item() if len(moments) else None,
        last=moments.max().astype("datetime64[D]").item() if len(moments) else None,
        segments=tuple(sorted(segments, key=_order)),
        saved=saved(answers, going, len(answers), settings) if len(going) else None,
        cost=cost(answers, going, settings) if len(going) else None,
    )


def _answered_in_order(history: History, open_since: np.datetime64 | None) -> History:
    if open_since is None:
        return history
    return history.take(~(history.moment >= open_since.astype("datetime64[s]")))


def _segment(history: History, watched: Watched, watch: Watch, settings: Settings) -> LiveSegment:
    rows = np.flatnonzero(group_of(watched).found_in(history))
    profile = Profile.of(history.amount[rows], history.declined[rows])
    rungs = rungs_held(
        history.amount[rows], history.declined[rows], watched.rungs, watch.tolerance, watch.error_each
    )
    verdict, reason, limit, more, changed = _judged(history, rows, rungs, watch.tolerance)
    going = rows[history.amount[rows] <= limit] if limit is not None else rows[:0]
    return LiveSegment(
        watched=watched,
        verdict=verdict,
        reason=reason,
        counts=counts(history, rows),
        rungs=rungs,
        bands=profile.bands(),
        limit=limit,
        more_needed=more,
        changed_since=changed,
        waiting=waiting_of(history, rows, settings),
        saved=saved(history, going, len(rows), settings) if len(going) else None,
        cost=cost(history, going, settings) if len(going) else None,
        recent=checks.recent(history, going) if len(going) else None,
        lines=tuple(history.line[rows].tolist()),
    )


def rungs_held(
    amount: Integers,
    declined: np.typing.NDArray[np.bool_],
    limits: tuple[int, ...],
    tolerance: float,
    error: float,
) -> tuple[Rung, ...]:
    """The rungs of one segment with their evidence, by the fallback procedure.

    Args:
        amount: int64 minor units, in the order of time.
        declined: outcomes in the same order.
        limits: rungs, rising.
        tolerance: the tolerated share of declines.
        error: the chance of error of all of them together, at any time.
    """
    profile = Profile.of(amount, declined)
    share = error / max(len(limits), 1)
    handed_on = 0.0
    held: list[Rung] = []
    for limit in limits:
        inside = declined[amount <= limit]
        bad = np.cumsum(inside)
        asked, level = len(inside), share + handed_on
        path = log_evidence(bad, np.arange(1, asked + 1), tolerance)
        largest = float(path.max(initial=0.0))
        proven = largest >= -math.log(level)
        handed_on = level if proven else 0.0
        seen = int(bad[-1]) if asked else 0
        place = profile.place(limit)
        held.append(
            Rung(
                limit=limit,
                asked=asked,
                declined=seen,
                rate_here=float(profile.here[place]) if place >= 0 else 0.0,
                evidence=largest,
                level=level,
                proven=proven,
                rate_at_most=float(rate_at_most(seen, asked, share)),
                flawless_needed=0 if proven else max(1, answers_needed(seen, tolerance, level) - asked),
            )
        )
    return tuple(held)


def _judged(
    history: History, rows: Integers, rungs: tuple[Rung, ...], tolerance: float
) -> tuple[Verdict, Reason, int | None, int | None, date | None]:
    """Verdict, reason, limit, how many more are needed, and since when it is otherwise."""
    within = [rung for rung in rungs if rung.rate_here <= tolerance * (1 + 1e-9)]
    ever = [rung for rung in rungs if rung.proven]
    proven = [rung for rung in within if rung.proven]
    if ever:
        upto = (proven or ever)[-1].limit
        changed = changed_since(history, rows[history.amount[rows] <= upto], tolerance)
        if changed is not None:
            return Verdict.NOT_YET, Reason.CHANGED, None, None, changed
    if proven:
        best = proven[-1]
        is_all = best.limit == rungs[-1].limit
        return Verdict.LET_GO, Reason.NO_LIMIT_SEEN if is_all else Reason.CERTIFIED, best.limit, None, None
    asked = len(rows)
    promising = [rung for rung in within if is_promising(rung.asked, asked)]
    if promising or not asked:
        fewest = min((rung.flawless_needed for rung in promising), default=None)
        return Verdict.NOT_YET, Reason.TOO_FEW, None, fewest, None
    declined = int(history.declined[rows].sum())
    if log_evidence_over(declined, asked, tolerance) >= -math.log(_REAL_WORK_ERROR):
        return Verdict.NO, Reason.REAL_WORK, None, None, None
    fewest = min((rung.flawless_needed for rung in rungs), default=None)
    return Verdict.NOT_YET, Reason.UNCLEAR, None, fewest, None


def _together(history: History, segments: tuple[LiveSegment, ...]) -> Integers:
    """Rows of everything let go."""
    going = np.zeros(len(history), dtype=np.bool_)
    for segment in segments:
        if segment.limit is not None:
            going |= group_of(segment.watched).found_in(history) & (history.amount <= segment.limit)
    return np.flatnonzero(going)


def _order(segment: LiveSegment) -> tuple[int, int, str]:
    first = [Verdict.LET_GO, Verdict.NOT_YET, Verdict.NO].index(segment.verdict)
    size = segment.saved.approvals if segment.saved else segment.counts.asked
    return first, -size, segment.watched.key
