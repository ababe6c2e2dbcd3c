"""From amounts to places on paper, with ticks at round numbers."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from remit_engine.report.chart.svg import width_of

_SKEWED = 8
"""When the largest amount is this many times the middle one, equal steps would squeeze most of it flat."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Maps values from `low` to `high` on to places from `start` to `end`, evenly or by ratio."""

    low: float
    high: float
    start: float
    end: float
    by_ratio: bool = False

    def at(self, value: float) -> float:
        """The place of a value; values outside land on the nearest end."""
        inside = min(max(value, self.low), self.high)
        if self.by_ratio:
            part = math.log(inside / self.low) / math.log(self.high / self.low)
        else:
            part = (inside - self.low) / (self.high - self.low)
        return self.start + part * (self.end - self.start)


def amounts(smallest: float, middle: float, largest: float, start: float, end: float) -> Scale:
    """A scale for amounts in units: even from 0, or by ratio when a few are very much larger than most."""
    if largest <= 0:
        return Scale(0, 1, start, end)
    if middle > 0 and largest > _SKEWED * middle:
        floor = max(smallest, largest / 1e7)
        return Scale(floor, largest, start, end, by_ratio=floor < largest)
    return Scale(0, largest, start, end)


def ticks(scale: Scale, room: float) -> list[tuple[float, str]]:
    """Round values inside the scale with their words, so few that they don't touch.

    Args:
        scale: places are looked up in it.
        room: free space kept between two words.
    """
    fewest = [scale.low, scale.high]
    for values in _by_ratio(scale) if scale.by_ratio else _even(scale):
        if len(values) > 1:
            fewest = values
            if len(_apart(_placed(scale, values), room)) == len(values):
                break
    return _apart(_placed(scale, fewest), room)


def _placed(scale: Scale, values: Sequence[float]) -> list[tuple[float, str]]:
    return [(scale.at(value), compact(value)) for value in values]


def _even(scale: Scale) -> Iterator[list[float]]:
    """Round values in even steps, fewer each time."""
    for wanted in (6, 5, 4, 3, 2, 1):
        step = nice((scale.high - scale.low) / wanted)
        first = math.ceil(scale.low / step - 1e-9)
        last = math.floor(scale.high / step + 1e-9)
        yield [number * step for number in range(first, last + 1)]


def _by_ratio(scale: Scale) -> Iterator[list[float]]:
    """Round values by ratio, fewer each time."""
    powers = range(math.floor(math.log10(scale.low)), math.ceil(math.log10(scale.high)) + 1)
    for heads, every in (((1, 2, 5), 1), ((1, 3), 1), ((1,), 1), ((1,), 2), ((1,), 3)):
        values = [head * 10.0**power for power in powers[::every] for head in heads]
        low, high = scale.low * (1 - 1e-9), scale.high * (1 + 1e-9)
        yield [value for value in values if low <= value <= high]


def nice(step: float) -> float:
    """The next round number upwards: 1, 2, 2.5 or 5 times a power of ten.

    >>> nice(17), nice(0.3), nice(21)
    (20.0, 0.5, 25.0)
    """
    power = 10.0 ** math.floor(math.log10(step))
    return next(head * power for head in (1, 2, 2.5, 5, 10) if head * power >= step * (1 - 1e-9))


def compact(value: float) -> str:
    """A number on an axis: `80`, `2,500`, `1.5 M`, `20 bn`."""
    for size, word in ((1e12, "tn"), (1e9, "bn"), (1e6, "M")):
        if value >= size:
            return f"{value / size:,.4g} {word}"
    return f"{value:,.0f}" if value >= 10 or value == int(value) else f"{value:.3g}"


def _apart(places: Sequence[tuple[float, str]], room: float) -> list[tuple[float, str]]:
    kept: list[tuple[float, str]] = []
    free_from = -math.inf
    for place, words in places:
        half = width_of(words) / 2
        if place - half >= free_from:
            kept.append((place, words))
            free_from = place + half + room
    return kept
