"""A ladder as lines of text: levels in a bar, amounts below."""

from __future__ import annotations

from textwrap import wrap
from typing import Final

from rich.text import Text

from remit_engine.charter.ladder import Ladder
from remit_engine.charter.levels import Level
from remit_engine.charter.on_a_line import largest_end, rung_ends
from remit_engine.charter.sentences import amount, ladder_in_words

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
_NARROWEST: Final = 11


def bar(
    ladder: Ladder, currency: str, width: int, *, largest: int | None = None, mark: int | None = None
) -> list[Text]:
    """Draw a ladder.

    Args:
        ladder: at least one rung.
        currency: of the amounts.
        width: characters of a line.
        largest: the largest amount of a scale that several ladders share, in minor units; None for the
            largest of this one.
        mark: an amount judged to point at, in minor units; None for none.

    Returns:
        the line of levels; with a mark, a line that points at it above; where the level changes, a line of
        amounts below, or where they have no room, the ladder in words.
    """
    ends = _ends(ladder, width, largest_end(ladder) if largest is None else largest)
    lines = [_levels(ladder, ends)]
    if mark is not None:
        lines.insert(0, _pointing(ladder, ends, mark, currency))
    if len(ladder.rungs) > 1:
        amounts = _amounts(ladder, ends, currency)
        words = ladder_in_words([(rung.level, rung.upto) for rung in ladder.rungs], currency)
        lines += [Text(line, style="dim") for line in ([amounts] if amounts else wrap(words, width))]
    return lines


def _ends(ladder: Ladder, width: int, largest: int) -> list[int]:
    """In which column the border after each rung stands."""
    length = width - 1
    ends = rung_ends(
        ladder, largest, length=length, narrowest=min(_NARROWEST, length), last=length * _LAST_SHARE
    )
    return [round(end) for end in ends]


def _levels(ladder: Ladder, ends: list[int]) -> Text:
    line, start = Text("│"), 0
    for rung, end in zip(ladder.rungs, ends, strict=True):
        room = end - start - 1
        icon, word = ICONS[rung.level], rung.level.word
        shown = next((each for each in (f"{icon} {word}", word, icon) if len(each) <= room), "")
        line.append(shown.center(room), style=STYLES[rung.level])
        line.append("│")
        start = end
    return line


def _amounts(ladder: Ladder, ends: list[int], currency: str) -> str:
    """Amounts under the borders; empty where they have no room."""
    line = amount(ladder.start, currency)
    for rung, end in zip(ladder.rungs[:-1], ends, strict=False):
        label = amount(rung.upto or 0, currency)
        place = min(end - len(label) // 2, ends[-1] + 1 - len(label))
        if place <= len(line):
            return ""
        line = f"{line.ljust(place)}{label}"
    return line


def _pointing(ladder: Ladder, ends: list[int], mark: int, currency: str) -> Text:
    place = ladder.rungs.index(ladder.rung_at(mark))
    start = ends[place - 1] if place else 0
    low = (ladder.rungs[place - 1].upto or 0) if place else ladder.start
    high = ladder.rungs[place].upto
    share = 0.5 if high is None or high == low else (mark - low) / (high - low)
    at = min(start + 1 + round(share * max(ends[place] - start - 2, 0)), ends[-1])
    label = amount(mark, currency)
    before = at - 1 - len(label)
    return Text(f"{' ' * before}{label} ▼" if before >= 0 else f"{' ' * at}▼ {label}", style="bold")
