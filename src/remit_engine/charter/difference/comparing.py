"""Two charters over the same axes, side by side, only where a rule that changed can still hold.

Rules that both charters have are one rule; where no changed rule is left and both sides have reached the
same, nothing below differs and the walk ends. So the work grows with what changed, not with the charters.
After A. X. Liu, "Firewall policy change-impact analysis", ACM Transactions on Internet Technology 11 (2012).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, cast

from remit_engine.charter.diagram.boxes import Bits, RuleBox, Space, cells
from remit_engine.charter.diagram.chains import Chains
from remit_engine.charter.diagram.cutting import FIRST_PLACE, Cutting
from remit_engine.charter.diagram.store import Store
from remit_engine.charter.diagram.strengths import Strengths, by_strength
from remit_engine.charter.diagram.tops import NO_CAP, NO_GRANT, Tops
from remit_engine.charter.difference.changes import Change, changes
from remit_engine.charter.stretches import Stretch
from remit_engine.errors import InputError
from remit_engine.limits import REGIONS


class Side(NamedTuple):
    """Where one charter stands on a walk.

    Attributes:
        alive: its rules that hold for all that was looked at and can still change it, as bits.
        reached: by grants that hold for certain.
        left: by caps that hold for certain.
    """

    alive: int
    reached: Tops
    left: Tops


@dataclass(frozen=True, slots=True)
class Universe:
    """The rules of both charters, each meaning once.

    Attributes:
        rules: those that can hold.
        old, new: meanings of each side.
    """

    rules: tuple[RuleBox, ...]
    old: frozenset[tuple[object, ...]]
    new: frozenset[tuple[object, ...]]

    @property
    def changed(self) -> frozenset[tuple[object, ...]]:
        """Meanings that one side has and the other has not."""
        return self.old ^ self.new


def universe(space: Space, old: Stretch, new: Stretch) -> Universe:
    """The rules of two stretches."""
    sides = [
        {rule.meaning: rule for rule in (*space.grants(each), *space.caps(each)) if rule.can_hold}
        for each in (old, new)
    ]
    return Universe(tuple((sides[0] | sides[1]).values()), frozenset(sides[0]), frozenset(sides[1]))


def differing(space: Space, chains: Chains, rules: Universe) -> Iterator[tuple[Bits, Change]]:
    """Disjoint boxes of all requests whose level changes, each with what changes there.

    Raises:
        InputError: there are more regions or cases than can be told apart.
    """
    changed = rules.changed
    if not changed:
        return
    store = Store()
    roots: dict[tuple[object, ...], int] = {}
    count = 0
    for cell in cells(space, rules.rules):
        if not any(rule.meaning in changed for rule in cell.rules):
            continue
        key = tuple((rule.tests_of_facts, rule.tops, rule.meaning in changed) for rule in cell.rules)
        if key not in roots:
            roots[key] = _Comparison(store, space.full, cell.rules, rules).root()
        start = (cell.roles, cell.kinds, *space.full[FIRST_PLACE:])
        for box, change in _boxes(store, roots[key], start, chains):
            count += 1
            if count > REGIONS:
                raise InputError(
                    "too-many-regions",
                    f"The two charters differ in more than {REGIONS:,} regions.",
                    "Compare with a version that is nearer.",
                )
            yield box, change


def _boxes(store: Store, root: int, start: Bits, chains: Chains) -> Iterator[tuple[Bits, Change]]:
    """The boxes of all walks that end in a change and are possible."""
    waiting = [(root, start)]
    while waiting:
        number, box = waiting.pop()
        node = store.edges(number)
        if node is None:
            found = cast("tuple[Change, ...]", store.value(number))
            amounts = chains.amounts(box) if found else None
            if amounts is not None:
                yield from ((box, left) for each in found if (left := each.within(amounts)))
            continue
        place, edges = node
        for bits, below in edges:
            inside = (*box[:place], bits, *box[place + 1 :])
            if place not in chains.places or chains.possible(inside):
                waiting.append((below, inside))


class _Comparison:
    """Builds the diagram of what changes in one cell; its terminals are tuples of changes."""

    def __init__(self, store: Store, full: Bits, rules: Sequence[RuleBox], of: Universe) -> None:
        rules = by_strength(rules)
        self._store = store
        self._cutting = Cutting(rules, full)
        self._strengths = Strengths(rules)
        self._sides = tuple(_bits(rule.meaning in side for rule in rules) for side in (of.old, of.new))
        self._same = store.terminal(())
        self._memo: dict[tuple[int, Side, Side], int] = {}
        self._simple: dict[tuple[int, Side, Side], int] = {}

    def root(self) -> int:
        """The node at which a walk through the cell begins."""
        old, new = (Side(alive, NO_GRANT, NO_CAP) for alive in self._sides)
        return self._node(FIRST_PLACE, old, new)

    def _node(self, place: int, old: Side, new: Side) -> int:
        """The node for what is left of both sides; nothing below differs where they stand alike."""
        old, new = self._counted(place, old), self._counted(place, new)
        if old == new:
            return self._same
        key = (place, old, new)
        made = self._memo.get(key)
        if made is None:
            made = self._memo[key] = self._settled(place, self._simplified(old), self._simplified(new))
        return made

    def _settled(self, place: int, old: Side, new: Side) -> int:
        if old == new:
            return self._same
        alive = old.alive | new.alive
        if not alive:
            return self._store.terminal(changes(old.reached.capped(old.left), new.reached.capped(new.left)))
        place = self._cutting.next_place(place, alive)
        key = (place, old, new)
        made = self._simple.get(key)
        if made is None:
            self._store.count_case()
            below = [
                (
                    bits,
                    self._node(
                        place + 1,
                        Side(old.alive & left, old.reached, old.left),
                        Side(new.alive & left, new.reached, new.left),
                    ),
                )
                for bits, left in self._cutting.parts(place, alive)
            ]
            made = self._simple[key] = self._store.node(place, below)
        return made

    def _counted(self, place: int, side: Side) -> Side:
        """A side once the rules that hold for certain are counted."""
        alive, reached, left = side
        still_open = self._cutting.open(place, alive)
        sure = alive & ~still_open
        if not sure:
            return side
        reached = self._strengths.raised(reached, sure & self._strengths.grants)
        left = self._strengths.lowered(left, sure & ~self._strengths.grants)
        return Side(still_open, reached.capped(left), left)

    def _simplified(self, side: Side) -> Side:
        """A side without the rules that can't change it any more."""
        alive, reached, left = side
        grants = alive & self._strengths.raising(reached, left)
        uncapped = self._strengths.raised(reached, grants)
        caps = alive & self._strengths.lowering(uncapped.capped(left))
        # Where caps leave as much as grants can still reach, they are as good as none.
        freed = (end if cap >= top else cap for cap, top, end in zip(left, uncapped, NO_CAP, strict=True))
        return Side(grants | caps, reached, Tops(*freed))


def _bits(holds: Iterator[bool]) -> int:
    return sum(each << number for number, each in enumerate(holds))
