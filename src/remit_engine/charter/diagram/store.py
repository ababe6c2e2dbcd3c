"""One store for the nodes of all diagrams that are compared: what is equal is one node."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator

from remit_engine.errors import InputError
from remit_engine.limits import DIAGRAM_CASES

Edges = tuple[tuple[int, int], ...]
"""Pairs (classes as bits, node below), each class in one pair."""


class Store:
    """Nodes by number, made once each (hash-consing).

    A node is a place of an axis with its edges, or a terminal: any value with which a walk may end.

    Args:
        most: how many cases may be looked at.
    """

    def __init__(self, most: int = DIAGRAM_CASES) -> None:
        self._most = most
        self._cases = 0
        self._numbers: dict[Hashable, int] = {}
        self._nodes: list[tuple[int, Edges] | None] = []
        self._values: list[Hashable] = []

    def __len__(self) -> int:
        return len(self._nodes)

    def terminal(self, value: Hashable) -> int:
        """The node with which a walk ends in a value."""
        return self._made((value,), None, value)

    def node(self, place: int, parts: Iterable[tuple[int, int]]) -> int:
        """The node that tests an axis; the node below where all classes lead to the same one.

        Args:
            place: of the axis.
            parts: pairs (classes, node below), together every class that there is, each once.
        """
        merged: dict[int, int] = {}
        for bits, below in parts:
            merged[below] = merged.get(below, 0) | bits
        if len(merged) == 1:
            return next(iter(merged))
        edges = tuple(sorted((bits, below) for below, bits in merged.items()))
        return self._made((place, edges), (place, edges), None)

    def count_case(self) -> None:
        """Count a case that is looked at, whatever node it ends in: so that nothing takes minutes.

        Raises:
            InputError: there are too many.
        """
        self._cases += 1
        if self._cases > self._most:
            raise InputError(
                "too-many-cases",
                f"The rules tell more than {self._most:,} cases apart, more than can be compared here.",
                "Let fewer rules hold for all roles and kinds, or let them look at fewer facts.",
            )

    def _made(self, key: Hashable, node: tuple[int, Edges] | None, value: Hashable) -> int:
        number = self._numbers.get(key)
        if number is None:
            self.count_case()
            number = self._numbers[key] = len(self._nodes)
            self._nodes.append(node)
            self._values.append(value)
        return number

    def value(self, number: int) -> Hashable:
        """The value of a terminal."""
        return self._values[number]

    def edges(self, number: int) -> tuple[int, Edges] | None:
        """Place of the axis and edges of a node; None for a terminal."""
        return self._nodes[number]

    def walk(self, number: int, classes: tuple[int, ...]) -> Hashable:
        """The value in which the walk of one request ends.

        Args:
            number: of the node where it starts.
            classes: of the request, one for each axis.
        """
        node = self._nodes[number]
        while node is not None:
            place, edges = node
            one = 1 << classes[place]
            number = next(below for bits, below in edges if bits & one)
            node = self._nodes[number]
        return self._values[number]

    def reachable(self, roots: Iterable[int]) -> Iterator[int]:
        """Every node below some roots, themselves included, each once."""
        seen: set[int] = set()
        waiting = list(roots)
        while waiting:
            number = waiting.pop()
            if number in seen:
                continue
            seen.add(number)
            yield number
            node = self._nodes[number]
            if node is not None:
                waiting.extend(below for _, below in node[1])
