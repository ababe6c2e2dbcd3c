"""Does it hold? Limits tried on newer answers, standards compared, the other reading of declines."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import special

from remit_engine.evidence.letgo.finding import find
from remit_engine.evidence.letgo.limit import Finding, examine
from remit_engine.evidence.letgo.values import Promise, Recent, SecondReading, Settings, Standards, TimeSplit
from remit_engine.history.table import MISSING, Answer, History, Integers

_COMPARED_FROM: Final = 30
_DIFFER_AT: Final = 0.01
_RECENT_WEEKS: Final = 8


def time_split(history: History, settings: Settings) -> TimeSplit | None:
    """Limits found on the first two thirds, tried on the last third; None without times.

    Args:
        history: answers by people, oldest first.
        settings: as for the whole run.
    """
    moments = history.moment
    timed = int((~np.isnat(moments)).sum())  # unknown times stand last
    if timed < 3:
        return None
    cut = 2 * timed // 3
    first, last = history.take(slice(cut)), history.take(slice(cut, timed))
    limits = [
        (finding.group, finding.limit)
        for finding in find(first, settings).findings
        if finding.limit is not None
    ]
    inside = np.zeros(len(last), dtype=np.bool_)
    for group, limit in limits:
        inside |= group.found_in(last) & (last.amount <= limit)
    asked, declined = int(inside.sum()), int(last.declined[inside].sum())
    day: date = moments[cut].astype("datetime64[D]").item()
    return TimeSplit(
        cut=day,
        asked=asked,
        declined=declined,
        kept=declined <= settings.tolerance * asked,
        segments=len(limits),
    )


def standards(history: History, findings: list[Finding]) -> Standards | None:
    """Do the people who answer differ more than luck explains, for questions of the same segment and size?

    Each person's declines are compared with what all together would have declined of the same questions
    (indirect standardisation); the sum of squared differences is compared with chi-square. No figure of a
    single person leaves this function.
    """
    if history.answered_by.is_absent:
        return None
    by_person = (history.answered_by.codes != MISSING) & ~history.automatic
    people = len(np.unique(history.answered_by.codes[by_person]))
    expected, seen, variance, sizes = (np.zeros(len(history.answered_by.names)) for _ in range(4))
    for finding in findings:
        answered = finding.group.rows[by_person[finding.group.rows]]
        for rows in _alike(history, answered):
            who = history.answered_by.codes[rows]
            bad = history.declined[rows]
            rate = bad.mean()
            asked = np.bincount(who, minlength=len(seen))
            seen += np.bincount(who, weights=bad, minlength=len(seen))
            expected += asked * rate
            variance += asked * rate * (1 - rate)
            sizes += asked
    compared = (sizes >= _COMPARED_FROM) & (variance > 0)
    count = int(compared.sum())
    if count < 2:
        return Standards(people, count, None, differ=False)
    statistic = float((((seen - expected) ** 2)[compared] / variance[compared]).sum())
    p_value = float(special.chdtrc(count - 1, statistic))
    return Standards(people, count, p_value, differ=p_value < _DIFFER_AT)


def _alike(history: History, rows: Integers) -> list[Integers]:
    """Rows cut into five stretches of similar amounts."""
    return [
        part for part in np.array_split(rows[np.argsort(history.amount[rows], kind="stable")], 5) if len(part)
    ]


def recent(history: History, rows: Integers) -> Recent | None:
    """The newest weeks of the questions let go; None without times."""
    moments = history.moment
    known = moments[~np.isnat(moments)]
    if not len(known):
        return None
    newest = rows[moments[rows] > known.max() - np.timedelta64(7 * _RECENT_WEEKS, "D")]
    return Recent(_RECENT_WEEKS, len(newest), int(history.declined[newest].sum()))


def asked_again(history: History) -> npt.NDArray[np.bool_]:
    """Mask of the declines after which the same case and kind was approved later."""
    resubmitted = np.zeros(len(history), dtype=np.bool_)
    known = np.flatnonzero(history.case != MISSING)
    if not len(known):
        return resubmitted
    _, case = np.unique(history.case[known], return_inverse=True)
    _, case = np.unique(case * (len(history.kind.names) + 1) + history.kind.codes[known], return_inverse=True)
    approved = history.answer[known] == Answer.APPROVED
    last = np.full(int(case.max()) + 1, -1)
    np.maximum.at(last, case[approved], known[approved])
    resubmitted[known] = ~approved & (last[case] > known)
    return resubmitted


def second_readings(
    history: History, findings: list[Finding], settings: Settings
) -> dict[str, SecondReading]:
    """What would be found if declines that were asked again and approved counted as approvals.

    By key of the group; groups without such a decline are left out.
    """
    again = asked_again(history)
    touched = [finding for finding in findings if again[finding.group.rows].any()]
    if not touched:
        return {}
    other = replace(history, answer=np.where(again, Answer.APPROVED, history.answer).astype(np.int8))
    if settings.promise is Promise.POOLED:  # what one group is let go depends on all
        limits = {finding.group.key: finding.limit for finding in find(other, settings).findings}
    else:
        limits = {
            finding.group.key: examine(
                other,
                finding.group,
                finding.tested,
                tolerance=settings.tolerance,
                error=finding.error,
            ).limit
            for finding in touched
        }
    return {
        finding.group.key: SecondReading(int(again[finding.group.rows].sum()), limits[finding.group.key])
        for finding in touched
    }
