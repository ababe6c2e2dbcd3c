"""What is true of a made log: the decline rates it is drawn from, and what an analysis ought to find.

Amounts are minor units; rates and shares are fractions between 0 and 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from remit_engine.evidence.letgo.values import Reason


@dataclass(frozen=True, slots=True)
class Drift:
    """From a day on, questions are asked less or more often and declined at another rate.

    Attributes:
        since: the first day of it.
        rate: decline rate from then on, at every amount.
        volume: questions a day from then on, as a multiple of before.
    """

    since: date
    rate: float
    volume: float


@dataclass(frozen=True, slots=True)
class SegmentTruth:
    """One kind asked for by one role.

    Attributes:
        kind, role: as they stand in the log.
        rows: questions answered by people in a log of the usual size.
        median: median amount asked.
        spread: standard deviation of the amounts' logarithm.
        rate: decline rate up to `limit` (everywhere without one).
        limit: the amount up to which people really grant; None when the amount doesn't matter.
        beyond: decline rate above the limit.
        limit_by_category: categories whose limit is another one.
        drift: a change in time.
        reason: what an analysis says of the log that is made by default (another seed may lack the luck
            to show a change, or the categories, in so few questions).
    """

    kind: str
    role: str
    rows: int
    median: int
    rate: float
    reason: Reason
    spread: float = 0.6
    limit: int | None = None
    beyond: float = 0.0
    limit_by_category: Mapping[str, int] = field(default_factory=dict)
    drift: Drift | None = None


@dataclass(frozen=True, slots=True)
class LogTruth:
    """A whole made log.

    Attributes:
        name: what it is called on the command line.
        about: one sentence.
        segments: what it is made of.
        automatic_share: approvals by the time-out rule, as a share of the answers by people.
        other_endings: share of the declines that are granted less, expired or withdrawn, not a plain no.
        resubmitted: declines that were asked again and approved, in a log of the usual size.
        still_open: newest questions without an answer.
        broken: rows whose amount or cells can't be read.
        duplicates: rows that stand there twice, word for word.
        managers_differ: some of those who answer are a little stricter than others.
    """

    name: str
    about: str
    segments: tuple[SegmentTruth, ...]
    managers_differ: bool = False
    automatic_share: float = 0.0
    other_endings: float = 0.0
    resubmitted: int = 0
    still_open: int = 0
    broken: int = 0
    duplicates: int = 0

    @property
    def rows(self) -> int:
        """Questions answered by people in a log of the usual size, without those asked again."""
        return sum(segment.rows for segment in self.segments)


TRUTH = LogTruth(
    managers_differ=True,
    name="harbour-street",
    about="Harbour Street, a restaurant group with delivery: 14 months of approvals.",
    segments=(
        SegmentTruth(
            kind="Refund",
            role="Member",
            rows=1750,
            median=4500,
            spread=0.75,
            rate=0.003,
            limit=8000,
            beyond=0.25,
            limit_by_category={"Late": 12000, "Cold": 12000},
            reason=Reason.CERTIFIED,
        ),
        SegmentTruth(
            kind="Price adjustment",
            role="Lead",
            rows=550,
            median=3000,
            rate=0.0,
            reason=Reason.NO_LIMIT_SEEN,
        ),
        SegmentTruth(kind="Credit", role="Member", rows=450, median=3500, rate=0.12, reason=Reason.REAL_WORK),
        SegmentTruth(kind="Comp", role="Lead", rows=60, median=2500, rate=0.0, reason=Reason.TOO_FEW),
        SegmentTruth(
            kind="Replacement",
            role="Member",
            rows=900,
            median=2800,
            spread=0.5,
            rate=0.01,
            drift=Drift(since=date(2026, 7, 1), rate=0.15, volume=0.5),
            reason=Reason.CHANGED,
        ),
    ),
    automatic_share=0.05,
    other_endings=0.12,
    resubmitted=16,
    still_open=4,
    broken=6,
    duplicates=3,
)
"""Harbour Street. Refunds for late or cold food are really granted up to 120, all others up to 80."""


def _one_segment(
    name: str,
    about: str,
    reason: Reason,
    *,
    rate: float = 0.0,
    limit: int | None = None,
    beyond: float = 0.0,
) -> LogTruth:
    segment = SegmentTruth(
        kind="Refund",
        role="Member",
        rows=10_000,
        median=5500,
        rate=rate,
        limit=limit,
        beyond=beyond,
        reason=reason,
    )
    return LogTruth(name, about, (segment,))


WORLDS: Mapping[str, LogTruth] = {
    world.name: world
    for world in (
        TRUTH,
        _one_segment(
            "up-to-80",
            "One segment: always granted up to 80, declined one time in four above.",
            Reason.CERTIFIED,
            limit=8000,
            beyond=0.25,
        ),
        _one_segment("approved-everywhere", "One segment: everything is granted.", Reason.NO_LIMIT_SEEN),
        _one_segment("random", "One segment: yes or no by the toss of a coin.", Reason.REAL_WORK, rate=0.5),
    )
}
"""Every world that can be made, by name."""
