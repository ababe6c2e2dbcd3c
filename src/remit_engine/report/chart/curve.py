"""What is avoided against what is risked, by limit: two panels over one axis of amounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from markupsafe import Markup

from remit_engine.evidence.letgo.values import Segment
from remit_engine.money import in_units, written
from remit_engine.report.chart import svg
from remit_engine.report.chart.scale import Scale, amounts, nice, ticks
from remit_engine.report.chart.svg import Point
from remit_engine.report.words import figures

_LEFT: Final = 46
_RIGHT: Final = 14
_TOP: Final = 26
_AVOIDED: Final = 128
_GAP: Final = 34
_RISKED: Final = 92
_BOTTOM: Final = 40
_NAME: Final = "questions avoided"
_NAME_ABOVE: Final = 9
_LIMIT_SIZE: Final = 13
_OWN_ROW: Final = 19
"""Room for the words of the limit where they find none beside the panel's name."""


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where things go: amounts to x, shares avoided and risked to y."""

    width: float
    amount: Scale
    avoided: Scale
    risked: Scale

    @property
    def floor(self) -> float:
        return self.risked.start


def curve(segment: Segment, tolerance: float, currency: str, *, width: float) -> Markup:
    """Draw the curve of a segment.

    Args:
        segment: its `curve`, `limit` and title are drawn; a curve without points gives nothing.
        tolerance: the tolerated share of declines.
        currency: of the amounts.
        width: of the drawing in its own units; words keep their size, so a narrow one suits a phone.
    """
    if not segment.curve:
        return Markup()
    frame = _framed(segment, tolerance, currency, width)
    limit = None if segment.limit is None else frame.amount.at(in_units(segment.limit, currency))
    parts = [
        *_region(frame, limit),
        *_axes(frame, tolerance, currency),
        *_lines(segment, frame, currency),
        *_limit_line(segment, frame, limit, currency),
    ]
    return svg.picture(
        (width, frame.floor + _BOTTOM),
        title="Avoided and risked, by limit",
        about=_described(segment, tolerance, currency),
        parts=parts,
        kind="curve",
    )


def amount_scale(segment: Segment, currency: str, start: float, end: float) -> Scale:
    """The scale of amounts that the curve and the ladders of a segment share."""
    units = [in_units(point.limit, currency) for point in segment.curve]
    if not units:
        return amounts(0, 0, in_units(segment.largest_asked, currency), start, end)
    middle = next(
        unit
        for unit, point in zip(units, segment.curve, strict=True)
        if point.avoided >= 0.5 or point is segment.curve[-1]
    )
    smallest = min((unit for unit in units if unit > 0), default=0.0)
    return amounts(smallest, middle, units[-1], start, end)


def _framed(segment: Segment, tolerance: float, currency: str, width: float) -> _Frame:
    amount = amount_scale(segment, currency, _LEFT, width - _RIGHT)
    top = _TOP
    if segment.limit is not None:
        limit = amount.at(in_units(segment.limit, currency))
        top += 0 if _beside_name(limit, _limit_words(segment.limit, currency), width) else _OWN_ROW
    floor = top + _AVOIDED + _GAP + _RISKED
    most = min(1.0, nice(3 * tolerance))
    return _Frame(
        width, amount, Scale(0, 1, top + _AVOIDED, top), Scale(0, most, floor, top + _AVOIDED + _GAP)
    )


def _region(frame: _Frame, limit: float | None) -> list[Markup]:
    if limit is None:
        return []
    wide = limit - _LEFT
    return [
        svg.rectangle(_LEFT, scale.end, wide, scale.start - scale.end, "region")
        for scale in (frame.avoided, frame.risked)
    ]


def _axes(frame: _Frame, tolerance: float, currency: str) -> list[Markup]:
    right = frame.width - _RIGHT
    parts: list[Markup] = []
    for share in (0, 0.5, 1):
        y = frame.avoided.at(share)
        parts += [
            svg.line((_LEFT, y), (right, y), "axis" if share == 0 else "grid"),
            svg.text(figures.setting(share), _LEFT - 7, y + 4, "tick", "end"),
        ]
    for share in (0, frame.risked.high):
        y = frame.risked.at(share)
        parts += [
            svg.line((_LEFT, y), (right, y), "axis" if share == 0 else "grid"),
            svg.text(figures.setting(share), _LEFT - 7, y + 4, "tick", "end"),
        ]
    y = frame.risked.at(tolerance)
    parts += [
        svg.line((_LEFT, y), (right, y), "tolerance"),
        svg.text(figures.setting(tolerance), _LEFT - 7, y + 4, "tick strong", "end"),
        svg.text(_NAME, _LEFT, frame.avoided.end - _NAME_ABOVE, "name avoided"),
        svg.text("declined at most", _LEFT, frame.risked.end - _NAME_ABOVE, "name risked"),
    ]
    for x, words in ticks(frame.amount, 12):
        parts += [
            svg.line((x, frame.floor), (x, frame.floor + 4), "axis"),
            svg.text(words, x, frame.floor + 17, "tick", _anchor(x, words, frame.width)),
        ]
    name = f"limit, {currency}" if currency else "limit"
    return [*parts, svg.text(name, right, frame.floor + 33, "tick", "end")]


def _anchor(x: float, words: str, width: float) -> str:
    half = svg.width_of(words) / 2
    return "end" if x + half > width else "middle"


def _lines(segment: Segment, frame: _Frame, currency: str) -> list[Markup]:
    units = [in_units(point.limit, currency) for point in segment.curve]
    places = [frame.amount.at(unit) for unit in units]

    def drawn(values: Sequence[float], scale: Scale, kind: str) -> list[Markup]:
        points = list(zip(places, values, strict=True))
        stretches = inside(points, scale.high)
        if len(points) == 1 and stretches:
            return [svg.tag("circle", cx=places[0], cy=scale.at(values[0]), r=4, class_=f"dot {kind}")]
        return [svg.path([(x, scale.at(y)) for x, y in stretch], kind) for stretch in stretches]

    return [
        *drawn([point.rate_here for point in segment.curve], frame.risked, "here"),
        *drawn([point.rate_at_most for point in segment.curve], frame.risked, "risked"),
        *drawn([point.avoided for point in segment.curve], frame.avoided, "avoided"),
    ]


def inside(points: Sequence[Point], highest: float) -> list[list[Point]]:
    """The stretches of a line that lie at or below a height, cut exactly where the line crosses it."""
    stretches: list[list[Point]] = []
    current: list[Point] = [points[0]] if points and points[0][1] <= highest else []
    for (x1, y1), (x2, y2) in pairwise(points):
        crosses = (y1 <= highest) != (y2 <= highest)
        crossing = (x1 + (x2 - x1) * (highest - y1) / (y2 - y1), highest) if crosses else (x2, y2)
        if y1 <= highest:
            current.append(crossing)
            if crosses:
                stretches.append(current)
                current = []
        elif crosses:
            current = [crossing, (x2, y2)]
    if current:
        stretches.append(current)
    return stretches


def _limit_line(segment: Segment, frame: _Frame, limit: float | None, currency: str) -> list[Markup]:
    if limit is None or segment.limit is None:
        return []
    words = _limit_words(segment.limit, currency)
    place = _beside_name(limit, words, frame.width)
    y = frame.avoided.end - _NAME_ABOVE
    starts = y - 10
    if place is None:
        y -= _OWN_ROW
        wide = svg.width_of(words, _LIMIT_SIZE)
        if limit + 6 + wide <= frame.width:
            place = (limit + 6, "start")
        else:
            place = (min(max(limit + 1, wide), frame.width), "end")
            starts = y + 5
    return [
        svg.line((limit, starts), (limit, frame.floor), "limit"),
        svg.text(words, place[0], y, "name limit", place[1]),
    ]


def _limit_words(limit: int, currency: str) -> str:
    return f"let go up to {written(limit, currency)}"


def _beside_name(limit: float, words: str, width: float) -> tuple[float, str] | None:
    """Where the words stand beside the name of the upper panel; None when they would touch it."""
    wide = svg.width_of(words, _LIMIT_SIZE)
    name_ends = _LEFT + svg.width_of(_NAME, 12) + 10
    if limit + 6 >= name_ends and limit + 6 + wide <= width:
        return limit + 6, "start"
    return (limit - 6, "end") if limit - 6 - wide >= name_ends else None


def _described(segment: Segment, tolerance: float, currency: str) -> str:
    last = segment.curve[-1]
    text = (
        f"With a limit of {written(last.limit, currency)} all of these questions are avoided and at most "
        f"{figures.bound(last.rate_at_most)} would have been declined; {figures.setting(tolerance)} are "
        "tolerated."
    )
    at = [point for point in segment.curve if segment.limit is not None and point.limit <= segment.limit]
    if not at or segment.limit is None:
        return f"{text} No limit is proposed."
    return (
        f"{text} Proposed is {written(segment.limit, currency)}: {figures.share(at[-1].avoided)} avoided, at "
        f"most {figures.bound(at[-1].rate_at_most)} declined."
    )
