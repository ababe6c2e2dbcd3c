"""The course around the start, drawn on the server: what was found in steps of four weeks, with its band."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from remit.rollouts.telling import in_unit
from remit.rollouts.vocabulary import Outcome

_WIDE: Final = 360
_HIGH: Final = 230
_LEFT: Final = 74
_RIGHT: Final = 12
_TOP: Final = 14
_FOOT: Final = 34
_MOST: Final = 12
"""Steps that are shown on one side."""


def course_picture(months: Sequence[Sequence[float]], outcome: Outcome, currency: str) -> SafeString:
    """The drawing; empty with fewer than two steps.

    Args:
        months: step since the start, estimate, low and high of each, in their order.
        outcome: whose unit it is.
        currency: of money.
    """
    shown = [month for month in months if -_MOST <= month[0] < _MOST]
    if len(shown) < 2:  # noqa: PLR2004 (one point is no course)
        return SafeString("")
    lows, highs = min(0.0, *(each[2] for each in shown)), max(0.0, *(each[3] for each in shown))
    first, last = shown[0][0], shown[-1][0]
    plot = _Plot(first, last, lows, highs if highs > lows else lows + 1)
    band = " ".join(
        [
            *(plot.point(each[0], each[3]) for each in shown),
            *(plot.point(each[0], each[2]) for each in reversed(shown)),
        ]
    )
    line = " ".join(plot.point(each[0], each[1]) for each in shown)
    dots = format_html_join(
        "",
        '<circle class="{}" cx="{}" cy="{}" r="3.5"/>',
        (("since" if each[0] >= 0 else "before", plot.x(each[0]), plot.y(each[1])) for each in shown),
    )
    return format_html(
        '<svg class="chart effect" viewBox="0 0 {} {}" role="img" aria-label="{}">'
        '<polygon class="effect-band" points="{}"/>{}'
        '<line class="axis" x1="{}" x2="{}" y1="{}" y2="{}"/>{}'
        '<polyline class="course" points="{}"/>{}{}</svg>',
        _WIDE,
        _HIGH,
        _words(shown, outcome, currency),
        band,
        _start(plot, first, last),
        _LEFT,
        _WIDE - _RIGHT,
        plot.y(0),
        plot.y(0),
        _marks(plot, lows, highs, outcome, currency),
        line,
        dots,
        _months(plot, [int(each[0]) for each in shown]),
    )


class _Plot:
    """Where a step and a value lie in the picture."""

    def __init__(self, first: float, last: float, low: float, high: float) -> None:
        self._first, self._low = first, low
        self._wide = (_WIDE - _LEFT - _RIGHT - 16) / max(last - first, 1)
        self._tall = (_HIGH - _TOP - _FOOT) / (high - low)

    def x(self, step: float) -> str:
        return f"{_LEFT + 8 + (step - self._first) * self._wide:.1f}"

    def y(self, value: float) -> str:
        return f"{_HIGH - _FOOT - (value - self._low) * self._tall:.1f}"

    def point(self, step: float, value: float) -> str:
        return f"{self.x(step)},{self.y(value)}"


def _start(plot: _Plot, first: float, last: float) -> SafeString:
    if not first < 0 <= last:
        return SafeString("")
    return format_html(
        '<line class="start" x1="{0}" x2="{0}" y1="{1}" y2="{2}"/>', plot.x(-0.5), _TOP, _HIGH - _FOOT
    )


def _marks(plot: _Plot, low: float, high: float, outcome: Outcome, currency: str) -> SafeString:
    """The ends of the scale, and nothing; those that would lie on each other are left out."""
    near = (high - low) / 8
    values = [0.0, *(each for each in (low, high) if abs(each) > near)]
    return format_html_join(
        "",
        '<text class="tick" x="{}" y="{}" text-anchor="end" dominant-baseline="middle">{}</text>',
        (
            (_LEFT - 6, plot.y(each), in_unit(each, outcome, currency, signed=True) if each else "no change")
            for each in values
        ),
    )


def _months(plot: _Plot, steps: Sequence[int]) -> SafeString:
    every = max(1, -(-len(steps) // 6))
    at = [step for step in steps if step % every == 0]
    ticks = format_html_join(
        "",
        '<text class="tick" x="{}" y="{}" text-anchor="middle">{}</text>',
        ((plot.x(step), _HIGH - _FOOT + 16, f"{4 * step:+d}" if step else "start") for step in at),
    )
    return format_html(
        '{}<text class="tick" x="{}" y="{}" text-anchor="middle">weeks since each team’s start</text>',
        ticks,
        (_LEFT + _WIDE - _RIGHT) // 2,
        _HIGH - 3,
    )


def _words(shown: Sequence[Sequence[float]], outcome: Outcome, currency: str) -> str:
    since = [each for each in shown if each[0] >= 0]
    last = since[-1] if since else shown[-1]
    ends = in_unit(last[1], outcome, currency, signed=True)
    return f"{outcome.label}: the course in steps of four weeks around the start; at its end {ends}"
