"""From the rules of one cell to a diagram, with what can no longer matter dropped at every axis.

Grants and caps are built apart: their product can explode, their sum does not.
"""

from __future__ import annotations

from collections.abc import Sequence

from remit_engine.charter.diagram.boxes import Bits, RuleBox
from remit_engine.charter.diagram.cutting import FIRST_PLACE, Cutting
from remit_engine.charter.diagram.store import Store
from remit_engine.charter.diagram.strengths import Strengths, by_strength
from remit_engine.charter.diagram.tops import NO_CAP, NO_GRANT, Tops


class _Builder:
    """Builds the diagram of one cell.

    Args:
        store: where its nodes are kept.
        rules: all grants, or all caps.
        full: the classes that there are, for every axis.
        raises: whether they are grants.
    """

    def __init__(self, store: Store, rules: Sequence[RuleBox], full: Bits, *, raises: bool) -> None:
        self._store = store
        rules = by_strength(rules)
        self._cutting = Cutting(rules, full)
        self._strengths = Strengths(rules)
        self._raises = raises
        self._memo: dict[tuple[int, int, Tops], int] = {}

    def root(self) -> int:
        return self._node(FIRST_PLACE, self._cutting.all, NO_GRANT if self._raises else NO_CAP)

    def _node(self, place: int, alive: int, so_far: Tops) -> int:
        """The node for the rules that are left.

        Args:
            place: of the first axis that wasn't looked at.
            alive: rules that hold for all that was looked at.
            so_far: what the rules make that hold for certain and were dropped.
        """
        alive, so_far = self._settled(place, alive, so_far)
        if not alive:
            return self._store.terminal(so_far)
        place = self._cutting.next_place(place, alive)
        key = (place, alive, so_far)
        made = self._memo.get(key)
        if made is None:
            self._store.count_case()
            parts = self._cutting.parts(place, alive)
            below = [(bits, self._node(place + 1, left, so_far)) for bits, left in parts]
            made = self._memo[key] = self._store.node(place, below)
        return made

    def _settled(self, place: int, alive: int, so_far: Tops) -> tuple[int, Tops]:
        """Rules that hold for certain go into the tops; then rules go that can't change these any more."""
        still_open = self._cutting.open(place, alive)
        sure = alive & ~still_open
        if self._raises:
            so_far = self._strengths.raised(so_far, sure)
            return still_open & self._strengths.raising(so_far, NO_CAP), so_far
        so_far = self._strengths.lowered(so_far, sure)
        return still_open & self._strengths.lowering(so_far), so_far


def grants_diagram(store: Store, rules: Sequence[RuleBox], full: Bits) -> int:
    """The diagram of the grants of one cell; its terminals: the tops that they reach."""
    return _Builder(store, _distinct(rules), full, raises=True).root()


def caps_diagram(store: Store, rules: Sequence[RuleBox], full: Bits) -> int:
    """The diagram of the guardrails and allowances of one cell; its terminals: the tops that they leave."""
    return _Builder(store, _distinct(rules), full, raises=False).root()


def _distinct(rules: Sequence[RuleBox]) -> list[RuleBox]:
    """Each meaning once."""
    return list({rule.meaning: rule for rule in rules}.values())
