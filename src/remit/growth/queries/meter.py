"""What reviews say about somebody, as it is drawn."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from remit.growth.queries.evidence import Evidence
from remit.growth.vocabulary import SMALLEST_GROUP
from remit.reviews.queries.fair import FairReview
from remit_engine.evidence.growth import LEAST_DONE, Record

_DRAWN: Final = 0.4
"""The largest rate that a band is drawn to; beyond that it touches the edge."""
_WHOLE_FROM: Final = 2
"""Odds below are said with a digit after the point."""
SHOWN: Final = 40


@dataclass(frozen=True, slots=True)
class Meter:
    """The evidence as it is drawn, on a scale on which every flawless review is one step of the same length.

    Attributes:
        filled: from the left, in parts of a hundred of the way to the bar.
        odds, bar: in words: `14`, `20`; odds below 1 are `less than 1`.
        chance_in: somebody at the tolerated rate reaches the bar with a chance of at most 1 in so many.
    """

    filled: int
    odds: str
    bar: str
    chance_in: int


@dataclass(frozen=True, slots=True)
class DrawnBand:
    """How often *different* is likely, as it is drawn: places from 0 to 100, and in percent."""

    low: int
    high: int
    middle: int
    tolerated: int
    words: str

    @property
    def width(self) -> int:
        """Of the likely part; never so narrow that it can't be seen."""
        return max(self.high - self.low, 1)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What the reviews say about somebody.

    Attributes:
        evidence: with the engine's record.
        meter, band: as they are drawn; no band before the first review.
        least_done: percent of the drawn reviews that have to be done.
        reviews: the newest, to be opened by the person alone; empty for others.
    """

    evidence: Evidence
    meter: Meter
    band: DrawnBand | None
    least_done: int
    reviews: Sequence[FairReview]

    @property
    def is_behind(self) -> bool:
        """Whether too many of the drawn reviews were left undone for anything to be proposed."""
        return self.evidence.record.done < LEAST_DONE

    @property
    def done_percent(self) -> int:
        """Of the reviews that were drawn, and aren't open."""
        return math.floor(self.evidence.record.done * 100)


def reviewed(evidence: Evidence, others: Iterable[Record], reviews: Sequence[FairReview]) -> Reviewed:
    """What reviews say about somebody, drawn.

    Args:
        evidence: theirs.
        others: records of the others in the team, from whom the band borrows.
        reviews: theirs in draw order; none where only the person themselves may open them.
    """
    record = evidence.record
    band = _band(record, others, evidence.tolerated) if record.counted else None
    return Reviewed(evidence, _meter(evidence), band, round(LEAST_DONE * 100), [*reversed(reviews)][:SHOWN])


def _meter(evidence: Evidence) -> Meter:
    odds, bar = evidence.record.evidence, evidence.bar
    share = max(0.0, math.log(max(odds, 1.0)) / math.log(bar))
    filled = 100 if evidence.record.reached is not None else min(99, math.floor(100 * share))
    words = "less than 1" if odds < 1 else f"{odds:,.0f}" if odds >= _WHOLE_FROM else f"{odds:.1f}"
    return Meter(filled, words, f"{bar:,.0f}", math.floor(bar))


def _band(mine: Record, others: Iterable[Record], tolerated: float) -> DrawnBand:
    """Few reviews borrow from the team for what is drawn, where it is large enough not to tell."""
    from remit_engine.evidence.bands import bands  # noqa: PLC0415 (statistics: most pages need none)

    beside = [each for each in others if each.counted]
    everybody = [mine, *(beside if len(beside) + 1 >= SMALLEST_GROUP else [])]
    band = bands([each.differently for each in everybody], [each.counted for each in everybody])[0]

    def at(rate: float) -> int:
        return round(100 * min(rate, _DRAWN) / _DRAWN)

    words = f"about {100 * band.middle:.0f} %, between {100 * band.low:.0f} and {100 * band.high:.0f} %"
    return DrawnBand(at(band.low), at(band.high), at(band.middle), at(tolerated), words)
