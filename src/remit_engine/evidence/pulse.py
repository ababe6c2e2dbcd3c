"""Short anonymous surveys of a team: what may be published of them, and how sure it is.

Answers are whole numbers from 1 to 5, and come in as counts alone: how many said 1, 2, 3, 4, 5. Nothing here
knows a single answer. Figures are whole tenths of a point, so that 37 is 3.7.

Rounding and waves taken together aren't enough. Somebody leaves, the others answer as before, and a figure
that crosses the line between two bands says on which side of the mean the one who left was: over several
waves an attacker who knew nothing but the figures guessed right in 56 % instead of 37 % of the worlds, in a
team of six (`tests/engine/evidence/test_pulse_attacker.py`). So each figure is blurred before it is rounded,
by up to what one person could move it. The blur stays the same for the same people: their changes are seen
as they are, and asking again doesn't average it away.

An interval is drawn around the published figure, with a deviation in halves and a count that tells nobody's
silence, so that it adds nothing by which the figure could be told more exactly.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from itertools import combinations
from statistics import NormalDist
from typing import Final

LEAST: Final = 5
"""Answers below which nothing is published."""
LEAST_ALONE: Final = 12
"""Answers from which one wave is published by itself, and a part of a team beside it."""
LEAST_APART: Final = 5
"""People by which two groups that are published differ, if they differ."""
LEAST_WORDS: Final = 10
"""Answers from which words are published."""
TOGETHER: Final = 3
"""Waves whose mean is published where one alone isn't."""
MOST_PARTS: Final = 4
"""Parts of a team; every union of them is compared with all that was published before."""
WELL_ANSWERED: Final = 0.7
"""Below this share of answers the worst that the silent could have said is drawn, too."""

_LOWEST, _HIGHEST = 10, 50
_CAPPED: Final = (12, 48)
"""A mean beyond these would say that all said the same."""
_OTHERS: Final = "(others)"
_CONFIDENCE: Final = 0.90
_POWER: Final = 0.80
_RANGE: Final = 4
"""What one answer can be more than another."""
_MOVES_BY: Final = 0.8
"""Deviation of how far one person's answer moves from wave to wave, in points."""

Tally = tuple[int, int, int, int, int]
"""How many said 1, 2, 3, 4 and 5."""
Group = frozenset[int]
"""Who was asked, by number."""


class Form(Enum):
    """What a figure is the mean of; its value stands in tables."""

    ALONE = "alone"
    """One wave, in tenths."""
    TOGETHER = "together"
    """The last three waves that asked the same, in bands of half a point."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What a group said to one item in one wave.

    Attributes:
        tally: how many said what.
        asked: how many were asked, those who said nothing included.
    """

    tally: Tally
    asked: int

    @property
    def answers(self) -> int:
        """How many answered."""
        return sum(self.tally)

    @property
    def mean(self) -> float:
        """Of the answers, in points; there is at least one."""
        return sum(value * count for value, count in enumerate(self.tally, 1)) / self.answers

    @property
    def deviation(self) -> float:
        """Standard deviation of the answers, in points; there are at least two."""
        mean, count = self.mean, self.answers
        squares = sum(times * (value - mean) ** 2 for value, times in enumerate(self.tally, 1))
        return math.sqrt(squares / (count - 1))


@dataclass(frozen=True, slots=True)
class Figure:
    """What is published of an item, in tenths of a point.

    Attributes:
        form: what it is the mean of.
        low, high: where the mean of those who answered is; the same for one wave, half a point apart for
            three. 12 and 48 stand for *so much or less*, *or more*.
        sure_low, sure_high: where the mean of all who were asked is, 90 times of 100, if the silent would
            have said what the others said.
        worst: where it is whatever the silent would have said; None where at least 70 % answered.
        answers: how many there were at least; of three waves the fewest.
    """

    form: Form
    low: int
    high: int
    sure_low: int
    sure_high: int
    worst: tuple[int, int] | None
    answers: int

    @property
    def middle(self) -> float:
        """The middle of where the mean is, in points."""
        return (self.low + self.high) / 20


def told_answers(answers: int, asked: int) -> tuple[int, int]:
    """How many answered, as far as it may be said: from, to.

    Fewer than five are *fewer than five*; all, and all but one, are the same, so that nobody is known to have
    answered, or to have been the only one who didn't.
    """
    if answers < LEAST:
        return 0, LEAST - 1
    if asked - answers <= 1:
        return max(asked - 1, LEAST), asked
    return answers, answers


def blur_of(answers: int) -> float:
    """The most by which a figure is blurred, in points: what one person could move it.

    Args:
        answers: as many as there were at least.
    """
    return _RANGE / answers


def alone(counted: Counted, blur: float) -> Figure:
    """The figure of one wave by itself.

    Args:
        counted: of at least `LEAST_ALONE` answers.
        blur: from -1 to 1, evenly drawn, secret, and the same whenever the same people are asked the same.
    """
    answers = told_answers(counted.answers, counted.asked)[0]
    blurred = counted.mean + blur * blur_of(answers)
    mean = min(max(_nearest(blurred * 10), _CAPPED[0]), _CAPPED[1])
    low = _LOWEST if mean == _CAPPED[0] else mean
    high = _HIGHEST if mean == _CAPPED[1] else mean
    half = _half(counted)
    return Figure(
        Form.ALONE,
        mean,
        mean,
        *_within(low - half, high + half),
        _worst(low, high, [counted], answers),
        answers,
    )


def together(waves: Sequence[Counted], blur: float) -> Figure:
    """The figure of several waves, each of which counts the same.

    Args:
        waves: the last `TOGETHER` that asked the same and got at least `LEAST` answers each.
        blur: as of `alone`; the same whenever the same people were asked in each of them.
    """
    answers = min(told_answers(each.answers, each.asked)[0] for each in waves)
    blurred = sum(each.mean for each in waves) / len(waves) + blur * blur_of(answers)
    low = min(max(math.floor(blurred * 2 + 1e-9) * 5, _LOWEST), _HIGHEST - 5)
    high = low + 5
    half = sum(_half(each) for each in waves) / len(waves)
    sure = _within(low - half, high + half)
    return Figure(Form.TOGETHER, low, high, *sure, _worst(low, high, waves, answers), answers)


def smallest_change(answers: int, *, is_same: bool) -> float:
    """The smallest change of a mean that can be told from noise, in points.

    It is seen 8 times of 10, and where nothing changed imagined 1 time of 10.

    Args:
        answers: at least two.
        is_same: whether the same people were asked; otherwise the blur of both figures is noise, too.
    """
    seen = t_quantile((1 + _CONFIDENCE) / 2, answers - 1) + NormalDist().inv_cdf(_POWER)
    noise = _MOVES_BY**2 / answers + (0 if is_same else 2 * blur_of(answers) ** 2 / 3)
    return seen * math.sqrt(noise)


def moved(before: Figure, now: Figure, *, is_same: bool) -> int:
    """Whether a figure rose (1), fell (-1), or can't be told from noise (0).

    Bands that touch may hold means that are nearly the same: between them nothing moved.

    Args:
        before: of the same item.
        now: of the same item, later.
        is_same: whether the same people were asked.
    """
    if before.form is not now.form:
        return 0
    change = now.middle - before.middle
    least = smallest_change(min(before.answers, now.answers), is_same=is_same)
    if now.form is Form.TOGETHER:
        least = max(least, 1.0)
    if abs(change) < least - 1e-9:
        return 0
    return 1 if change > 0 else -1


def parts_of(asked: Mapping[str, int]) -> dict[str, str]:
    """The one partition of a team: each role to the part that it is counted in; empty for none.

    Roles of fewer than `LEAST_ALONE` people are counted together, with the next smallest where they are
    still too few. A role of which nobody is asked is in no part.

    Args:
        asked: how many of each role are asked.
    """
    by_size = sorted((role for role in asked if asked[role]), key=lambda role: (asked[role], role))
    large = [role for role in by_size if asked[role] >= LEAST_ALONE]
    small = [role for role in by_size if asked[role] < LEAST_ALONE]
    while large and (len(large) + bool(small) > MOST_PARTS or 0 < _sum(asked, small) < LEAST_ALONE):
        small.append(large.pop(0))
    if len(large) + bool(small) < 2:  # one part is the team itself
        return {}
    return {role: role for role in large} | dict.fromkeys(small, _OTHERS)


def shown_parts(answers: Mapping[str, int]) -> frozenset[str]:
    """The parts that may be shown beside the whole: what is left of it is nobody, or at least five.

    Args:
        answers: of each part to one item.
    """
    shown = sorted((part for part in answers if answers[part] >= LEAST_ALONE), key=lambda part: answers[part])
    while shown and 0 < sum(answers.values()) - _sum(answers, shown) < LEAST:
        shown.pop(0)
    return frozenset(shown)


def made_of(parts: Sequence[Group]) -> set[Group]:
    """Every group whose figure can be reckoned from those of parts that don't overlap: all their unions."""
    return {
        frozenset().union(*chosen)
        for count in range(1, len(parts) + 1)
        for chosen in combinations(parts, count)
    }


def stand_apart(groups: Iterable[Group], before: Iterable[Group]) -> bool:
    """Whether groups differ from all that were published before by nobody, or by at least five people."""
    earlier = list(before)
    return all(len(group ^ other) not in range(1, LEAST_APART) for group in groups for other in earlier)


@lru_cache(maxsize=1024)
def t_quantile(share: float, freedom: int) -> float:
    """A quantile of Student's t, to three decimals from four degrees of freedom on.

    An expansion in one over the degrees (Abramowitz and Stegun, 26.7.5): pages need no library for it.

    Args:
        share: between 0 and 1.
        freedom: degrees of freedom, at least 1.
    """
    x = NormalDist().inv_cdf(share)
    terms = (
        x,
        (x**3 + x) / 4,
        (5 * x**5 + 16 * x**3 + 3 * x) / 96,
        (3 * x**7 + 19 * x**5 + 17 * x**3 - 15 * x) / 384,
        (79 * x**9 + 776 * x**7 + 1482 * x**5 - 1920 * x**3 - 945 * x) / 92160,
    )
    return math.fsum(term / float(freedom) ** power for power, term in enumerate(terms))


def _half(counted: Counted) -> float:
    """Half the width of the interval, in tenths: of the deviation in halves, the count as told, the blur."""
    answers, asked = told_answers(counted.answers, counted.asked)[0], counted.asked
    deviation = max(math.ceil(counted.deviation * 2 - 1e-9) / 2, 1.0)
    sampled = deviation**2 / answers * (1 - answers / asked)
    factor = t_quantile((1 + _CONFIDENCE) / 2, answers - 1)
    return 10 * factor * math.sqrt(sampled + blur_of(answers) ** 2 / 3)


def _worst(low: int, high: int, waves: Sequence[Counted], answers: int) -> tuple[int, int] | None:
    """From the published figure and its blur alone."""
    told = sum(told_answers(each.answers, each.asked)[0] for each in waves)
    asked = sum(each.asked for each in waves)
    if told >= WELL_ANSWERED * asked:
        return None
    blur, silent = 10 * blur_of(answers), asked - told
    return _within(
        (told * (low - blur) + silent * _LOWEST) / asked, (told * (high + blur) + silent * _HIGHEST) / asked
    )


def _within(low: float, high: float) -> tuple[int, int]:
    """Rounded away from each other, on the scale."""
    return max(math.floor(low + 1e-9), _LOWEST), min(math.ceil(high - 1e-9), _HIGHEST)


def _nearest(tenths: float) -> int:
    return math.floor(tenths + 0.5)


def _sum(counts: Mapping[str, int], chosen: Iterable[str]) -> int:
    return sum(counts[each] for each in chosen)
