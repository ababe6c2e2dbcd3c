"""A charter replayed over what was decided: as much like what happened as a charter alone can say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

import numpy as np

from remit.insight.what_if.behind import Changed
from remit.insight.what_if.history import Decided, Read, decided_in
from remit.people.models import Team
from remit_engine.charter.compiled import CompiledCharter
from remit_engine.charter.document import Charter
from remit_engine.charter.facts import ChoiceFact
from remit_engine.charter.periods import Span, start_of
from remit_engine.evidence.what_if import Looking, Past, WhatIf, places, what_if
from remit_engine.history.account import Progress
from remit_engine.history.replay import Replay, replay
from remit_engine.history.replay.result import Levels
from remit_engine.history.requests.columns import RequestColumns
from remit_engine.history.table import Bools, Integers, Labels
from remit_engine.modes import Mode

_LONGEST: Final[Mapping[Span, int]] = {Span.DAY: 1, Span.WEEK: 7, Span.MONTH: 31}
"""Days of a calendar period."""
_ALWAYS: Final = (((0, 1440),),) * 7
"""Around the clock, on each day of the week."""
_BEGINNING: Final = date(2000, 1, 1)
"""Before anything was decided by Remit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is looked at.

    Attributes:
        teams: whose decisions; the first one's wall clock says what a day and a working hour are.
        since, until: the first and the last day, both included.
        charter: that is replayed.
        in_force: that it is held against; None where there is none.
        mode: which running totals are used.
    """

    teams: Sequence[Team]
    since: date
    until: date
    charter: CompiledCharter
    in_force: CompiledCharter | None
    mode: Mode

    @property
    def begins(self) -> datetime:
        """The first moment of the period."""
        return start_of(self.since, self.teams[0].time_zone)

    @property
    def ends(self) -> datetime:
        """The first moment after the period."""
        return start_of(self.until + timedelta(days=1), self.teams[0].time_zone)

    @property
    def reads_from(self) -> datetime:
        """Totals that are added up anew need what was given before, as far back as they go."""
        if self.mode is Mode.AS_RECORDED:
            return self.begins
        periods = [each.period for each in self.charter.charter.all_allowances]
        if any(period.span is Span.EVER for period in periods):
            return start_of(_BEGINNING, self.teams[0].time_zone)
        longest = max((_LONGEST.get(period.span, period.days) for period in periods), default=0)
        return self.begins - timedelta(days=longest + 1)


@dataclass(frozen=True, slots=True)
class Answered:
    """What came out.

    Attributes:
        answer: of the engine.
        changed: the decisions whose level would have been another one.
    """

    answer: WhatIf
    changed: Changed


def answered(question: Question, *, read: Read | None = None, progress: Progress | None = None) -> Answered:
    """Replay a charter over what was decided, and look at the difference.

    Args:
        question: what is looked at.
        read: told how many decisions are read; an exception that it raises ends the work.
        progress: told how far the replay is; the same.
    """
    decided = decided_in(
        question.teams,
        question.reads_from,
        question.ends,
        with_authority=question.mode is not Mode.AS_RECORDED,
        read=read,
    )
    charter = question.charter.charter
    requests = decided.under(charter)
    after = as_carried_out(decided, charter, replay(charter, requests, question.mode, progress=progress))
    if question.mode is Mode.AS_RECORDED:
        after = replace(after, told=(*after.told, *decided.unrecorded(charter)))
    past, everything = past_of(decided, requests, question), requests
    inside = decided.at >= np.datetime64(question.begins.replace(tzinfo=None), "s")
    ids = decided.ids
    if not inside.all():
        past, after, ids, requests = (
            past.take(inside),
            _some(after, inside),
            ids[inside],
            requests.take(inside),
        )

    def levels_of(other: Charter) -> Levels:
        """Another charter, replayed and carried out the same way."""
        again = replay(other, everything, question.mode, progress=progress)
        return as_carried_out(decided, other, again).levels[inside]

    answer = what_if(
        past,
        after,
        charter=question.charter,
        in_force=question.in_force,
        requests=requests,
        looking=Looking(opening=opening_of(question.teams[0])),
        levels_of=levels_of,
    )
    return Answered(answer, _changed(answer, past, after, ids))


def _changed(answer: WhatIf, past: Past, after: Replay, ids: Integers) -> Changed:
    rows = past.levels != after.levels
    nowhere = np.full(len(ids), -1, dtype=np.int64)
    segments = places(past, answer.segments_by, answer.segments) if answer.segments else nowhere
    roles = places(past, ("role",), answer.roles) if answer.roles else nowhere
    return Changed(
        ids=ids[rows],
        before=past.levels[rows],
        after=after.levels[rows],
        outcomes=(np.full(len(ids), -1, np.int8) if after.answers is None else after.answers)[rows],
        segments=segments[rows].astype(np.int8),
        roles=roles[rows].astype(np.int8),
    )


def past_of(decided: Decided, requests: RequestColumns, question: Question) -> Past:
    """What happened, as the engine looks at it."""
    declared, known = question.charter.charter.all_facts, requests.facts
    by = {
        name: column
        for name, column in known.items()
        if isinstance(declared[name], ChoiceFact) and isinstance(column, Labels)
    }
    if len(question.teams) > 1:
        by = {"team": requests.team} | by
    return Past(
        requests=requests,
        levels=decided.levels,
        asked_at=decided.asked_at,
        answered_at=decided.answered_at,
        zone=question.teams[0].time_zone,
        by=by,
    )


def as_carried_out(decided: Decided, charter: Charter, after: Replay) -> Replay:
    """What a charter says, carried out as it was then: people who couldn't be asked or told couldn't be now.

    Where the level carried out was below what the charter said (nobody there to object, somebody had objected
    before), the same level is carried out the same way; a lower one no better; a higher one as it says, and
    never above what was lent. With lent authority it is the better of that and of one's own.
    """
    said, carried, now = decided.said, decided.levels, after.levels
    lower: Levels = np.minimum(now, carried)
    higher: Levels = np.minimum(now, decided.highest)
    levels = np.where(now == said, carried, np.where(now < said, lower, higher)).astype(np.int8)
    if decided.own is not None:
        rows, own = decided.own
        levels[rows] = np.maximum(levels[rows], replay(charter, own.under(charter)).levels)
    return replace(after, levels=levels)


def opening_of(team: Team) -> tuple[tuple[tuple[int, int], ...], ...]:
    """When a team works, as the engine reads it; one that says nothing works around the clock."""
    if len(team.opening) != len(_ALWAYS) or not any(team.opening):
        return _ALWAYS
    return tuple(tuple((first, last) for first, last in day) for day in team.opening)


def usual_mode(charter: Charter, versions: Sequence[Charter]) -> Mode:
    """As recorded, where the record says what was used of every allowance; else as if it had been in force.

    Args:
        charter: to be replayed.
        versions: those in force in the period.
    """
    counted = [{each.counter for each in version.all_allowances} for version in versions]
    known = all(each.counter in counters for each in charter.all_allowances for counters in counted)
    return Mode.AS_RECORDED if known else Mode.CLOSED_LOOP


def _some(after: Replay, rows: Bools) -> Replay:
    answers = None if after.answers is None else after.answers[rows]
    return replace(after, levels=after.levels[rows], amounts=after.amounts[rows], answers=answers)
