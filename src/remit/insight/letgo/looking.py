"""The look at what could be let go, every night and on demand: read, reckoned, then kept in one write.

Everything that takes time is reckoned before the write. What is kept is all of a team or nothing of it, and
kept once more it is the same.
"""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date
from statistics import median
from typing import Any, Final

import numpy as np
from django.db.models import F

from remit.approvals.models import Approval, Asked
from remit.charters.in_force import InForce, charter_of
from remit.core.clock import today
from remit.core.errors import Refusal
from remit.findings.actions import Found, fix_segments, keep_found, open_window
from remit.findings.models import Window
from remit.insight.letgo.answers import Answers, answers_of
from remit.insight.letgo.so_far import so_far
from remit.people.models import Team
from remit_engine.charter.document import Charter
from remit_engine.evidence.letgo.live import live_letgo
from remit_engine.evidence.letgo.live_values import Live, LiveSegment, Watch
from remit_engine.evidence.letgo.watch import plan_watch
from remit_engine.history.replay import already_let_go
from remit_engine.history.table import History

TOLERANCE: Final = 0.03
CONFIDENCE: Final = 0.95
SPLIT_BY: Final = "category"
"""The fact that makes segments where nobody chose another, and the charter declares it."""
_DAY_MINUTES: Final = 1440


def look_at_team(team: Team) -> Window | None:
    """Look at the answers of a team, and keep what is found.

    A window begins anew with another charter, and where something that was tried is over. Its segments and
    rungs are fixed once, by the first look that finds enough answers for one.

    Returns:
        what is watched; None for a team without a charter.
    """
    try:
        in_force = charter_of(team)
    except Refusal:
        return None
    window = Window.objects.filter(team=team, ended_at=None).first()
    day = today(team.time_zone)
    if window is None or window.charter_id != in_force.version.pk or _has_ended(in_force, window, day):
        window = _begun(team, in_force, window)
    answers = answers_of(team, in_force.compiled.charter.currency, window.since)
    charter = _as_it_holds(in_force.compiled.charter, day)
    asked_still = _asked_still(answers, charter)
    watch = Watch.from_record(window.watch)
    if not watch.segments:
        watch = plan_watch(
            asked_still.history,
            tolerance=watch.tolerance,
            confidence=watch.confidence,
            split_by=window.split_by or None,
        )
        window = fix_segments(window, watch.as_record())
        watch = Watch.from_record(window.watch)
    live = reckoned(team, asked_still.history, asked_still.open_since, watch)
    seconds = _seconds(team, window)
    found = [_found(segment, answers, seconds) for segment in live.segments]
    together = _together(live, len(answers.history) - len(asked_still.history))
    keep_found(window, found, together | {"so_far": so_far(team, watch.confidence)})
    return window


def _begun(team: Team, in_force: InForce, before: Window | None) -> Window:
    """The window that begins with another charter, with the settings of the one before."""
    settings = Watch.from_record(before.watch) if before is not None else Watch(TOLERANCE, CONFIDENCE, ())
    return open_window(
        team,
        in_force.version,
        tolerance=settings.tolerance,
        confidence=settings.confidence,
        split_by=before.split_by if before is not None else _usual_split(in_force),
        instead_of=before,
    )


def _usual_split(in_force: InForce) -> str:
    return SPLIT_BY if SPLIT_BY in in_force.compiled.charter.all_facts else ""


def reckoned(team: Team, history: History, open_since: np.datetime64 | None, watch: Watch) -> Live:
    """The engine's answer for a team, in its working hours."""
    days, hours = working_time(team)
    return live_letgo(history, watch, open_since=open_since, working_days=days, working_hours=hours)


def working_time(team: Team) -> tuple[frozenset[int], tuple[float, float]]:
    """The days on which a team works, and the hours from the earliest opening to the latest closing."""
    stretches = [(day, *each) for day, open_ in enumerate(team.opening) for each in open_]
    if not stretches:
        return frozenset(range(7)), (0.0, 24.0)
    first = min(start for _, start, _ in stretches)
    last = max(min(end, _DAY_MINUTES) for _, _, end in stretches)
    return frozenset(day for day, _, _ in stretches), (first / 60, last / 60)


def _asked_still(answers: Answers, charter: Charter) -> Answers:
    """Without what a charter lets go already; lines stay those of all answers."""
    if not len(answers.history):
        return answers
    mask = already_let_go(charter, answers.history).mask
    return Answers(answers.history.take(~mask), answers.numbers, answers.open_since)


def _has_ended(in_force: InForce, window: Window, day: date) -> bool:
    """Whether a grant was in force when a window began and isn't any more: its questions are asked again."""
    began = window.opened_at.astimezone(window.team.zone).date()
    grants = in_force.compiled.charter.all_grants
    return any(grant.until is not None and began <= grant.until < day for grant in grants)


def _as_it_holds(charter: Charter, day: date) -> Charter:
    """Without grants that have ended: what they let go is asked again, and a trial's evidence counts."""
    extends = charter.extends and _as_it_holds(charter.extends, day)
    grants = tuple(grant for grant in charter.grants if grant.until is None or grant.until >= day)
    return replace(charter, grants=grants, extends=extends)


def _found(segment: LiveSegment, answers: Answers, seconds: dict[int, tuple[float, int]]) -> Found:
    behind = answers.behind(segment.lines)
    known = [seconds[number] for number in behind if number in seconds]
    evidence = segment.as_record() | {
        "seconds": median(each for each, _ in known) if known else None,
        "answerers": len({member for _, member in known}),
    }
    return Found(
        segment.watched.key,
        segment.verdict.value,
        segment.reason.value,
        evidence,
        behind=behind,
        limit=segment.limit,
    )


def _seconds(team: Team, window: Window) -> dict[int, tuple[float, int]]:
    """For each approval the seconds between opening the question and answering it, and who answered."""
    rows = Asked.objects.filter(
        approval__in=Approval.objects.filter(team=team, asked_at__gte=window.since),
        seen_at__isnull=False,
        approval__ending__by=F("member"),
    ).values_list("approval_id", "seen_at", "approval__ended_at", "member_id")
    return {
        approval: (max((ended - seen).total_seconds(), 0.0), member)
        for approval, seen, ended, member in rows
        if seen is not None and ended is not None
    }


def _together(live: Live, already: int) -> dict[str, Any]:
    def day(value: date | None) -> str | None:
        return None if value is None else value.isoformat()

    return {
        "asked": live.counts.asked,
        "approved": live.counts.approved,
        "elsewhere": live.elsewhere,
        "already": already,
        "first": day(live.first),
        "last": day(live.last),
        "saved": None if live.saved is None else asdict(live.saved),
        "cost": None if live.cost is None else asdict(live.cost),
    }
