"""The pooled promise: one path through all segments, learned on the older half, tested on the newer.

Where segments are thin, each alone proves nothing, while together they do. The older half orders steps
(one stretch of amounts of one segment) by how seldom they are likely to be declined; the path ends where
a step's *own* likely rate exceeds the tolerance, so that no good segment pays for a bad one; the newer half
tests all beginnings of the path at once. The promise is about everything let go together.

A segment that the newer answers speak against by itself (it has changed, or is clearly over the tolerance) is
taken out. Which ones is decided by the outcomes that also test the rest, so each set of segments taken out
has its own, fixed share of the chance of error (a weighted Bonferroni correction over all sets).
"""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt

from remit_engine.evidence.bounds import log_evidence, log_evidence_over
from remit_engine.evidence.letgo.limit import Finding, changed_since, examine
from remit_engine.evidence.letgo.segments import Group
from remit_engine.evidence.letgo.values import Reason, Settings, Verdict
from remit_engine.history.table import History

_STRETCHES: Final = 10
_SHRINKAGE: Final = 25
"""A step's own rate weighs as much as the rates around it when it has this many answers."""
_AGAINST_ERROR: Final = 0.05
_FOR_TAKEN_OUT: Final = 0.05
"""Share of the chance of error kept for proposals without some of the segments."""

Table = npt.NDArray[np.float64]


def pooled_limits(
    history: History, groups: list[Group], settings: Settings, older: npt.NDArray[np.bool_]
) -> list[Finding]:
    """One finding per group; those let go hold together as one promise.

    Args:
        history: answers by people.
        groups: the groups looked at.
        settings: tolerance and confidence.
        older: mask over the history, True in its older half.
    """
    error, tolerance = 1 - settings.confidence, settings.tolerance
    alone = [
        examine(history, group, group.rows[~older[group.rows]], tolerance=tolerance, error=error)
        for group in groups
    ]
    if not groups:
        return []
    edges = _edges(history.amount[np.concatenate([group.rows for group in groups])])
    learned = [_counted(history, group, edges, older) for group in groups]
    tested = [_counted(history, group, edges, ~older) for group in groups]
    path = _path(np.array([asked for asked, _ in learned]), np.array([bad for _, bad in learned]), tolerance)
    ends = {segment: int(edges[step]) for segment, step in path}
    against = _against(history, groups, ends, older, tolerance)
    level = error * _share(len(against), len(ends))
    path = [(segment, step) for segment, step in path if segment not in against]
    asked = np.cumsum([tested[segment][0][step] for segment, step in path])
    bad = np.cumsum([tested[segment][1][step] for segment, step in path])
    passed = np.flatnonzero(log_evidence(bad, asked, tolerance) >= -math.log(level))
    upto = dict(path[: int(passed[-1]) + 1] if len(passed) else [])
    findings = [
        _with_limit(
            replace(finding, error=level),
            _reached(history, finding, int(edges[upto[i]])) if i in upto else None,
            against.get(i),
            history,
        )
        for i, finding in enumerate(alone)
    ]
    return _unless_changed(history, findings, tolerance)


def _against(
    history: History,
    groups: list[Group],
    ends: dict[int, int],
    older: npt.NDArray[np.bool_],
    tolerance: float,
) -> dict[int, date | None]:
    """Segments of the path that their own answers speak against, with the day of a change or None."""
    found: dict[int, date | None] = {}
    for segment, end in ends.items():
        rows = groups[segment].rows
        rows = rows[history.amount[rows] <= end]
        newer = rows[~older[rows]]
        since = changed_since(history, rows, tolerance)
        over = log_evidence_over(int(history.declined[newer].sum()), len(newer), tolerance)
        if since is not None or over >= -math.log(_AGAINST_ERROR):
            found[segment] = since
    return found


def _share(taken_out: int, segments: int) -> float:
    """Share of the chance of error for one set of segments taken out; adds up to at most 1 over all sets."""
    if taken_out == 0:
        return 1 - _FOR_TAKEN_OUT
    return _FOR_TAKEN_OUT * 2.0**-taken_out / math.comb(segments, taken_out)


def _edges(amount: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Upper ends of stretches with about equally many questions of all groups together, rising."""
    parts = np.linspace(0, 1, _STRETCHES + 1)[1:]
    return np.unique(np.quantile(amount, parts, method="higher")).astype(np.int64)


def _counted(
    history: History, group: Group, edges: npt.NDArray[np.int64], half: npt.NDArray[np.bool_]
) -> tuple[Table, Table]:
    """Asked and declined per stretch, in one half."""
    rows = group.rows[half[group.rows]]
    step = np.searchsorted(edges, history.amount[rows])
    asked = np.bincount(step, minlength=len(edges)).astype(np.float64)
    bad = np.bincount(step, weights=history.declined[rows], minlength=len(edges))
    return asked, bad.astype(np.float64)


def _reached(history: History, finding: Finding, edge: int) -> int | None:
    """The limit that a group reaches: the end of its last stretch, not beyond the largest amount asked."""
    amounts = history.amount[finding.group.rows]
    return min(edge, int(amounts.max())) if bool((amounts <= edge).any()) else None


def _path(asked: Table, bad: Table, tolerance: float) -> list[tuple[int, int]]:
    """Steps (segment, stretch) in the order of their likely rate, up to the tolerance."""
    overall = (bad.sum() + 1) / (asked.sum() + 20)
    segment = (bad.sum(axis=1) + _SHRINKAGE * overall) / (asked.sum(axis=1) + _SHRINKAGE)
    stretch = (bad.sum(axis=0) + _SHRINKAGE * overall) / (asked.sum(axis=0) + _SHRINKAGE)
    around = np.sqrt(segment[:, None] * stretch[None, :])
    likely = np.maximum.accumulate((bad + _SHRINKAGE * around) / (asked + _SHRINKAGE), axis=1)
    segments, stretches = np.indices(likely.shape)
    order = np.lexsort((stretches.ravel(), segments.ravel(), likely.ravel()))
    order = order[likely.ravel()[order] <= tolerance]
    return [(int(segments.ravel()[i]), int(stretches.ravel()[i])) for i in order]


def _with_limit(finding: Finding, limit: int | None, changed: date | None, history: History) -> Finding:
    """The finding with the limit of the path in place of what the segment alone would prove."""
    if limit is not None:
        everything = limit >= int(history.amount[finding.group.rows].max())
        reason = Reason.NO_LIMIT_SEEN if everything else Reason.CERTIFIED
        return replace(
            finding, verdict=Verdict.LET_GO, reason=reason, limit=limit, more_needed=None, changed_since=None
        )
    if changed is not None:
        return replace(
            finding,
            verdict=Verdict.NOT_YET,
            reason=Reason.CHANGED,
            limit=None,
            more_needed=None,
            changed_since=changed,
        )
    if finding.verdict is Verdict.LET_GO:
        return replace(finding, verdict=Verdict.NOT_YET, reason=Reason.UNCLEAR, limit=None)
    return finding


def _unless_changed(history: History, findings: list[Finding], tolerance: float) -> list[Finding]:
    """The findings; nothing is let go when declines in all of it together have become more frequent."""
    together = np.concatenate([finding.let_go(history) for finding in findings])
    since = changed_since(history, together, tolerance)
    if since is None:
        return findings
    return [
        replace(finding, verdict=Verdict.NOT_YET, reason=Reason.CHANGED, limit=None, changed_since=since)
        if finding.verdict is Verdict.LET_GO
        else finding
        for finding in findings
    ]
