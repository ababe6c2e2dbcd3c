"""What the live display answers, as plain values that can be kept: a window, its rungs, its segments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from remit_engine.evidence.letgo.naming import key_of
from remit_engine.evidence.letgo.values import (
    AmountBand,
    Bound,
    Cost,
    Counts,
    CurvePoint,
    Interval,
    Reason,
    Recent,
    Saved,
    Segment,
    Settings,
    Verdict,
    Waiting,
)


@dataclass(frozen=True, slots=True)
class Watched:
    """A segment and its rungs.

    Attributes:
        kind, role: in common; None where the segment spans all.
        facts: pairs (fact, word); several words of one fact mean any of them.
        rungs: the limits that may be let go, minor units, rising; at most six.
    """

    kind: str | None
    role: str | None
    facts: tuple[tuple[str, str], ...]
    rungs: tuple[int, ...]

    @property
    def key(self) -> str:
        """Stable name: `refund-member-late`."""
        return key_of(self.kind, self.role, self.facts)


@dataclass(frozen=True, slots=True)
class Watch:
    """What is watched in one window.

    Attributes:
        tolerance: the largest tolerated share of declines.
        confidence: 1 minus the chance that anything said in the window, at any time, is wrong.
        segments: at most twelve.
    """

    tolerance: float
    confidence: float
    segments: tuple[Watched, ...]

    @property
    def error_each(self) -> float:
        """The chance of error of one segment: all of them together are right with the confidence."""
        return (1 - self.confidence) / max(len(self.segments), 1)

    def as_record(self) -> dict[str, Any]:
        """As plain values, to be kept."""
        return {
            "tolerance": self.tolerance,
            "confidence": self.confidence,
            "segments": [
                {"kind": s.kind, "role": s.role, "facts": [list(f) for f in s.facts], "rungs": list(s.rungs)}
                for s in self.segments
            ],
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Watch:
        """What `as_record` gave."""
        segments = tuple(_watched(each) for each in record["segments"])
        return cls(float(record["tolerance"]), float(record["confidence"]), segments)


@dataclass(frozen=True, slots=True)
class Rung:
    """One limit that may be let go, and what speaks for it.

    Attributes:
        limit: minor units.
        asked, declined: questions up to it, by all that was no plain yes.
        rate_here: the decline rate around it, made monotone along the amount.
        evidence: natural logarithm of the largest evidence so far.
        level: the chance of error that it is held against; 0 never happens.
        proven: the evidence reached `1 / level`.
        rate_at_most: what can be said of its rate now, at its own equal share of the chance of error.
        flawless_needed: so many more approvals in a row would prove it; 0 when it is proven.
    """

    limit: int
    asked: int
    declined: int
    rate_here: float
    evidence: float
    level: float
    proven: bool
    rate_at_most: float
    flawless_needed: int


@dataclass(frozen=True, slots=True)
class LiveSegment:
    """What is said about a segment at this moment.

    Attributes:
        watched: what was fixed beforehand.
        verdict, reason: as in `letgo`.
        counts: all its answers, whatever their amount.
        rungs: careful to bold.
        bands: at most ten stretches of amounts with their declines.
        limit: the largest rung that may be let go; None unless the verdict is LET_GO.
        more_needed: about so many more flawless answers would let a first rung go; None where none would.
        changed_since: for Reason.CHANGED.
        waiting: of all its questions; None without times.
        saved, cost, recent: of what is let go.
        lines: where the answers stand in the source (`History.line`), in the order of time.
    """

    watched: Watched
    verdict: Verdict
    reason: Reason
    counts: Counts
    rungs: tuple[Rung, ...]
    bands: tuple[AmountBand, ...]
    limit: int | None = None
    more_needed: int | None = None
    changed_since: date | None = None
    waiting: Waiting | None = None
    saved: Saved | None = None
    cost: Cost | None = None
    recent: Recent | None = None
    lines: tuple[int, ...] = field(default=(), repr=False, compare=False)

    @property
    def at_limit(self) -> Rung | None:
        """The rung that is let go."""
        return next((rung for rung in self.rungs if rung.limit == self.limit), None)

    def as_record(self) -> dict[str, Any]:
        """As plain values, to be kept; without the lines of the source."""
        record = asdict(self)
        del record["lines"]
        record["changed_since"] = None if self.changed_since is None else self.changed_since.isoformat()
        return record

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> LiveSegment:
        """What `as_record` gave, also after it was JSON."""
        changed, waits, recent = record["changed_since"], record["waiting"], record["recent"]
        return cls(
            watched=_watched(record["watched"]),
            verdict=Verdict(record["verdict"]),
            reason=Reason(record["reason"]),
            counts=Counts(**record["counts"]),
            rungs=tuple(Rung(**each) for each in record["rungs"]),
            bands=tuple(AmountBand(**each) for each in record["bands"]),
            limit=record["limit"],
            more_needed=record["more_needed"],
            changed_since=date.fromisoformat(changed) if changed else None,
            waiting=Waiting(**waits) if waits else None,
            saved=saved_from(record["saved"]),
            cost=cost_from(record["cost"]),
            recent=Recent(**recent) if recent else None,
        )

    def as_segment(self, error_each: float, tolerance: float) -> Segment:
        """As the values of a frozen answer, for the words and the chart that both share.

        Args:
            error_each: the chance of error of this segment.
            tolerance: of the window.
        """
        asked = max(self.counts.asked, 1)
        start = CurvePoint(0, 0, 0, 0.0, 1.0, 0.0, certified=False)
        curve = [
            CurvePoint(
                rung.limit,
                rung.asked,
                rung.declined,
                rung.asked / asked,
                rung.rate_at_most,
                rung.rate_here,
                certified=rung.proven,
            )
            for rung in self.rungs
        ]
        at = self.at_limit
        return Segment(
            key=self.watched.key,
            kind=self.watched.kind,
            role=self.watched.role,
            facts=self.watched.facts,
            parent=None,
            verdict=self.verdict,
            reason=self.reason,
            counts=self.counts,
            tested_on="whole history",
            error_share=error_each,
            smallest_asked=0,
            largest_asked=self.watched.rungs[-1] if self.watched.rungs else 0,
            curve=(start, *curve) if curve else (),
            bands=self.bands,
            thin_rate_at_most=min((rung.rate_at_most for rung in self.rungs), default=1.0),
            limit=self.limit,
            more_needed=self.more_needed,
            bound=None if at is None else Bound(at.rate_at_most, None, tolerance * at.limit),
            saved=self.saved,
            cost=self.cost,
            recent=self.recent,
            changed_since=self.changed_since,
        )


@dataclass(frozen=True, slots=True)
class Live:
    """What is said at this moment.

    Attributes:
        settings: tolerance, confidence, working hours.
        counts: all answers looked at.
        elsewhere: how many of them lie in no segment that is watched.
        first, last: days of the first and the last question that counts; None without times.
        segments: LET_GO first, most approvals saved first.
        saved, cost: of everything let go together; None when nothing is.
    """

    settings: Settings
    counts: Counts
    elsewhere: int
    first: date | None
    last: date | None
    segments: tuple[LiveSegment, ...]
    saved: Saved | None = None
    cost: Cost | None = None


def saved_from(record: Mapping[str, Any] | None) -> Saved | None:
    """A `Saved` that was kept as plain values."""
    if record is None:
        return None
    quarter, waits = record["a_quarter"], record["waiting"]
    parts = {
        "a_quarter": Interval(**quarter) if quarter else None,
        "waiting": Waiting(**waits) if waits else None,
    }
    return Saved(**{**record, **parts})


def cost_from(record: Mapping[str, Any] | None) -> Cost | None:
    """A `Cost` that was kept as plain values."""
    if record is None:
        return None
    intervals = {name: Interval(**record[name]) for name in ("count_interval", "sum_interval")}
    return Cost(**{**record, **intervals})


def _watched(record: Mapping[str, Any]) -> Watched:
    return Watched(
        record["kind"],
        record["role"],
        tuple((str(name), str(word)) for name, word in record["facts"]),
        tuple(int(rung) for rung in record["rungs"]),
    )
