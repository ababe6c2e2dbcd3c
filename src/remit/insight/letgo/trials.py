"""Trials: what was promised beside what came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Final

from remit.charters.in_force import compiled_version
from remit.charters.models import Version
from remit.complaints.models import Decision
from remit.core.clock import now, today
from remit.findings.models import Taken
from remit.findings.vocabulary import Taking
from remit.people.models import Team
from remit.remedies.vocabulary import State
from remit.reviews.queries.fair import said_differently_in
from remit_engine.evidence.letgo.live_values import LiveSegment
from remit_engine.money import written
from remit_engine.report.words import figures, names

_WEEK: Final = timedelta(weeks=1)
_QUARTER_WEEKS: Final = 13


class Stage(StrEnum):
    """Where a trial stands."""

    DRAFT = "draft"
    LEFT = "left"
    RUNNING = "running"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Came:
    """What came of a trial so far.

    Attributes:
        decisions: taken on the trial's authority alone, the newest first.
        money: minor units that were given by them and not taken back.
        taken_back: how many were taken back, whole or in part.
        reviewed, different: how many were reviewed, and of how many a review said *different*.
    """

    decisions: Sequence[int]
    money: int
    taken_back: int
    reviewed: int
    different: int

    @property
    def avoided(self) -> int:
        """Questions that nobody had to ask."""
        return len(self.decisions)


@dataclass(frozen=True, slots=True)
class Trial:
    """A trial as it is shown.

    Attributes:
        taken: its row.
        stage: where it stands.
        title: what is tried.
        began, ends: when it was published, and when it ends or ended; None before it began.
        came: None before it began.
        lines: what was promised beside what came: (about what, promised, came).
        next: the draft that was made of it afterwards; None where there is none.
    """

    taken: Taken
    stage: Stage
    title: str
    began: datetime | None
    ends: datetime | None
    came: Came | None
    lines: Sequence[tuple[str, str, str]]
    next: Taken | None

    @property
    def stage_words(self) -> str:
        """Where it stands, in words."""
        return _STAGES[self.stage]


_STAGES: Final = {
    Stage.DRAFT: "a draft that waits",
    Stage.LEFT: "never published",
    Stage.RUNNING: "running",
    Stage.OVER: "over",
}


def trial_of(team: Team, taken: Taken, currency: str) -> Trial:
    """What was promised of a trial, and what came.

    Args:
        team: where.
        taken: as a trial, or widened as one.
        currency: of the charter.
    """
    published = _published(team, taken)
    segment, title = LiveSegment.from_record(taken.promised), title_of(taken, currency)
    next_ = taken.ended_with.select_related("draft").order_by("-pk").first()
    if published is None:
        stage = Stage.DRAFT if taken.draft.ended_at is None else Stage.LEFT
        return Trial(taken, stage, title, None, None, None, (), next_)
    began, ends = published
    came = _came(team, taken, segment, began, ends)
    stage = Stage.RUNNING if now() < ends else Stage.OVER
    weeks = max((min(ends, now()) - began) / _WEEK, 0.0)
    lines = _beside(segment, taken, came, weeks, currency)
    return Trial(taken, stage, title, began, ends, came, lines, next_)


def title_of(taken: Taken, currency: str) -> str:
    """What is tried: `Refunds where category is late, by members, up to EUR 80`."""
    segment = LiveSegment.from_record(taken.promised)
    return f"{names.title(segment.watched)}, up to {written(taken.limit, currency)}"


def _published(team: Team, taken: Taken) -> tuple[datetime, datetime] | None:
    """From when to when its grant was in force, as tried; None before it was published."""
    began: datetime | None = None
    for version in Version.objects.filter(team=team, published_at__gte=taken.at).order_by("published_at"):
        grants = compiled_version(version).charter.all_grants if taken.rule in version.text else ()
        is_tried = any(
            grant.id == taken.rule and grant.until == taken.until and grant.upto == taken.limit
            for grant in grants
        )
        if is_tried:
            began = began or version.published_at
        elif began is not None:
            return began, min(version.published_at, _end(team, taken))
    return None if began is None else (began, _end(team, taken))


def _end(team: Team, taken: Taken) -> datetime:
    """Midnight after its last day, on the wall clock of the team."""
    day = taken.until or today(team.time_zone)
    return datetime.combine(day + timedelta(days=1), time(), team.zone)


def _came(team: Team, taken: Taken, segment: LiveSegment, began: datetime, ends: datetime) -> Came:
    rows = Decision.objects.filter(
        team=team, kind=segment.watched.kind or "", at__gte=began, at__lt=ends, level__in=("decide", "inform")
    ).order_by("-at", "-pk")
    on_it = [
        (number, value - (back or 0), bool(back) or state == State.TAKEN_BACK)
        for number, value, back, state, verdict in rows.values_list(
            "pk", "value", "remedy__taken_back", "remedy__state", "verdict"
        )
        if verdict.get("grants") == [taken.rule]
    ]
    everything = said_differently_in(team)
    said = [everything[number] for number, _, _ in on_it if number in everything]
    return Came(
        decisions=[number for number, _, _ in on_it],
        money=sum(left for _, left, _ in on_it),
        taken_back=sum(was_taken_back for _, _, was_taken_back in on_it),
        reviewed=len(said),
        different=sum(said),
    )


def _beside(
    segment: LiveSegment, taken: Taken, came: Came, weeks: float, currency: str
) -> list[tuple[str, str, str]]:
    """What was promised, scaled to the time that has passed, beside what came."""
    saved, at = segment.saved, segment.at_limit
    fewer = "nothing was said"
    if saved is not None and saved.a_quarter is not None:
        part = weeks / _QUARTER_WEEKS
        fewer = f"about {figures.count(saved.a_quarter.value * part)} in this time"
    waited = "nothing was said"
    if saved is not None and saved.waiting is not None:
        waited = f"{figures.hours(saved.waiting.median)} each, at the median"
    hours = "–"
    if saved is not None and saved.waiting is not None and saved.waiting.known:
        hours = f"about {figures.hours(came.avoided * saved.waiting.total / saved.waiting.known)} not waited"
    declined = f"{at.declined} of {figures.count(at.asked)} in the past" if at is not None else "–"
    reviewed = "none was reviewed yet"
    if came.reviewed:
        reviewed = f"{came.different} of {figures.things(came.reviewed, 'review')} said different"
    leak = f"up to {written(taken.limit, currency)} each"
    return [
        ("Questions not asked", fewer, figures.count(came.avoided)),
        ("Waiting", waited, hours),
        ("You would have declined", declined, reviewed),
        ("Taken back", "–", figures.count(came.taken_back)),
        ("Money", leak, f"{written(came.money, currency)} given"),
    ]


def ways_on(trial: Trial) -> list[tuple[str, str]]:
    """What may be made of a trial that began: the word of the address, and what the button says."""
    if trial.stage not in {Stage.RUNNING, Stage.OVER} or trial.next is not None:
        return []
    segment = LiveSegment.from_record(trial.taken.finding.evidence)
    wider = next((rung for rung in segment.watched.rungs if rung > trial.taken.limit), None)
    ways = [("keep", "Keep it for good"), ("back", "Go back")]
    return [ways[0], ("widen", "Try a wider limit"), ways[1]] if wider is not None else ways


TAKINGS: Final = {"keep": Taking.KEPT, "widen": Taking.WIDENED, "back": Taking.GIVEN_BACK}
"""What each word of an address makes."""
