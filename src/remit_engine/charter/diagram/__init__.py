"""A charter as two reduced ordered decision diagrams: one of its grants, one of its caps.

Every axis is a fact; its classes are intervals or sets of words that no rule tells apart. A walk through
the facts ends in what is reached along the amount. Equal diagrams are one node, whatever rules made them,
so two charters are compared by comparing numbers.

Literature: M. G. Gouda and A. X. Liu, "Structured firewall design", Computer Networks 51 (2007);
A. X. Liu, "Firewall policy change-impact analysis", ACM Transactions on Internet Technology 11 (2012).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from typing import cast

from remit_engine.charter.axes import NumberAxis
from remit_engine.charter.diagram.boxes import Cell, Space, cells, ones, space_of
from remit_engine.charter.diagram.building import caps_diagram, grants_diagram
from remit_engine.charter.diagram.store import Store
from remit_engine.charter.diagram.tops import UNLIMITED, Tops
from remit_engine.charter.document import Charter
from remit_engine.charter.levels import Level
from remit_engine.charter.request import Request, check_request
from remit_engine.charter.stretches import Stretch, careful_stretch, stretches

Steps = tuple[tuple[Level, int | None], ...]
"""Levels along the amount: pairs (level, largest amount judged in minor units; None on the last)."""


class StretchDiagrams:
    """The two diagrams of one stretch, built cell by cell when a request first meets a cell.

    Args:
        space: the axes; diagrams of one space and store can be compared.
        store: keeps the nodes.
        stretch: whose rules.
    """

    def __init__(self, space: Space, store: Store, stretch: Stretch) -> None:
        self.space = space
        self.store = store
        self.stretch = stretch
        self._grants = _by_class(cells(space, space.grants(stretch)))
        self._caps = _by_class(cells(space, space.caps(stretch)))
        self._roots: dict[tuple[object, ...], int] = {}

    def roots(self, role: int, kind: int) -> tuple[int, int]:
        """The roots (grants, caps) for a class of roles and a class of kinds."""
        return self._root(self._grants[role, kind], raises=True), self._root(
            self._caps[role, kind], raises=False
        )

    def _root(self, cell: Cell, *, raises: bool) -> int:
        """The root of a cell; cells whose rules do the same share it, wherever they are."""
        key = (raises, *((rule.tests_of_facts, rule.tops) for rule in cell.rules))
        root = self._roots.get(key)
        if root is None:
            build = grants_diagram if raises else caps_diagram
            root = self._roots[key] = build(self.store, cell.rules, self.space.full)
        return root

    def tops(self, classes: tuple[int, ...]) -> Tops:
        """What is reached along the amount in one class of every axis."""
        grants, caps = self.roots(classes[0], classes[1])
        reached = cast("Tops", self.store.walk(grants, classes))
        return reached.capped(cast("Tops", self.store.walk(caps, classes)))

    def build_all(self) -> int:
        """Build every cell at once.

        Returns:
            The number of different nodes of this stretch.
        """
        roots = [root for role, kind in self._grants for root in self.roots(role, kind)]
        return sum(1 for _ in self.store.reachable(roots))

    def level(self, request: Request) -> Level:
        """The level of a request that can be meant, on a day of this stretch."""
        charter = self.stretch.charter
        classes = self.space.classes(request, currency=charter.currency)
        return self.tops(classes).of(request.judged, foreign=_is_foreign(charter, request))

    def ladder(self, request: Request) -> Steps:
        """The levels along the amount judged, from `given` on; see `Diagrams.ladder`."""
        charter = self.stretch.charter
        if _is_foreign(charter, request):
            return ((self.level(replace(request, amount=0)), None),)
        starts = sorted({request.given, *self._cuts(request)})
        steps: list[tuple[Level, int | None]] = []
        for start, following in pairwise([*starts, None]):
            at_start = replace(request, amount=cast("int", start) - request.given)
            tops = self.tops(self.space.classes(at_start, currency=charter.currency))
            steps += _between(tops, cast("int", start), following)
        return _joined(steps)

    def _cuts(self, request: Request) -> list[int]:
        """Amounts judged at which the running total of an allowance comes into another class."""
        found: list[int] = []
        for name, allowances in self.space.allowances.items():
            axis = self.space.axes[self.space.places[name]]
            used = [request.used[each.id] for each in allowances if each.id in request.used]
            if used and not allowances[0].counts and isinstance(axis, NumberAxis):
                found += [request.given + start - max(used) for start in axis.starts if start - max(used) > 0]
        return found


class Diagrams:
    """The diagrams of a charter: for every stretch of days, and for a day that isn't known.

    Args:
        charter: whose rules.
    """

    def __init__(self, charter: Charter) -> None:
        self._charter = charter
        every = stretches(charter)
        careful = careful_stretch(charter)
        space, store = space_of(*every, careful), Store()
        self._stretches = [StretchDiagrams(space, store, stretch) for stretch in every]
        self._careful = StretchDiagrams(space, store, careful) if len(every) > 1 else self._stretches[0]

    def level(self, request: Request) -> Level:
        """What the one who asks may do.

        Raises:
            InputError: the request can't be meant, or the rules tell too many cases apart.
        """
        check_request(self._charter, request)
        return self._of(request).level(request)

    def ladder(self, request: Request) -> Steps:
        """The levels along the amount judged, from `given` on, whatever amount the request has.

        Raises:
            InputError: the request can't be meant, or the rules tell too many cases apart.
        """
        check_request(self._charter, request)
        return self._of(request).ladder(request)

    def build_all(self) -> int:
        """Build what is otherwise built when it is first needed; returns the number of nodes."""
        return sum(each.build_all() for each in self._stretches)

    def _of(self, request: Request) -> StretchDiagrams:
        day = request.day
        if day is None:
            return self._careful
        return next(
            each for each in self._stretches if each.stretch.until is None or day <= each.stretch.until
        )


def _is_foreign(charter: Charter, request: Request) -> bool:
    return request.currency is not None and request.currency != charter.currency


def _by_class(found: list[Cell]) -> Mapping[tuple[int, int], Cell]:
    return {(role, kind): cell for cell in found for role in ones(cell.roles) for kind in ones(cell.kinds)}


def _between(tops: Tops, start: int, following: int | None) -> list[tuple[Level, int | None]]:
    """The levels from one amount up to, not including, another one."""
    last = UNLIMITED if following is None else following - 1
    ends = sorted({top for top in tops[:4] if start <= top < last} | {last})
    return [(tops.at(end), None if end == UNLIMITED else end) for end in ends]


def _joined(steps: list[tuple[Level, int | None]]) -> Steps:
    """Neighbours of one level as one."""
    ended: list[tuple[Level, int | None]] = []
    for level, end in steps:
        if ended and ended[-1][0] == level:
            ended.pop()
        ended.append((level, end))
    return tuple(ended)


__all__ = ["Diagrams", "Steps", "StretchDiagrams"]
