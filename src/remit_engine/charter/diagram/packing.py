"""A box of requests as one whole number, so that boxes meet and hold one another in a few machine steps.

Every axis has a field of bits, one for each class, and a guard bit above it that stays 0. Adding a field of
ones to a field that isn't empty carries into the guard: so all fields are tested for emptiness at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import lshift


class Packing:
    """Fields for the axes of a space.

    Args:
        sizes: the number of classes of every axis.

    Attributes:
        low: all fields full of ones.
        guard: the guard bits.
        fields: for every axis its field full of ones.
    """

    def __init__(self, sizes: Sequence[int]) -> None:
        self._shifts: list[int] = []
        self.fields: list[int] = []
        self.guard = 0
        at = 0
        for size in sizes:
            self._shifts.append(at)
            self.fields.append(((1 << size) - 1) << at)
            self.guard |= 1 << at + size
            at += size + 1
        self.low = sum(self.fields)

    def packed(self, bits: Sequence[int]) -> int:
        """A box as a number."""
        return sum(map(lshift, bits, self._shifts))

    def bits(self, box: int) -> tuple[int, ...]:
        """The classes of every axis of a box."""
        return tuple((box & field) >> shift for field, shift in zip(self.fields, self._shifts, strict=True))

    def meets(self, one: int, other: int) -> bool:
        """Whether two boxes have a request in common."""
        return ((one & other) + self.low) & self.guard == self.guard

    def is_empty(self, box: int) -> bool:
        """Whether there is no request in a box."""
        return (box + self.low) & self.guard != self.guard

    def differing(self, box: int, other: int) -> int:
        """On how many axes a box reaches beyond another one."""
        return ((box & ~other) + self.low & self.guard).bit_count()

    def pieces(self, box: int, other: int) -> Iterator[tuple[int, int]]:
        """For every axis on which a box reaches beyond another: its field, and what lies beyond, packed."""
        beyond = box & ~other
        for field in self.fields:
            outside = beyond & field
            if outside:
                yield field, outside
