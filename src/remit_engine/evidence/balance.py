"""Structure and room: values from what was counted week by week, and whether a change is more than noise.

A value is the mean of the marks, 0 to 100, of the rows of some weeks. A side is the mean of its parts.

Whether a part moved is asked of its newest four weeks: are they like four weeks were in the year before?
Weeks follow each other, and what was high is likely to be high next week, too; means of four weeks have much
less of that (batch means: Schmeiser, Oper. Res. 30(3), 1982). The newest is held against what such means vary
by, as one more of them: a prediction interval by Student's t (Hahn, Meeker, Statistical Intervals, 1991).
No mean counts as more certain than its number of rows allows.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

FULL: Final = 100
"""The mark of a row that was as it should be; the lowest is 0."""
FEWEST_PARTS: Final = 2
"""A side is said of so many parts at least."""
BLOCK: Final = 4
"""Weeks that are taken together."""
MOST_BEFORE: Final = 12
"""Times four weeks before that the newest ones are held against: nearly a year."""
FEWEST_BEFORE: Final = 5
FEWEST_IN_BLOCK: Final = 3
"""Rows in four weeks, without which they say nothing."""
ERROR: Final = 0.015
"""Of sides together, and of parts together: so something is named on 5 of 100 pages at most where nothing
changed, as was simulated with weeks that follow each other."""
_SURE: Final = 2.24


@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted of a part in a week, or in some.

    Attributes:
        points: sum of the marks of its rows, each 0 to `FULL`.
        rows: how many.
    """

    points: int = 0
    rows: int = 0

    def __add__(self, other: Tally) -> Tally:
        """Both together."""
        return Tally(self.points + other.points, self.rows + other.rows)

    @property
    def mean(self) -> float:
        """The mean mark, 0 to 100. Needs a row."""
        return self.points / self.rows


def together(tallies: Iterable[Tally]) -> Tally:
    """All of them as one."""
    return sum(tallies, Tally())


def side_of(values: Iterable[float | None]) -> float | None:
    """Structure, or room: the mean of the parts that have a value; None of fewer than `FEWEST_PARTS`."""
    there = [each for each in values if each is not None]
    return sum(there) / len(there) if len(there) >= FEWEST_PARTS else None


@dataclass(frozen=True, slots=True)
class Moved:
    """The newest four weeks beside times of four weeks before.

    Attributes:
        before, lately: the mean of those before, and the newest, 0 to 100.
        times: how many before.
        chance: how often the next four weeks are as far from them, or farther, by themselves; in [0, 1].
    """

    before: float
    lately: float
    times: int
    chance: float


def moved(*parts: Sequence[Tally]) -> Moved | None:
    """How a part moved, or several together as one side.

    Args:
        parts: of each its weeks one after the other, the newest last; there may be older ones than needed.

    Returns:
        None where the newest weeks, or those before, have too few rows.
    """
    asked = [
        blocks
        for each in parts
        if sum(map(_says, blocks := _blocks(each))) > FEWEST_BEFORE and _says(blocks[0])
    ]
    there = [
        at for at in range(1, min(map(len, asked), default=0)) if all(_says(blocks[at]) for blocks in asked)
    ]
    if len(there) < FEWEST_BEFORE:
        return None
    before, least = zip(*(_mean_of(asked, at) for at in there), strict=True)
    lately, least_lately = _mean_of(asked, 0)
    middle = _mean(before)
    spread = sum((each - middle) ** 2 for each in before) / (len(before) - 1)
    variance = max(spread, least_lately) + max(spread, _mean(least)) / len(before)
    return Moved(
        middle, lately, len(before), chance_of((lately - middle) / math.sqrt(variance), len(before) - 1)
    )


def more_than_noise(chances: Sequence[float | None], error: float = ERROR) -> list[bool | None]:
    """Which of several changes are more than noise, looked at together (Holm, Scand. J. Stat. 6, 1979).

    Args:
        chances: of each, as `moved` says; None where nothing can be said.
        error: how often at most one is named where nothing moved.

    Returns:
        in their order; None where nothing can be said.
    """
    order = sorted((chance, at) for at, chance in enumerate(chances) if chance is not None)
    found: list[bool | None] = [None if chance is None else False for chance in chances]
    for place, (chance, at) in enumerate(order):
        if chance * (len(order) - place) > error:
            break
        found[at] = True
    return found


def chance_of(t: float, freedom: int) -> float:
    """How often Student's t is as far from 0, or farther (Abramowitz, Stegun, 26.7.3 and 26.7.4).

    Args:
        t: any number.
        freedom: degrees of freedom, 1 or more.
    """
    angle = math.atan(abs(t) / math.sqrt(freedom))
    cosine, sine = math.cos(angle), math.sin(angle)
    is_odd = freedom % 2
    term = cosine if is_odd else 1.0
    total = 0.0
    for power in range(is_odd, freedom - 1, 2):
        total += term
        term *= cosine * cosine * (power + 1) / (power + 2)
    within = 2 / math.pi * (angle + sine * total) if is_odd else sine * total
    return min(max(1 - within, 0.0), 1.0)


def chained(weeks: Sequence[Mapping[str, float]]) -> list[float | None]:
    """The trail of a side: where it stands now, and back from there step by step.

    Each step is the mean change of the parts that have a value in both weeks. So a part that begins or ends
    to be counted doesn't move the trail.

    Args:
        weeks: values by part, the oldest first.

    Returns:
        of each week 0 to 100; None from where on no step can be told, and everywhere without a side now.
    """
    found: list[float | None] = [None] * len(weeks)
    at = side_of(weeks[-1].values()) if weeks else None
    for place in range(len(weeks) - 1, -1, -1):
        found[place] = None if at is None else min(max(at, 0.0), float(FULL))
        earlier = weeks[place - 1] if place else {}
        both = [part for part in weeks[place] if part in earlier]
        if at is None or len(both) < FEWEST_PARTS:
            break
        at -= _mean([weeks[place][part] - earlier[part] for part in both])
    return found


def least_variance(block: Tally) -> float:
    """What chance alone makes of the mean of so many rows, each 0 or `FULL`; never 0, even if all are alike.

    Args:
        block: with one row at least.
    """
    share = (block.points / FULL + 0.5) / (block.rows + 1)
    return FULL**2 * share * (1 - share) / block.rows


def are_apart(one: Tally, other: Tally) -> bool:
    """Whether two means are farther from each other than chance alone brings them, in 39 of 40."""
    return abs(one.mean - other.mean) > _SURE * math.sqrt(least_variance(one) + least_variance(other))


def _blocks(weeks: Sequence[Tally]) -> list[Tally]:
    """Times of four weeks, the newest first."""
    ends = range(len(weeks), BLOCK - 1, -BLOCK)
    return [together(weeks[end - BLOCK : end]) for end in ends][: MOST_BEFORE + 1] or [Tally()]


def _says(block: Tally) -> bool:
    return block.rows >= FEWEST_IN_BLOCK


def _mean_of(parts: Sequence[Sequence[Tally]], at: int) -> tuple[float, float]:
    """The mean of parts in one time, and the least by which it varies."""
    tallies = [blocks[at] for blocks in parts]
    return _mean([each.mean for each in tallies]), sum(map(least_variance, tallies)) / len(tallies) ** 2


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
