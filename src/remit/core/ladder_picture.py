"""The authority ladder as people see it: drawn on the server, by classes alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.utils.safestring import SafeString, mark_safe

from remit_engine.charter.ladder import Ladder, Rung
from remit_engine.charter.levels import LEVELS_BY_WORD
from remit_engine.charter.on_a_line import largest_end
from remit_engine.report.chart.rungs import rungs as drawn_rungs

_NARROW: Final = 320
_WIDE: Final = 640

Rungs = Ladder | Sequence[tuple[str, int | None]]
"""A ladder of the engine, or its levels by word, each with the largest amount (None on the last)."""


def ladder_picture(
    rungs: Rungs,
    currency: str,
    *,
    start: int = 0,
    at: int | None = None,
    largest: int | None = None,
    compact: bool = False,
    title: str = "What may be decided, along the amount",
) -> SafeString:
    """Draw a ladder twice, for narrow and for wide places; the style sheet shows the one that fits.

    Args:
        rungs: at least one; levels fall from rung to rung.
        currency: of the amounts.
        start: given already on this order, in minor units (said by a ladder of the engine itself).
        at: amount judged that is looked at, in minor units: what was given already and what is to be given.
        largest: end of the scale, in minor units, for several that stand below one another.
        compact: only the narrow drawing, for lists and small cards.
        title: what it is, for those who can't see it.
    """
    ladder = rungs if isinstance(rungs, Ladder) else _ladder(rungs, start)
    scale = largest_end(ladder) if largest is None else largest
    widths = (_NARROW,) if compact else (_NARROW, _WIDE)
    drawn = "".join(
        f'<div class="ladder-{"narrow" if width == _NARROW else "wide"}">'
        f"{drawn_rungs(ladder, currency, scale, title=title, at=at, width=width)}</div>"
        for width in widths
    )
    kind = "ladder-picture compact" if compact else "ladder-picture"
    return mark_safe(f'<div class="{kind}">{drawn}</div>')  # noqa: S308 (the drawing escapes its words)  # nosec B308


def _ladder(rungs: Sequence[tuple[str, int | None]], start: int) -> Ladder:
    return Ladder(start, tuple(Rung(LEVELS_BY_WORD[word], upto, (), ()) for word, upto in rungs))
