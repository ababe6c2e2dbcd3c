"""A ladder of a charter along the amount, on a scale that several of them share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from remit_engine.charter.ladder import Ladder
from remit_engine.charter.on_a_line import place_of, rung_ends
from remit_engine.charter.sentences import amount, ladder_in_words
from remit_engine.report.chart import svg
from remit_engine.report.chart.steps import BAR, step

_WIDTH: Final = 320
_OPEN: Final = 0.2
"""Share of the line that is kept for the last rung, which has no end."""
_GAP: Final = 2
_NARROWEST: Final = 36
_ABOVE: Final = 22
"""Room above the steps for the amount that is looked at."""
_AROUND: Final = 5
"""Room that a mark keeps on each side of it."""
_STRIPES: Final = 7
"""Distance of the stripes over what was given already."""


def rungs(
    ladder: Ladder, currency: str, largest: int, *, title: str, at: int | None = None, width: int = _WIDTH
) -> Markup:
    """Draw a ladder.

    Args:
        ladder: at least one rung; what was given before it starts is striped.
        currency: of its amounts.
        largest: the largest amount of the scale, in minor units; small amounts get more room (square root).
        title: what it is.
        at: an amount that is looked at, in minor units, with a mark; None for none.
        width: of the drawing.
    """
    ends = drawn_ends(ladder, largest, width)
    top = 0 if at is None else _ABOVE
    given = place_of(ladder, ends, ladder.start) if ladder.start > 0 else 0.0
    mark = None if at is None else _mark_at(ladder, ends, at)
    parts: list[Markup] = []
    start = 0.0
    for rung, end in zip(ladder.rungs, ends, strict=True):
        last = end - (_GAP if rung.upto is not None else 0)
        parts += step(start, last, rung.level.word, free=_free(start, last, given, mark), top=top)
        start = end
    if given:
        parts.append(svg.tag("path", d=_stripes(given, top), class_="given"))
    parts += _ticks(ladder, currency, ends, given, top + BAR + 15)
    if at is not None and mark is not None:
        parts += _mark(amount(at, currency), mark, width, top)
    return svg.picture(
        (width, top + BAR + 20), title=title, about=_about(ladder, currency, at), parts=parts, kind="ladder"
    )


def drawn_ends(ladder: Ladder, largest: int, width: int) -> list[float]:
    """Where each rung of a drawing ends, from its left: for what is laid over it.

    Args:
        ladder: at least one rung.
        largest: the largest amount of the scale, in minor units.
        width: of the drawing.
    """
    return rung_ends(ladder, largest, length=width, narrowest=_NARROWEST, last=width * _OPEN)


def _about(ladder: Ladder, currency: str, at: int | None) -> str:
    """The whole drawing in words."""
    said = [f"{ladder_in_words([(rung.level, rung.upto) for rung in ladder.rungs], currency)}."]
    if ladder.start > 0:
        said.append(f"Given already: {amount(ladder.start, currency)}.")
    if at is not None:
        said.append(f"At {amount(at, currency)}: {ladder.level_at(at).word}.")
    return " ".join(said)


def _mark_at(ladder: Ladder, ends: Sequence[float], at: int) -> float:
    """Where the mark stands: visibly within the rung that its amount belongs to."""
    number = ladder.rungs.index(ladder.rung_at(at))
    lowest = ends[number - 1] if number else 0.0
    return min(max(place_of(ladder, ends, at), lowest + 3), ends[number] - _GAP - 3)


def _free(start: float, end: float, given: float, mark: float | None) -> tuple[float, float]:
    """The widest part of a step that is neither striped nor under the mark."""
    left = min(max(start, given), end)
    if mark is None or not left < mark < end:
        return left, end
    before, after = (left, mark - _AROUND), (mark + _AROUND, end)
    return before if before[1] - before[0] >= after[1] - after[0] else after


def _ticks(ladder: Ladder, currency: str, ends: Sequence[float], given: float, y: float) -> list[Markup]:
    """Amounts below the steps, from the left; those without room are left out, what was given first."""
    width = ends[-1]
    wanted = [
        (end, amount(rung.upto, currency), "tick strong")
        for rung, end in zip(ladder.rungs, ends, strict=True)
        if rung.upto is not None
    ]
    drawn = [(_place(words, at, width), words, kind) for at, words, kind in wanted]
    if given:
        words = f"{amount(ladder.start, currency)} given"
        drawn.append((_place(words, given, width), words, "tick"))
    parts: list[Markup] = []
    taken: list[tuple[float, float]] = []
    for middle, words, kind in drawn:
        half = svg.width_of(words, 12) / 2
        if all(middle + half + 8 <= low or middle - half - 8 >= high for low, high in taken):
            parts.append(svg.text(words, middle, y, kind, "middle"))
            taken.append((middle - half, middle + half))
    return parts


def _place(words: str, at: float, width: float, size: float = 12) -> float:
    half = svg.width_of(words, size) / 2
    return min(max(at, half), width - half)


def _mark(words: str, at: float, width: float, top: float) -> list[Markup]:
    """A line through the steps, with the amount above it."""
    middle = _place(words, at, width, 15)
    return [
        svg.rectangle(at - 1.5, top - 5, 3, BAR + 10, "at-line", round_by=1.5),
        svg.text(words, middle, top - 9, "at", "middle"),
    ]


def _stripes(width: float, top: float) -> str:
    """Slanting lines that fill a part of the steps from the left."""
    lines: list[str] = []
    begin = -BAR + _STRIPES
    while begin < width:
        low = max(begin, 0.0)
        high = min(begin + BAR, width)
        if high > low:
            lines.append(
                f"M{low:.1f} {top + BAR - (low - begin):.1f}L{high:.1f} {top + BAR - (high - begin):.1f}"
            )
        begin += _STRIPES
    return "".join(lines)
