"""Weeks as bars: what a page draws of how often something was complained about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from django.utils.safestring import SafeString, mark_safe

from remit_engine.evidence.rising import RECENT

_HIGH: Final = 40.0
_LEAST: Final = 1.5
"""Height of the bar of one complaint, so that it is seen."""
_FULL: Final = 0.75
"""Of the room that a week has, in which its bar is drawn."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One week.

    Attributes:
        x, y, width, height: in the units of the picture.
        is_recent: whether it is one of the newest weeks.
        words: `4 in the week of 3 November 2025`.
    """

    x: float
    y: float
    width: float
    height: float
    is_recent: bool
    words: str


@dataclass(frozen=True, slots=True)
class Bars:
    """All weeks.

    Attributes:
        bars: oldest first; a week without a complaint has none.
        width, height: of the picture.
        most: of all weeks, the most in one.
        words: what there is to see, for those who don't see it.
        first, last: the Mondays of the first and the last week.
        marks: where the weeks lie that are marked, from the left.
    """

    bars: tuple[Bar, ...]
    width: float
    height: float
    most: int
    words: str
    first: date
    last: date
    marks: tuple[float, ...] = ()

    @property
    def drawn(self) -> SafeString:
        """The bars as SVG: a page shows thousands, more than a template draws in time."""
        return mark_safe("".join(map(_drawn, self.bars)))  # noqa: S308 (figures and a date)  # nosec B308, B703


def _drawn(bar: Bar) -> str:
    recent = ' class="recent"' if bar.is_recent else ""
    return (
        f'<rect x="{bar.x:.2f}" y="{bar.y:.2f}" width="{bar.width:.2f}" height="{bar.height:.2f}"{recent}>'
        f"<title>{bar.words}</title></rect>"
    )


@lru_cache(maxsize=256)
def _said(monday: date) -> str:
    return f"{monday:%-d %B %Y}"


def of_weeks(counts: Sequence[int], mondays: Sequence[date], marked: Iterable[int] = ()) -> Bars | None:
    """Bars of so many complaints in each week; None without weeks.

    Args:
        counts: of each week, oldest first.
        mondays: on which they begin.
        marked: numbers of weeks that are marked, from 0; those outside are left out.
    """
    if not counts:
        return None
    most, width = max(*counts, 1), 100.0 / len(counts)
    bars = []
    for number, (count, monday) in enumerate(zip(counts, mondays, strict=True)):
        if count:
            high = max(_HIGH * count / most, _LEAST)
            words = f"{count} in the week of {_said(monday)}"
            at = number * width + width * (1 - _FULL) / 2
            recent = number >= len(counts) - RECENT
            bars.append(Bar(at, _HIGH - high, width * _FULL, high, recent, words))
    newest = ", ".join(str(count) for count in counts[-RECENT:])
    told = f"{len(counts)} weeks, at most {max(counts)} in one; in the newest: {newest}"
    marks = tuple((week + 0.5) * width for week in sorted(set(marked)) if 0 <= week < len(counts))
    return Bars(tuple(bars), 100.0, _HIGH, max(counts), told, mondays[0], mondays[-1], marks)
