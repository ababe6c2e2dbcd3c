"""A ladder as two lines of text: levels in a bar, amounts below."""

from __future__ import annotations

from math import sqrt
from typing import Final

from rich.text import Text

from remit_engine.charter.ladder import Ladder
from remit_engine.charter.levels import Level
from remit_engine.charter.periods import Period, Span
from remit_engine.money import written

STYLES: Final = {
    Level.DECIDE: "black on green",
    Level.INFORM: "black on cyan",
    Level.PROPOSE: "black on yellow",
    Level.ASK: "black on magenta",
    Level.NEVER: "reverse dim",
}
COLOURS: Final = {
    Level.DECIDE: "green",
    Level.INFORM: "cyan",
    Level.PROPOSE: "yellow",
    Level.ASK: "magenta",
    Level.NEVER: "dim",
}
ICONS: Final = {
    Level.DECIDE: "✓",
    Level.INFORM: "i",
    Level.PROPOSE: "…",
    Level.ASK: "?",
    Level.NEVER: "–",
}
_LAST_SHARE: Final = 0.22
"""Of the width, for the rung that has no end."""


def bar(ladder: Ladder, currency: str, width: int, *, mark: int | None = None) -> list[Text]:
    """Draw a ladder.

    Args:
        ladder: at least one rung.
        currency: of the amounts.
        width: characters of a line.
        mark: an amount judged to point at, in minor units; None for none.

    Returns:
        the line of levels, the line of amounts, and with a mark the line that points at it above them.
    """
    ends = _ends(ladder, width)
    levels, start = Text("│"), 1
    for rung, end in zip(ladder.rungs, ends, strict=True):
        room = end - start
        word = f"{ICONS[rung.level]} {rung.level.word}"
        shown = word if len(word) <= room - 1 else rung.level.word[: room - 1] if room > 1 else ""
        levels.append(shown.center(room - 1), style=STYLES[rung.level])
        levels.append("│")
        start = end
    lines = [levels, Text(_amounts(ladder, ends, currency), style="dim")]
    if mark is not None:
        lines.insert(0, _pointing(ladder, ends, mark, currency, width))
    return lines


def _ends(ladder: Ladder, width: int) -> list[int]:
    """Where each rung ends: by the root of its amounts, so that small ones can be told apart."""
    rungs = ladder.rungs
    if len(rungs) == 1:
        return [width]
    least = min(11, width // len(rungs))
    most = rungs[-2].upto or 1
    room = int(width * (1 - _LAST_SHARE))
    ends: list[int] = []
    for place, rung in enumerate(rungs[:-1]):
        wanted = round(room * sqrt((rung.upto or 0) / most)) if most else room
        lowest = (ends[-1] if ends else 0) + least
        highest = width - least * (len(rungs) - 1 - place)
        ends.append(min(max(wanted, lowest), highest))
    return [*ends, width]


def _amounts(ladder: Ladder, ends: list[int], currency: str) -> str:
    line = written(ladder.start, currency, sign=False)
    for rung, end in zip(ladder.rungs[:-1], ends, strict=False):
        label = written(rung.upto or 0, currency, sign=False)
        place = max(end - 1 - len(label) // 2, len(line) + 1)
        line = f"{line.ljust(place)}{label}"
    return line


def _pointing(ladder: Ladder, ends: list[int], mark: int, currency: str, width: int) -> Text:
    place = ladder.rungs.index(ladder.rung_at(mark))
    start = ends[place - 1] if place else 0
    low = (ladder.rungs[place - 1].upto or 0) if place else ladder.start
    high = ladder.rungs[place].upto
    share = 0.5 if high is None or high == low else (mark - low) / (high - low)
    at = min(start + round(share * max(ends[place] - start - 2, 0)), width - 1)
    label = f"{written(mark, currency, sign=False)} ▼"
    return Text(f"{label:>{at + 1}}" if at + 1 >= len(label) else f"{' ' * at}▼ {label[:-2]}", style="bold")


def period_in_words(period: Period) -> str:
    """A period behind *left for this member*: ` this week`, ` in 30 days`; nothing for ever."""
    words = {Span.DAY: " today", Span.WEEK: " this week", Span.MONTH: " this month", Span.EVER: ""}
    return words.get(period.span, f" in {period.days} days")
