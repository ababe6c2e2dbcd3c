"""The values of an objective as a small line, with its own line and its target; drawn on the server.

It carries no words: what it shows stands beside it, and a screen reader hears it in one sentence.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from django.utils.html import format_html
from django.utils.safestring import SafeString

from remit.purpose.models import bare
from remit.purpose.queries.progress import Progress

_WIDE: Final = 400.0
_HIGH: Final = 100.0
_MARGIN: Final = 6.0
_MOST_POINTS: Final = 120
"""More of them can't be told apart."""


def line_picture(progress: Progress) -> SafeString:
    """The drawing; it fills the width of its place, and the height that the style sheet gives it."""
    objective = progress.objective
    points = _thinned([(point.day, float(point.value)) for point in progress.points])
    last_day = max([objective.until, *(day for day, _ in points)])
    first_day = min([objective.begins, *(day for day, _ in points)])
    start, target = float(objective.start), float(objective.target)
    values = [start, target, *(value for _, value in points)]
    low, high = min(values), max(values)

    def at(day: date, value: float) -> str:
        across = (day - first_day).days / max((last_day - first_day).days, 1)
        down = (high - value) / (high - low)
        return f"{_MARGIN + across * (_WIDE - 2 * _MARGIN):.1f} {_MARGIN + down * (_HIGH - 2 * _MARGIN):.1f}"

    way = " L".join(at(day, value) for day, value in points)
    here = at(*points[-1]) if points else ""
    return format_html(
        '<svg class="moved" viewBox="0 0 {} {}" preserveAspectRatio="none" role="img" aria-label="{}">'
        '<path class="target" d="M{} L{}"/><path class="own-line" d="M{} L{}"/>{}{}</svg>',
        int(_WIDE),
        int(_HIGH),
        in_words(progress),
        at(first_day, target),
        at(last_day, target),
        at(objective.begins, start),
        at(objective.until, target),
        format_html('<path class="way" d="M{}"/>', way) if len(points) > 1 else "",
        format_html('<path class="here" d="M{} h.01"/>', here) if here else "",
    )


def in_words(progress: Progress) -> str:
    """What the drawing shows, in one sentence."""
    objective, latest = progress.objective, progress.latest
    unit = f" {objective.unit}" if objective.unit else ""
    ends = f"from {bare(objective.start)}{unit} to {bare(objective.target)}{unit}"
    if latest is None:
        return f"{ends}, not measured yet"
    return f"{ends}, now at {bare(latest.value)}{unit}: {progress.standing.value}"


def _thinned(points: list[tuple[date, float]]) -> list[tuple[date, float]]:
    """Every so many of them, and always the last one."""
    step = -(-len(points) // _MOST_POINTS)
    return points if step <= 1 else [*points[:-1][::step], points[-1]]
