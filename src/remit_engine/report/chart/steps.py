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


def step(start: float, end: float, level: str) -> list[Markup]:
    """One step of a ladder: its colour, and its icon and word where they fit."""
    middle = (start + end) / 2
    parts = [svg.rectangle(start, 0, end - start, BAR, f"step {level}", round_by=_ROUND)]
    icon = _ICONS[level]
    word = _WORDS[level]
    wide = svg.width_of(word, 12.5) + 18
    if end - start >= wide + 8:
        left = middle - wide / 2
        parts += [
            svg.tag(
                "path", d=icon, class_=f"icon {level}", transform=f"translate({left:.1f} {BAR / 2 - 6:.1f})"
            ),
            svg.text(word, left + 17, BAR / 2 + 4.5, f"level {level}"),
        ]
    elif end - start >= 14:
        parts.append(
            svg.tag(
                "path",
                d=icon,
                class_=f"icon {level}",
                transform=f"translate({middle - 6:.1f} {BAR / 2 - 6:.1f})",
            )
        )
    return parts
