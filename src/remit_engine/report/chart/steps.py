"""The steps of a ladder: a colour, an icon and a word for each level."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

from remit_engine.report.chart import svg

BAR: Final = 34
"""Height of a ladder."""
_ROUND: Final = 6
_WORDS: Final = {
    "decide": "decide",
    "inform": "inform",
    "propose": "propose",
    "ask": "ask",
    "never": "never",
    "unasked": "not asked",
}
_ICONS: Final = {
    "decide": "M1.5 6.5 L4.8 9.8 L10.5 2.8",
    "inform": "M6 5.4 L6 10.4 M6 2.2 L6 2.3",
    "propose": "M3 1.5 H9 M3 10.5 H9 M3.5 1.5 C3.5 4.5 8.5 7.5 8.5 10.5 M8.5 1.5 C8.5 4.5 3.5 7.5 3.5 10.5",
    "ask": "M3.2 4.2 A2.8 2.8 0 1 1 7.6 6.4 Q6 7.4 6 8.4 M6 10.8 L6 10.9",
    "never": "M2.5 2.5 L9.5 9.5 M9.5 2.5 L2.5 9.5",
    "unasked": "M2.5 6 L9.5 6",
}
"""Tick, i, hour glass, question mark, cross, and a dash where nothing is known; in a square of 12."""


def step(
    start: float, end: float, level: str, *, free: tuple[float, float] | None = None, top: float = 0
) -> list[Markup]:
    """One step of a ladder: its colour, and its icon and word where they fit.

    Args:
        start: where it begins.
        end: where it ends.
        level: word of its level.
        free: the part of it that may hold icon and word; None for all of it.
        top: height at which it stands.
    """
    left, right = (start, end) if free is None else free
    icon, word = _ICONS[level], _WORDS[level]
    parts = [svg.rectangle(start, top, end - start, BAR, f"step {level}", round_by=_ROUND)]
    room = right - left
    wide = svg.width_of(word, 12.5) + 18
    if room < 14:
        return parts
    both = room >= wide + 8
    at = (left + right) / 2 - (wide / 2 if both else 6)
    place = f"translate({at:.1f} {top + BAR / 2 - 6:.1f})"
    parts.append(svg.tag("path", d=icon, class_=f"icon {level}", transform=place))
    if both:
        parts.append(svg.text(word, at + 17, top + BAR / 2 + 4.5, f"level {level}"))
    return parts
