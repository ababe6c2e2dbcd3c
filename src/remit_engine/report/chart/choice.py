"""The choice of a limit: questions avoided above, what would go through though it was declined below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from remit_engine.evidence.what_if.values import Choice, ChoicePoint
from remit_engine.money import in_units, written
from remit_engine.report.chart import svg
from remit_engine.report.chart.scale import Scale, amounts, compact, nice, ticks

_LEFT: Final = 48
_RIGHT: Final = 16
_TOP: Final = 54
"""Room for the words of the limits above the panels."""
_SAVED: Final = 132
_GAP: Final = 36
_RISKED: Final = 84
_BOTTOM: Final = 40
_NAME_ABOVE: Final = 9
_AVOIDED_NAME: Final = "questions avoided"
_WORDS_SIZE: Final = 12
_ROOM: Final = 1.08
"""The highest value stays a little below the top of its panel."""


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where things go: amounts to x, questions saved and declines risked to y."""

    width: float
    amount: Scale
    saved: Scale
    risked: Scale

    @property
    def floor(self) -> float:
        return self.risked.start


def choice_chart(choice: Choice, currency: str, *, width: float) -> Markup:
    """Draw what every limit of a grant would have meant.

    Args:
        choice: its points are drawn; one without points gives nothing.
        currency: of the limits.
        width: of the drawing in its own units; words keep their size, so a narrow one suits a phone.
    """
    if not choice.points:
        return Markup()
    frame = _framed(choice, currency, width)
    return svg.picture(
        (width, frame.floor + _BOTTOM),
        title=f"Saved and risked, by the limit of {choice.grant}",
        about=described(choice, currency),
        parts=[
            *_region(choice, frame, currency),
            *_limits(choice, frame, currency),
            *_axes(frame, currency, adds=any(point.added for point in choice.points)),
            *_lines(choice, frame, currency),
        ],
        kind="choice",
    )


def described(choice: Choice, currency: str) -> str:
    """The drawing in words: what the limits of today and looked at, and the largest, would have meant."""
    said = []
    for name, limit in (("today", choice.before), ("looked at", choice.after)):
        point = at_limit(choice.points, limit)
        if point is not None and limit is not None:
            said.append(f"{name} {written(limit, currency)}: {_meant(point)}")
    last = choice.points[-1]
    said.append(f"up to {written(last.limit, currency)}: {_meant(last)}")
    return f"By limit; {'; '.join(said)}."


def at_limit(points: Sequence[ChoicePoint], limit: int | None) -> ChoicePoint | None:
    """The point of a limit, or the last one below it; None where it lies below all, or has no end."""
    below = [point for point in points if limit is not None and point.limit <= limit]
    return below[-1] if below else None


def _meant(point: ChoicePoint) -> str:
    more = f", {point.added:,} questions more" if point.added else ""
    return f"{point.avoided:,} questions avoided{more}, {point.declined:,} let through though not approved"


def _framed(choice: Choice, currency: str, width: float) -> _Frame:
    units = [in_units(point.limit, currency) for point in choice.points]
    most = max(max(point.avoided, point.added) for point in choice.points)
    worst = max(point.declined for point in choice.points)
    middle = units[len(units) // 2]
    top = _TOP + _SAVED
    floor = top + _GAP + _RISKED
    return _Frame(
        width,
        amounts(min((unit for unit in units if unit), default=0.0), middle, units[-1], _LEFT, width - _RIGHT),
        Scale(0, _top(most), top, _TOP),
        Scale(0, _top(worst), floor, top + _GAP),
    )


def _top(most: int) -> float:
    return nice(max(most, 1) * _ROOM)


def _place(frame: _Frame, limit: int, currency: str) -> float:
    return frame.amount.at(in_units(limit, currency))


def _region(choice: Choice, frame: _Frame, currency: str) -> list[Markup]:
    """The stretch between the limit of today and the one looked at."""
    if choice.after is None or choice.before is None:
        return []
    ends = sorted(_place(frame, limit, currency) for limit in (choice.before, choice.after))
    return [
        svg.rectangle(ends[0], scale.end, ends[1] - ends[0], scale.start - scale.end, "region")
        for scale in (frame.saved, frame.risked)
    ]


def _axes(frame: _Frame, currency: str, *, adds: bool) -> list[Markup]:
    right = frame.width - _RIGHT
    parts: list[Markup] = []
    for scale, name, kind in (
        (frame.saved, _AVOIDED_NAME, "name saved"),
        (frame.risked, "not approved, and let through", "name risked"),
    ):
        values = (0.0, scale.high) if scale.high < 2 else (0.0, scale.high / 2, scale.high)
        for value in values:
            y = scale.at(value)
            parts += [
                svg.line((_LEFT, y), (right, y), "grid" if value else "axis"),
                svg.text(compact(value), _LEFT - 7, y + 4, "tick", "end"),
            ]
        parts.append(svg.text(name, _LEFT, scale.end - _NAME_ABOVE, kind))
    if adds:
        beside = _LEFT + svg.width_of(_AVOIDED_NAME, _WORDS_SIZE) + 12
        parts.append(svg.text("questions more", beside, frame.saved.end - _NAME_ABOVE, "name added"))
    for x, words in ticks(frame.amount, 12):
        half = svg.width_of(words) / 2
        parts += [
            svg.line((x, frame.floor), (x, frame.floor + 4), "axis"),
            svg.text(words, x, frame.floor + 17, "tick", "end" if x + half > frame.width else "middle"),
        ]
    return [*parts, svg.text(f"limit, {currency}", right, frame.floor + 33, "tick", "end")]


def _lines(choice: Choice, frame: _Frame, currency: str) -> list[Markup]:
    """Between two limits nothing changes, so the lines go in steps."""
    places = [_place(frame, point.limit, currency) for point in choice.points]
    parts: list[Markup] = []
    for values, scale, kind in (
        ([point.added for point in choice.points], frame.saved, "added"),
        ([point.avoided for point in choice.points], frame.saved, "saved"),
        ([point.declined for point in choice.points], frame.risked, "risked"),
    ):
        if kind == "added" and not any(values):
            continue
        if len(places) == 1:
            parts.append(svg.tag("circle", cx=places[0], cy=scale.at(values[0]), r=4, class_=f"dot {kind}"))
            continue
        points = [(places[0], scale.at(values[0]))]
        for x, value in zip(places[1:], values[1:], strict=True):
            points += [(x, points[-1][1]), (x, scale.at(value))]
        parts.append(svg.path(points, kind))
    return parts


def _limits(choice: Choice, frame: _Frame, currency: str) -> list[Markup]:
    """The limits of today and of the charter looked at, each with its words in a row of its own."""
    parts: list[Markup] = []
    marks = (("today", choice.before, "before", 12.0), ("looked at", choice.after, "after", 27.0))
    for name, limit, kind, y in marks:
        if limit is None:
            continue
        x, words = _place(frame, limit, currency), f"{name} {written(limit, currency)}"
        wide = svg.width_of(words, _WORDS_SIZE)
        ends = x + 5 + wide > frame.width
        parts += [
            svg.line((x, y - 9), (x, frame.floor), f"limit {kind}"),
            svg.text(words, x - 5 if ends else x + 5, y, f"name {kind}", "end" if ends else "start"),
        ]
    return parts
