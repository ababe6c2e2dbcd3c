"""What `letgo` answers: plain frozen values, no words for people (those are in `report`).

Amounts are whole minor units; shares and rates are fractions between 0 and 1; hours are hours;
`None` means that the history can't say.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


class Promise(StrEnum):
    """How the chance of error is spent."""

    SEGMENTS = "segments"
    """One promise per segment, each at its share of the error; all of them hold together."""
    POOLED = "pooled"
    """One promise about everything let go together, learned on the older half, tested on the newer."""


class Verdict(StrEnum):
    """What is said about a segment."""

    LET_GO = "let go"
    NOT_YET = "not yet"
    NO = "no"


class Reason(StrEnum):
    """Why a segment's verdict is what it is."""

    CERTIFIED = "certified"
    """A limit is certified."""
    NO_LIMIT_SEEN = "no limit seen"
    """Everything asked is certified, up to the largest amount asked."""
    TOO_FEW = "too few"
    """Nothing speaks against it, there are just too few answers."""
    UNCLEAR = "unclear"
    """Declines are about as frequent as tolerated: more answers may decide it either way."""
    CHANGED = "changed"
    """It could have been let go until a day since when declines have become more frequent."""
    REAL_WORK = "real work"
    """Declines are clearly more frequent than tolerated: these approvals do something."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What was asked of the run.

    Attributes:
        tolerance: the largest tolerated share of decisions that would have been declined.
        confidence: 1 minus the chance of error of the whole report.
        promise: how that chance is spent.
        segment_by: names of columns ("kind", "role", facts) that make the segments; None lets the
            counts and the older half choose.
        working_days: weekdays that count as working days, Monday is 0.
        working_hours: first and last hour of a working day, in hours after midnight.
    """

    tolerance: float = 0.03
    confidence: float = 0.95
    promise: Promise = Promise.SEGMENTS
    segment_by: tuple[str, ...] | None = None
    working_days: frozenset[int] = frozenset(range(5))
    working_hours: tuple[float, float] = (9.0, 17.0)


@dataclass(frozen=True, slots=True)
class Counts:
    """Answers by how they ended. `declined` is the plain no; `counted_declined` is all but a yes."""

    asked: int
    approved: int
    declined: int
    granted_less: int
    expired: int
    withdrawn: int

    @property
    def counted_declined(self) -> int:
        """All that did not end with a plain yes."""
        return self.asked - self.approved


@dataclass(frozen=True, slots=True)
class Interval:
    """A value with the ends of its interval at the run's confidence."""

    low: float
    value: float
    high: float


@dataclass(frozen=True, slots=True)
class Waiting:
    """Waiting between question and answer, over the rows where both times are known.

    Attributes:
        known: how many rows that is.
        total, median, p90: calendar hours.
        working_total, working_median, working_p90: the same in working hours.
    """

    known: int
    total: float
    median: float
    p90: float
    working_total: float
    working_median: float
    working_p90: float


@dataclass(frozen=True, slots=True)
class Saved:
    """What letting go would have saved over the history.

    Attributes:
        approvals: questions that would not have been asked.
        share: the same as a share of the questions looked at.
        a_quarter: the same for the next 13 weeks, if people ask as before; None with too few weeks.
        waiting: their waiting; None when the history has no times.
        per_manager_week: questions fewer per week and person who answers; None when unknown.
    """

    approvals: int
    share: float
    a_quarter: Interval | None
    waiting: Waiting | None
    per_manager_week: float | None


@dataclass(frozen=True, slots=True)
class Cost:
    """What letting go would have cost: what would have gone out although it was declined.

    Attributes:
        declined: declines (of every form) inside the limit, as they happened.
        plain_declined: how many of them were a plain no.
        declined_sum: their amounts, minor units, as it happened.
        count_interval, sum_interval: for another stretch like this one, at the run's confidence
            (sum in minor units).
    """

    declined: int
    plain_declined: int
    declined_sum: int
    count_interval: Interval
    sum_interval: Interval


@dataclass(frozen=True, slots=True)
class Bound:
    """What is promised about the region below one limit.

    Attributes:
        rate_at_most: upper bound of the share of decisions that would have been declined.
        money_at_most: upper bound of the share of money; None when the history is too thin to say.
        leak_at_most: largest average amount wrongly given per decision let go, minor units
            (tolerance times limit: exact, follows from the promise); None for one segment of the pooled
            promise, which says nothing about a segment alone.
    """

    rate_at_most: float
    money_at_most: float | None
    leak_at_most: float | None


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """One possible limit.

    Attributes:
        limit: minor units.
        asked: questions up to the limit.
        declined: how many of them were declined (every form).
        avoided: share of the segment's questions that would not be asked.
        rate_at_most: upper bound, valid for all limits at once.
        rate_here: decline rate around this amount, made monotone (isotonic).
        certified: the promise holds up to this limit.
    """

    limit: int
    asked: int
    declined: int
    avoided: float
    rate_at_most: float
    rate_here: float
    certified: bool


@dataclass(frozen=True, slots=True)
class AmountBand:
    """Questions with amounts above `above` up to and including `upto` (the first band includes 0)."""

    above: int
    upto: int
    asked: int
    declined: int


@dataclass(frozen=True, slots=True)
class Recent:
    """The newest stretch of the region below the limit: has it stayed as it was?"""

    weeks: int
    asked: int
    declined: int


@dataclass(frozen=True, slots=True)
class SecondReading:
    """Declines that were asked again and approved, taken as approvals instead.

    Attributes:
        resubmitted: how many declines of the segment were followed by an approval.
        limit: the limit under this reading; None when nothing would be let go.
    """

    resubmitted: int
    limit: int | None


@dataclass(frozen=True, slots=True)
class Segment:
    """One group of questions that is looked at, and what is said about it.

    Attributes:
        key: stable name, unique in the report ("refund-member-late").
        kind, role: None when the source has no such column (or the segment spans all).
        facts: pairs (fact, value) that narrow the segment.
        parent: key of the wider segment that this one narrows, or None.
        verdict, reason: what is said.
        counts: the answers looked at.
        tested_on: "whole history" or "newer half" (when the older half chose the segment).
        error_share: the chance of error spent on this segment.
        limit: the largest amount let go, minor units; None unless the verdict is LET_GO.
        largest_asked, smallest_asked: minor units.
        more_needed: about how many more answers like these would do; None when not NOT_YET or unknowable.
        thin_rate_at_most: what can be said today about everything asked ("at most 4.0 %").
        bound, saved, cost, recent: for LET_GO.
        second_reading: None when no decline was asked again.
        changed_since: for Reason.CHANGED: the day since when declines are more frequent.
        curve: at most `limits.CURVE_POINTS` limits, rising.
        bands: at most 10, rising.
    """

    key: str
    kind: str | None
    role: str | None
    facts: tuple[tuple[str, str], ...]
    parent: str | None
    verdict: Verdict
    reason: Reason
    counts: Counts
    tested_on: str
    error_share: float
    smallest_asked: int
    largest_asked: int
    curve: tuple[CurvePoint, ...]
    bands: tuple[AmountBand, ...]
    thin_rate_at_most: float
    limit: int | None = None
    more_needed: int | None = None
    bound: Bound | None = None
    saved: Saved | None = None
    cost: Cost | None = None
    recent: Recent | None = None
    second_reading: SecondReading | None = None
    changed_since: date | None = None


@dataclass(frozen=True, slots=True)
class ThinSegment:
    """A group with too few answers to be looked at at all; `needed` flawless ones would do."""

    kind: str | None
    role: str | None
    facts: tuple[tuple[str, str], ...]
    counts: Counts
    needed: int


@dataclass(frozen=True, slots=True)
class Plan:
    """Which segments were looked at and how that was decided, without looking at their outcomes.

    Attributes:
        chosen_by: "beforehand" (--segment, or those of the database), "counts", or "counts and older half".
        by: the columns that make the segments.
        facts_tried: facts that could have narrowed a segment.
        facts_used: facts that the older half chose.
        error: the chance of error of the whole report.
        looked_at: number of segments among which it is shared.
    """

    chosen_by: str
    by: tuple[str, ...]
    facts_tried: tuple[str, ...]
    facts_used: tuple[str, ...]
    error: float
    looked_at: int


@dataclass(frozen=True, slots=True)
class TimeSplit:
    """Limits found on the first two thirds, tried on the last third. Printed whichever way it comes out.

    Attributes:
        cut: the day at which the history was cut.
        asked: questions of the last third inside those limits.
        declined: how many of them were declined.
        kept: the declined share is at most the tolerance.
        segments: how many segments had a limit on the first two thirds.
    """

    cut: date
    asked: int
    declined: int
    kept: bool
    segments: int


@dataclass(frozen=True, slots=True)
class Standards:
    """Do the people who answer differ more than luck explains? No figure of a single person is kept.

    Attributes:
        people: how many answered.
        compared: how many had enough answers to be compared.
        p_value: chi-square test of equal decline rates among them; None with fewer than two.
        differ: p_value below 0.01.
    """

    people: int
    compared: int
    p_value: float | None
    differ: bool


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day of the history and the weeks between."""

    first: date
    last: date
    weeks: float


@dataclass(frozen=True, slots=True)
class Today:
    """What today's charter lets go already; left out of everything else.

    Attributes:
        charter: its name.
        version: its hash.
        rows: answers of the log that need no yes under it.
        declined: how many of them the log didn't plainly approve.
        told: what was left out or isn't known, in sentences.
    """

    charter: str
    version: str
    rows: int
    declined: int
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LetGo:
    """The whole answer.

    Attributes:
        settings: what was asked.
        currency: ISO 4217 code or "".
        period: None when the source has no times.
        counts: all answers by people.
        automatic_approved: approvals nobody looked at; left out of everything else.
        plan: how the segments were chosen.
        segments: those looked at; LET_GO first, most approvals saved first.
        thin: groups too small to be looked at.
        saved, cost, bound: over everything let go together; None when nothing is.
        time_split, standards: None when the source can't say.
        no_declines: the log has no decline of any form: does the export leave them out?
        today: what today's charter lets go already; None when none was given.
    """

    settings: Settings
    currency: str
    period: Period | None
    counts: Counts
    automatic_approved: int
    plan: Plan
    segments: tuple[Segment, ...]
    thin: tuple[ThinSegment, ...] = field(default=())
    saved: Saved | None = None
    cost: Cost | None = None
    bound: Bound | None = None
    time_split: TimeSplit | None = None
    standards: Standards | None = None
    no_declines: bool = False
    today: Today | None = None
