"""The authority ladder along the amount: what may be decided, and what has to be asked."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

from remit_engine.evidence.letgo.values import Segment
from remit_engine.money import in_units, written
from remit_engine.report.chart import svg
from remit_engine.report.chart.curve import amount_scale
from remit_engine.report.chart.scale import Scale, compact, ticks
from remit_engine.report.chart.steps import BAR, step

_WIDTH: Final = 320
_BEYOND: Final = 40
_UNASKED_FROM: Final = 92
"""A stretch at the small end that nobody ever asked about is shown as such where its words fit."""


def ladder(segment: Segment, currency: str, *, proposed: bool) -> Markup:
    """Draw today's ladder (everything in the log was asked) or the proposed one.

    Args:
        segment: its amounts and its limit.
        currency: of the amounts.
        proposed: draw up to the limit as *decide*; else as it is today.
    """
    scale = amount_scale(segment, currency, 0, _WIDTH - _BEYOND)
    upto = segment.limit if proposed else None
    smallest = scale.at(in_units(segment.smallest_asked, currency))
    unasked = smallest if upto is None and smallest > _UNASKED_FROM else 0.0
    edge = unasked if upto is None else scale.at(in_units(upto, currency))
    below = "unasked" if unasked else "decide"
    parts = [
        *(step(0, edge, below) if edge else []),
        *step(edge + 2 if edge else 0, _WIDTH, "ask"),
        *_marks(edge, upto, segment, scale, currency),
    ]
    words = "Everything that was asked needs a yes."
    if upto is not None:
        words = f"Decide up to {written(upto, currency)}, ask beyond."
    name = "Proposed ladder" if proposed else "Today's ladder"
    return svg.picture((_WIDTH, BAR + 20), title=name, about=words, parts=parts, kind="ladder")


def _marks(edge: float, upto: int | None, segment: Segment, scale: Scale, currency: str) -> list[Markup]:
    """Amounts under the ladder: where the level changes, the largest one asked, and round ones between."""
    y = BAR + 15
    largest = in_units(segment.largest_asked, currency)
    marks = [] if upto is None else [(edge, written(upto, currency, sign=False), "tick strong")]
    marks.append((scale.at(largest), compact(largest), "tick"))
    marks += [(place, words, "tick") for place, words in ticks(scale, 24)]
    parts: list[Markup] = []
    taken: list[tuple[float, float]] = []
    for place, words, kind in marks:
        half = svg.width_of(words, 12) / 2
        middle = min(max(place, half), _WIDTH - half)
        if all(middle + half + 8 <= left or right + 8 <= middle - half for left, right in taken):
            taken.append((middle - half, middle + half))
            parts.append(svg.text(words, middle, y, kind, "middle"))
    return parts
