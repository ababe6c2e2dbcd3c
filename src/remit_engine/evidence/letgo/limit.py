"""The verdict about one group: let go up to a limit, not yet, or no."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from remit_engine.evidence.bounds import log_evidence_over, more_answers_needed
from remit_engine.evidence.drift import changed_at
from remit_engine.evidence.letgo.profile import Profile
from remit_engine.evidence.letgo.segments import Group
from remit_engine.evidence.letgo.values import Reason, Verdict
from remit_engine.history.table import History, Integers

_PROSPECT: Final = 0.1
"""A stretch at the small end with this share of the questions is worth waiting for."""
_PROSPECT_FROM: Final = 20
_REAL_WORK_ERROR: Final = 0.05


@dataclass(frozen=True, slots=True)
class Finding:
    """A group and what is said about it.

    Attributes:
        group: its rows in the whole history.
        tested: the rows whose outcomes were looked at (the newer half, for groups that the older half made).
        error: the chance of error spent.
        profile: of the tested rows.
        limit: minor units; None unless something is let go.
        narrowed: key of the group that the older half narrowed to this one, or None.
    """

    group: Group
    tested: Integers
    error: float
    profile: Profile
    verdict: Verdict
    reason: Reason
    limit: int | None = None
    more_needed: int | None = None
    changed_since: date | None = None
    narrowed: str | None = None

    def let_go(self, history: History) -> Integers:
        """Rows of the history that would not have been asked."""
        if self.limit is None:
            return self.group.rows[:0]
        return self.group.rows[history.amount[self.group.rows] <= self.limit]


def examine(
    history: History,
    group: Group,
    tested: Integers,
    *,
    tolerance: float,
    error: float,
    narrowed: str | None = None,
) -> Finding:
    """Look at the outcomes of a group's tested rows and say what follows.

    Args:
        history: answers by people, oldest first.
        group: the group.
        tested: row indices of the group whose outcomes may be used; see `Finding`.
        tolerance: the tolerated share of declines.
        error: the chance of error for this group.
        narrowed: see `Finding`.
    """
    declined = history.declined[tested]
    profile = Profile.of(history.amount[tested], declined)

    def said(verdict: Verdict, reason: Reason, **more: object) -> Finding:
        return Finding(group, tested, error, profile, verdict, reason, narrowed=narrowed, **more)  # type: ignore[arg-type]

    limit = profile.best(tolerance, error)
    if limit is not None:
        changed = changed_since(history, tested[history.amount[tested] <= limit], tolerance)
        if changed is not None:
            return said(Verdict.NOT_YET, Reason.CHANGED, changed_since=changed)
        everything = limit == int(profile.limit[-1])
        reason = Reason.NO_LIMIT_SEEN if everything else Reason.CERTIFIED
        return said(Verdict.LET_GO, reason, limit=limit)
    changed = _good_until(history, tested, tolerance, error)
    if changed is not None:
        return said(Verdict.NOT_YET, Reason.CHANGED, changed_since=changed)
    reason, more_needed = _why_not(profile, tolerance, error)
    verdict = Verdict.NO if reason is Reason.REAL_WORK else Verdict.NOT_YET
    return said(verdict, reason, more_needed=more_needed)


def _why_not(profile: Profile, tolerance: float, error: float) -> tuple[Reason, int | None]:
    """Too few, unclear, or real work; and about how many more answers would do."""
    if not len(profile):
        return Reason.TOO_FEW, None
    asked, declined = int(profile.asked[-1]), int(profile.declined[-1])
    end = profile.within(tolerance) - 1
    promising = int(profile.asked[end]) if end >= 0 else 0
    if is_promising(promising, asked):
        more = more_answers_needed(int(profile.declined[end]), promising, tolerance, error)
        if more is not None:
            return Reason.TOO_FEW, more
    if log_evidence_over(declined, asked, tolerance) >= -math.log(_REAL_WORK_ERROR):
        return Reason.REAL_WORK, None
    return Reason.UNCLEAR, None


def is_promising(below: int, asked: int) -> bool:
    """Whether so many questions at the small end, of all that were asked, are worth waiting for."""
    return below >= max(_PROSPECT_FROM, _PROSPECT * asked)


def changed_since(history: History, rows: Integers, tolerance: float) -> date | None:
    """The day since when declines among the rows are more frequent than tolerated; None when they aren't."""
    timed = _timed(history, rows)
    start = changed_at(history.declined[timed], tolerance)
    return None if start is None else _day(history, timed[start])


def _good_until(history: History, rows: Integers, tolerance: float, error: float) -> date | None:
    """The day of a change before which a limit would have been certified; None when there is none."""
    timed = _timed(history, rows)
    start = changed_at(history.declined[timed], tolerance)
    if start is None:
        return None
    before = timed[:start]
    good = Profile.of(history.amount[before], history.declined[before]).best(tolerance, error)
    return None if good is None else _day(history, timed[start])


def _timed(history: History, rows: Integers) -> Integers:
    """The rows whose time is known, oldest first."""
    return np.sort(rows[~np.isnat(history.moment[rows])])


def _day(history: History, row: int) -> date:
    day: date = history.moment[row].astype("datetime64[D]").item()
    return day
