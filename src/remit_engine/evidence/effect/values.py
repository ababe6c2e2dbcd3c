"""What goes into *did it work?* and what comes out: weeks of teams, and an effect with its design."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

ERROR: Final = 0.05
"""Of all intervals together that are said for one outcome, the share that misses the truth, at most."""
EVEN: Final = 10.0
"""So many counted in a week give it half of the weight that any number could: see `weights`."""
MONTH: Final = 4
"""Weeks that are drawn as one."""


class Design(Enum):
    """How much a comparison can carry."""

    BY_LOT = "proof by lot"
    COMPARISON = "comparison"
    INDICATION = "indication"
    CANT_TELL = "can't be told"


class Says(Enum):
    """What there is to say."""

    BETTER = "better"
    WORSE = "worse"
    NOTHING_SEEN = "nothing beyond chance"
    CANT_TELL = "can't be told"


class Why(Enum):
    """Why it can't be told."""

    NOBODY_STARTED = "nobody started"
    FEW_WEEKS_BEFORE = "few weeks before"
    FEW_WEEKS_SINCE = "few weeks since"
    SEASON = "season"
    APART_BEFORE = "apart before"
    ANSWERING_MOVED = "answering moved"
    NOTHING_VARIES = "nothing varies"


class Kind(Enum):
    """What a figure within a sentence is."""

    OUTCOME = "outcome"
    COUNT = "count"
    OF_100 = "of 100"
    TIMES = "times"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number within a sentence, for whoever shows it in the unit, language and number of digits that fit.

    Attributes:
        value: in the unit of the outcome where it is one.
        kind: what it is.
    """

    value: float
    kind: Kind = Kind.OUTCOME


Words = tuple[str | Figure, ...]
"""A sentence in parts: plain text and figures, no markup."""


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What is measured, by team and week.

    Attributes:
        name: what people call it.
        values: teams by weeks, float64, in one unit; NaN where nothing was counted in a week.
        counts: how many each value is the mean of, 0 or above, of the same shape; None where all weeks count
            alike.
        more_is_better: whether a larger value is the better one.
        asked: where answers come from customers, how many were asked in each week, of the same shape; they
            are then compared by the share that answered, too.
        scale: the least and the largest answer that can be given, where there is one.
    """

    name: str
    values: Floats
    counts: Floats | None = None
    more_is_better: bool = True
    asked: Floats | None = None
    scale: tuple[float, float] | None = None

    def __post_init__(self) -> None:
        if self.values.ndim != 2:
            raise ValueError("values are teams by weeks")
        for each in (self.counts, self.asked):
            if each is not None and each.shape != self.values.shape:
                raise ValueError(f"values are {self.values.shape}, and counts {each.shape}")
            if each is not None and not (each >= 0).all():
                raise ValueError("a count is 0 or above")
        if np.isinf(self.values).any():
            raise ValueError("a value is a number, or NaN where there is none")

    def weights(self) -> Floats:
        """How much each week of a team counts: 0 where there is no value, and else `c / (c + 10)`.

        Of few counted the mean says little; of many it still has what the week itself brought. Where all
        weeks count alike, 1.
        """
        known = ~np.isnan(self.values)
        if self.counts is None:
            return known.astype(np.float64)
        return np.where(known, self.counts / (self.counts + EVEN), 0.0)


@dataclass(frozen=True, slots=True)
class Rollout:
    """When each team began with what is asked about.

    Attributes:
        teams: their names, each once.
        starts: the first week of each, counted from 0; None where it didn't begin within the weeks.
        by_lot: whether the order was drawn by `drawn`, or by any other lot that nobody could bend.
    """

    teams: tuple[str, ...]
    starts: tuple[int | None, ...]
    by_lot: bool = False

    def __post_init__(self) -> None:
        if len(self.teams) != len(self.starts) or len(set(self.teams)) != len(self.teams):
            raise ValueError("each team has one start, and comes once")
        if any(start is not None and start < 0 for start in self.starts):
            raise ValueError("weeks are counted from 0")


@dataclass(frozen=True, slots=True)
class Measured:
    """An effect as a number.

    Attributes:
        estimate: in the unit of the outcome, above 0 where it is more.
        low, high: its interval (95 %).
        chance: of a difference at least as large where there is no effect.
    """

    estimate: float
    low: float
    high: float
    chance: float

    def above(self, border: float = 0.0) -> bool:
        """Whether all of the interval lies above."""
        return self.low > border

    def below(self, border: float = 0.0) -> bool:
        """Whether all of the interval lies below."""
        return self.high < border


@dataclass(frozen=True, slots=True)
class Month:
    """Four weeks, counted from the start of each team.

    Attributes:
        since: 0 for the first four weeks since the start, -1 for the last four before it.
        estimate: how far teams that had started were from those whose turn hadn't come, beyond the weeks
            before.
        low, high: a band that holds for all months together (95 %).
        weeks: how many weeks of teams it stands on, each by its weight.
    """

    since: int
    estimate: float
    low: float
    high: float
    weeks: float


@dataclass(frozen=True, slots=True)
class Before:
    """Whether teams were already moving apart before they started.

    Attributes:
        drift: how much those about to start gained on the others, in four weeks.
        chance: of as much where nothing moved.
    """

    drift: float
    chance: float


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """What would have to be true for a comparison to be wrong.

    Attributes:
        drift: how much the teams that started would have had to gain on the others in every four weeks since,
            for another reason, so that nothing is left beyond chance.
        largest_before: the largest such change from four weeks to the next before the start; NaN where there
            are fewer than eight weeks before.
        times: the first over the second; NaN as well. 0 where nothing is beyond chance anyway.
        bounds: for 0.5, 1 and 2 times the largest change before: the interval that is left.
    """

    drift: float
    largest_before: float
    times: float
    bounds: tuple[tuple[float, float, float], ...]


@dataclass(frozen=True, slots=True)
class Answering:
    """The share of customers who answered, compared in the same way.

    Attributes:
        share: of all who were asked, in [0, 1].
        measured: how much it moved.
        moves: by how much the outcome could have moved for that reason alone; infinite without a scale, 0
            where the share didn't move beyond chance.
    """

    share: float
    measured: Measured
    moves: float


@dataclass(frozen=True, slots=True)
class Reason:
    """Why it can't be told, and what would be needed."""

    why: Why
    words: Words
    needed: Words


@dataclass(frozen=True, slots=True)
class Effect:
    """What is known about whether it worked.

    Attributes:
        outcome: its name.
        design: how much the comparison can carry.
        says: what there is to say.
        measured: the number and its interval; None where it can't be told.
        words: the sentence for whoever decides.
        reason: why it can't be told; None where it can.
        remarks: what else must be known to read it rightly.
        months: the course around the start; empty for one team.
        before: None where there are no weeks before, or for one team.
        sensitivity: of a comparison; None otherwise.
        answering: None where nobody was asked, or it can't be compared.
        adjusted: `chance` after looking at several outcomes (Holm); None for a primary one.
        figures: for a statistician, by name.
    """

    outcome: str
    design: Design
    says: Says
    measured: Measured | None
    words: Words = ()
    reason: Reason | None = None
    remarks: tuple[Words, ...] = ()
    months: tuple[Month, ...] = ()
    before: Before | None = None
    sensitivity: Sensitivity | None = None
    answering: Answering | None = None
    adjusted: float | None = None
    figures: tuple[tuple[str, float], ...] = ()


def text_of(words: Sequence[str | Figure], digits: int = 2) -> str:
    """A sentence as plain text, for tests, logs and terminals."""
    return "".join(each if isinstance(each, str) else _shown(each, digits) for each in words)


def _shown(figure: Figure, digits: int) -> str:
    if figure.kind is Kind.OUTCOME:
        return f"{figure.value:.{digits}f}"
    return f"{figure.value:.1f}" if figure.kind is Kind.TIMES else f"{figure.value:.0f}"
