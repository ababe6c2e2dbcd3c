"""The rules of one cell, cut along one axis after the other."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from remit_engine.charter.diagram.boxes import Bits, RuleBox, ones

FIRST_PLACE = 2
"""Axes before this one (role and kind) are cut into cells already."""
_CELLS: Final = frozenset(range(FIRST_PLACE))


class Cutting:
    """Which rules are left after which classes; sets of rules are bits, bit n for rule n.

    Attributes:
        rules: of the cell, in a fixed order.
        all: all of them, as bits.

    Args:
        rules: see above.
        full: for every axis the classes that there are.
        skip: places of axes that are not cut along.
    """

    def __init__(self, rules: Sequence[RuleBox], full: Bits, skip: AbstractSet[int] = _CELLS) -> None:
        self.rules = rules
        self.all = (1 << len(rules)) - 1
        self._full = full
        self._constrained = [0] * len(full)
        self._classes: list[dict[int, int]] = [{} for _ in full]
        for number, rule in enumerate(rules):
            for place, bits in rule.tests:
                if place not in skip:
                    self._constrained[place] |= 1 << number
                    self._classes[place][number] = bits
        self._open = [0] * (len(full) + 1)
        for place in range(len(full) - 1, -1, -1):
            self._open[place] = self._open[place + 1] | self._constrained[place]

    def open(self, place: int, alive: int) -> int:
        """The rules that still depend on the axis at a place or on one behind it."""
        return alive & self._open[place]

    def next_place(self, place: int, alive: int) -> int:
        """The first axis from a place on, on which one of these open rules depends."""
        while not alive & self._constrained[place]:
            place += 1
        return place

    def parts(self, place: int, alive: int) -> list[tuple[int, int]]:
        """Pairs (classes, rules left) of one axis: classes that leave the same rules stand together."""
        cut = alive & self._constrained[place]
        classes = self._classes[place]
        groups = [(self._full[place], alive & ~cut)]
        for number in ones(cut):
            holding, one = classes[number], 1 << number
            finer: list[tuple[int, int]] = []
            for bits, left in groups:
                inside = bits & holding
                if inside:
                    finer.append((inside, left | one))
                if inside != bits:
                    finer.append((bits & ~holding, left))
            groups = finer
        return groups
