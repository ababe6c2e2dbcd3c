"""Structure and room: values from what was counted week by week, and whether a change is more than noise.

A value is the mean of the marks, 0 to 100, of the rows of some weeks. A side is the mean of its parts.

Whether a part moved is asked of its newest twelve weeks beside the twelve before, each cut into four blocks
of three weeks, by the t statistic of the means of the blocks with three degrees of freedom. Weeks follow each
other: what was high is likely to be high next week, too. Blocks of three weeks have much less of that, and
the statistic holds its level where their variances differ (Ibragimov, Müller, J. Bus. Econ. Stat. 28(4),
2010, and Rev. Econ. Stat. 98(1), 2016). No block counts as more certain than its number of rows allows.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

FULL: Final = 100
"""The mark of a row that was as it should be; the lowest is 0."""
FEWEST_PARTS: Final = 2
"""A side is said of so many parts at least."""
BLOCKS: Final = 4
BLOCK_WEEKS: Final = 3
HALF: Final = BLOCKS * BLOCK_WEEKS
"""Weeks that are compared with as many before."""
FEWEST_IN_BLOCK: Final = 3
"""Rows of each block, without which nothing is said."""
ERROR: Final = 0.05
"""In so many pages at most something is called more than noise though nothing changed."""


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
    """The newest twelve weeks beside the twelve before.

    Attributes:
        before, lately: means of both, 0 to 100.
        chance: how often so large a change, or a larger one, comes by itself; in [0, 1].
    """

    before: float
    lately: float
    chance: float


def moved(*parts: Sequence[Tally]) -> Moved | None:
    """How a part moved, or several together as one side.

    Args:
        parts: of each its weeks one after the other, the newest last; there may be older ones than needed.

    Returns:
        None where a block of each has too few rows.
    """
    kept = [cut for each in parts if (cut := _blocks(each)) is not None]
    if not kept:
        return None
    means = [sum(cut[at].mean for cut in kept) / len(kept) for at in range(2 * BLOCKS)]
    least = [sum(_least_variance(cut[at]) for cut in kept) / len(kept) ** 2 for at in range(2 * BLOCKS)]
    before, lately = _mean(means[:BLOCKS]), _mean(means[BLOCKS:])
    spread = _variance(means[:BLOCKS], least[:BLOCKS]) + _variance(means[BLOCKS:], least[BLOCKS:])
    return Moved(before, lately, _chance((lately - before) / math.sqrt(spread / BLOCKS)))


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


def _blocks(weeks: Sequence[Tally]) -> list[Tally] | None:
    newest = weeks[-2 * HALF :]
    if len(newest) < 2 * HALF:
        return None
    cut = [together(newest[at : at + BLOCK_WEEKS]) for at in range(0, 2 * HALF, BLOCK_WEEKS)]
    return cut if min(each.rows for each in cut) >= FEWEST_IN_BLOCK else None


def _least_variance(block: Tally) -> float:
    """What chance alone makes of so many rows, each one mark or the other; never 0, even if all are alike."""
    share = (block.points / FULL + 0.5) / (block.rows + 1)
    return FULL**2 * share * (1 - share) / block.rows


def _variance(means: Sequence[float], least: Sequence[float]) -> float:
    middle = _mean(means)
    return max(sum((each - middle) ** 2 for each in means) / (len(means) - 1), _mean(least))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _chance(t: float) -> float:
    """Of Student's t with three degrees of freedom, both tails."""
    x = abs(t) / math.sqrt(BLOCKS - 1)
    return max(1 - 2 / math.pi * (x / (1 + x * x) + math.atan(x)), 0.0)
