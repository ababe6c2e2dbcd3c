"""A ladder of a charter along the amount, on a scale that several of them share."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

from remit_engine.charter.ladder import Ladder
from remit_engine.charter.on_a_line import rung_ends
from remit_engine.charter.sentences import amount, ladder_in_words
from remit_engine.report.chart import svg
from remit_engine.report.chart.steps import BAR, step

_WIDTH: Final = 320
_OPEN: Final = 64
"""Room for the last rung, which has no end."""
_GAP: Final = 2
_NARROWEST: Final = 36


def rungs(ladder: Ladder, currency: str, largest: int, *, title: str) -> Markup:
    """Draw a ladder.

    Args:
        ladder: at least one rung.
        currency: of its amounts.
        largest: the largest amount of the scale, in minor units; small amounts get more room (square root).
        title: what it is.
    """
    ends = rung_ends(ladder, largest, length=_WIDTH, narrowest=_NARROWEST, last=_OPEN)
    parts: list[Markup] = []
    taken = 0.0
    start = 0.0
    for rung, end in zip(ladder.rungs, ends, strict=True):
        parts += step(start, end - (_GAP if rung.upto is not None else 0), rung.level.word)
        if rung.upto is not None:
            words = amount(rung.upto, currency)
            half = svg.width_of(words, 12) / 2
            middle = min(max(end, half), _WIDTH - half)
            if middle - half >= taken:
                parts.append(svg.text(words, middle, BAR + 15, "tick strong", "middle"))
                taken = middle + half + 8
        start = end
    about = ladder_in_words([(rung.level, rung.upto) for rung in ladder.rungs], currency)
    return svg.picture((_WIDTH, BAR + 20), title=title, about=f"{about}.", parts=parts, kind="ladder")
