"""Numbers that never fall along a chain: which boxes of requests are possible at all.

The least values that satisfy every `a <= b` are found by raising, the greatest by lowering; a box is possible
exactly if there are such values, and an amount exactly if it lies between its least and greatest.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from remit_engine.charter.axes import NumberAxis
from remit_engine.charter.diagram.boxes import Bits, Space, ones
from remit_engine.charter.diagram.tops import UNLIMITED

_AMOUNT: Final = "amount"
Range = tuple[int, int]
"""First and last whole number, both included."""


class Chains:
    """The chains of a space.

    Args:
        space: with its axes and chains.
    """

    def __init__(self, space: Space) -> None:
        self._space = space
        self._pairs: list[tuple[str, str]] = []
        for chain in space.chains:
            known = [name for name in chain if name == _AMOUNT or name in space.places]
            self._pairs += list(pairwise(known))
        self._names = tuple(dict.fromkeys(name for pair in self._pairs for name in pair))
        self.places = frozenset(space.places[name] for name in self._names if name != _AMOUNT)
        self.is_free = not self._pairs
        self.bind_amount = _AMOUNT in self._names

    def amounts(self, box: Bits, within: Range = (0, UNLIMITED)) -> Range | None:
        """The amounts judged that are possible for some request of a box.

        Args:
            box: classes of every axis.
            within: amounts that are asked about, in minor units.

        Returns:
            The least and the greatest of them, None when no request of the box is possible.
        """
        if not self._pairs:
            return within
        ranges = {name: self._ranges(name, box, within) for name in self._names}
        least = self._raised(ranges)
        if least is None:
            return None
        greatest = self._lowered(ranges)
        return least.get(_AMOUNT, within[0]), greatest.get(_AMOUNT, within[1])

    def possible(self, box: Bits, within: Range = (0, UNLIMITED)) -> bool:
        """Whether there is a request in a box, with an amount in a range."""
        return self.amounts(box, within) is not None

    def _ranges(self, name: str, box: Bits, within: Range) -> list[Range]:
        """The values of a number in a box; a number that may be missing may be anything."""
        if name == _AMOUNT:
            return [within]
        place = self._space.places[name]
        axis = self._space.axes[place]
        if not isinstance(axis, NumberAxis) or box[place] >> len(axis.starts) & 1:
            return [(0, UNLIMITED)]
        ends = [*(start - 1 for start in axis.starts[1:]), UNLIMITED]
        return [(axis.starts[one], ends[one]) for one in ones(box[place])]

    def _raised(self, ranges: dict[str, list[Range]]) -> dict[str, int] | None:
        values = {name: each[0][0] for name, each in ranges.items()}
        changed = True
        while changed:
            changed = False
            for low, high in self._pairs:
                if values[high] < values[low]:
                    least = values[low]
                    above = [max(first, least) for first, last in ranges[high] if last >= least]
                    if not above:
                        return None
                    values[high] = min(above)
                    changed = True
        return values

    def _lowered(self, ranges: dict[str, list[Range]]) -> dict[str, int]:
        """The greatest values; called where there are values, so that there always is one below."""
        values = {name: each[-1][1] for name, each in ranges.items()}
        changed = True
        while changed:
            changed = False
            for low, high in self._pairs:
                if values[low] > values[high]:
                    most = values[high]
                    values[low] = max(min(last, most) for first, last in ranges[low] if first <= most)
                    changed = True
        return values
