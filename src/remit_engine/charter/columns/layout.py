"""Which bit a rule has: the same for a level in every cell, so that a level is read off by comparing.

Slots are counted from the highest bit of the first word: grants of `decide`, `inform`, `propose`, then caps
of `never`, `ask`, `propose`, `inform`. Whatever else is set, a word is at least 2^b exactly when a bit from b
upwards is. So the highest level of the grants, and the lowest of the caps, are a few comparisons with numbers
that don't depend on the cell: no table is looked up, and an engine for tables can do the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from remit_engine.charter.columns.boxes import Box, Cell
from remit_engine.charter.levels import Level

Bits = npt.NDArray[Any]
"""An unsigned array of whatever width the words have."""

GRANTS: Final = (Level.DECIDE, Level.INFORM, Level.PROPOSE)
CAPS: Final = (Level.NEVER, Level.ASK, Level.PROPOSE, Level.INFORM)
_WIDTHS: Final = (8, 16, 32, 64)


@dataclass(frozen=True, slots=True)
class Step:
    """One comparison: a word that is at least `least` changes the level by `by`."""

    least: int
    by: int


@dataclass(frozen=True, slots=True)
class WordPlan:
    """How a level is read off one word.

    Attributes:
        cap_bits: the bits of caps.
        reach: steps up from `ask`, on the whole word (grants have the higher bits).
        cap: steps down from `decide`, on the bits of caps.
    """

    cap_bits: int
    reach: tuple[Step, ...]
    cap: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """Places of rules in words.

    Attributes:
        width: bits of a word: 8, 16, 32 or 64.
        words: how many words a request needs.
        grants, caps: first slot of each level.
        allowances: slot of each allowance, by its number among the caps; the same in every cell.
        plans: one a word.
    """

    width: int
    words: int
    grants: Mapping[Level, int]
    caps: Mapping[Level, int]
    allowances: Mapping[int, int]
    plans: tuple[WordPlan, ...]

    @property
    def dtype(self) -> np.dtype[Any]:
        """The type of a word."""
        return np.dtype(f"u{self.width // 8}")

    def word(self, slot: int) -> int:
        """In which word a slot is."""
        return slot // self.width

    def bit(self, slot: int) -> int:
        """The number of the bit of a slot in its word."""
        return self.width - 1 - slot % self.width

    def slots(self, cell: Cell) -> Iterator[tuple[int, Box]]:
        """The rules of a cell with their slots: inside a level in the order of the cell."""
        for first, boxes in ((self.grants, cell.grants), (self.caps, cell.guardrails)):
            taken = dict(first)
            for box in boxes:
                yield taken[box.level], box
                taken[box.level] += 1
        for box in cell.allowances:
            yield self.allowances[box.number], box


def layout_of(cells: Sequence[Cell]) -> Layout:
    """The smallest layout that has room for every cell."""
    free = 0
    grants: dict[Level, int] = {}
    for level in GRANTS:
        grants[level] = free
        free += max((_count(cell.grants, level) for cell in cells), default=0)
    first_cap = free
    caps: dict[Level, int] = {}
    allowances: dict[int, int] = {}
    every = sorted({(box.number, box.level) for cell in cells for box in cell.allowances})
    for level in CAPS:
        caps[level] = free
        free += max((_count(cell.guardrails, level) for cell in cells), default=0)
        for number, beyond in every:
            if beyond is level:
                allowances[number] = free
                free += 1
    width = next((width for width in _WIDTHS if width >= free), _WIDTHS[-1])
    words = max(1, -(-free // width))
    ends = _ends(grants, first_cap), _ends(caps, free)
    plans = tuple(_plan(word, width, first_cap, *ends) for word in range(words))
    return Layout(width, words, grants, caps, allowances, plans)


def _count(boxes: Sequence[Box], level: Level) -> int:
    return sum(box.level is level for box in boxes)


def _ends(firsts: Mapping[Level, int], end: int) -> list[tuple[Level, int, int]]:
    """Levels with their first slot and the one after their last; those without a slot are left out."""
    starts = [*firsts.values(), end]
    return [
        (level, start, stop)
        for level, start, stop in zip(firsts, starts, starts[1:], strict=False)
        if start < stop
    ]


def _plan(
    word: int,
    width: int,
    first_cap: int,
    grants: Sequence[tuple[Level, int, int]],
    caps: Sequence[tuple[Level, int, int]],
) -> WordPlan:
    low, high = word * width, (word + 1) * width

    def steps(blocks: Sequence[tuple[Level, int, int]], start: Level) -> tuple[Step, ...]:
        """From the level that is left when no bit is set, along the blocks from the lowest bits up."""
        found = []
        level = start
        for block, first, stop in reversed(blocks):
            if first < high and stop > low:
                lowest_bit = width - 1 - (min(stop, high) - 1 - low)
                found.append(Step(1 << lowest_bit, block - level))
                level = block
        return tuple(found)

    cap_slots = max(0, high - max(first_cap, low))
    return WordPlan((1 << cap_slots) - 1, steps(grants, Level.ASK), steps(caps, Level.DECIDE))
