"""The rules of a stretch as boxes of classes, gathered by role and kind; without those that never matter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from remit_engine.charter.axes import Axis, NumberAxis, axes_of, listed_words
from remit_engine.charter.builtin import PERSONAL
from remit_engine.charter.document import Allowance, Cap, Charter, Grant
from remit_engine.charter.facts import Between, Condition
from remit_engine.charter.levels import Level
from remit_engine.charter.stretches import Stretch

AMOUNT: Final = "amount"
"""The axis of the amount judged; missing where the amount is, or is in another currency."""
_WORTH_PRUNING: Final = 300
"""Most rules of a cell that are compared with each other: beyond, looking costs more than it saves."""


@dataclass(frozen=True, slots=True)
class Need:
    """What a rule needs of one fact.

    Attributes:
        condition: as in the charter; of the amount, a range.
        if_missing: whether a missing fact satisfies it.
        classes: the classes of the axis that satisfy it, as bits.
    """

    condition: Condition
    if_missing: bool
    classes: int


@dataclass(frozen=True, slots=True)
class Box:
    """A rule inside a cell: role and kind are settled.

    Attributes:
        number: place in the grants, or in the caps, of the stretch.
        level: what it raises or caps to.
        needs: by name of the fact; all of them have to be met.
        allowance: what has to be exceeded besides; None for grants and guardrails.
    """

    number: int
    level: Level
    needs: Mapping[str, Need]
    allowance: Allowance | None = None

    def holds_within(self, other: Box) -> bool:
        """Whether the other one holds wherever this one does."""
        mine = self.needs
        return all(
            name in mine and not mine[name].classes & ~need.classes for name, need in other.needs.items()
        )


@dataclass(frozen=True, slots=True)
class Cell:
    """The rules that can hold for some roles and kinds.

    Attributes:
        grants: highest level first, then the largest `upto`, then the order of the charter.
        guardrails: lowest level first, then the smallest `above`, then the order of the charter.
        allowances: in the order of the charter.
    """

    grants: tuple[Box, ...]
    guardrails: tuple[Box, ...]
    allowances: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Cells:
    """A stretch cut by role and kind.

    Attributes:
        axes: by name of the fact, `amount` among them.
        cells: the distinct ones.
        places: for each class of role, for each class of kind, which of the cells it is.
    """

    axes: Mapping[str, Axis]
    cells: tuple[Cell, ...]
    places: tuple[tuple[int, ...], ...]


def cells_of(stretch: Stretch, *, all_known: bool = False) -> Cells:
    """Cut the rules of a stretch by role and kind. The guardrails that every charter has are left out.

    Args:
        stretch: the rules.
        all_known: leaves out requests whose role or kind is missing. Nearly all caps hold for those, so that
            their cells need far more bits than all others.
    """
    axes: dict[str, Axis] = {axis.name: axis for axis in axes_of(stretch)}
    axes[AMOUNT] = NumberAxis(AMOUNT, _amounts(stretch))
    rules: tuple[Grant | Cap, ...] = (*stretch.grants, *stretch.caps)
    boxes = _Boxes(stretch, axes)
    roles, kinds = axes["role"], axes["kind"]
    inside: dict[tuple[int, int], list[int]] = {}
    for place, rule in enumerate(rules):
        if rule in PERSONAL:
            continue
        for role in _bits(boxes.classes(rule, "role") & ~(all_known << roles.size - 1)):
            for kind in _bits(boxes.classes(rule, "kind") & ~(all_known << kinds.size - 1)):
                inside.setdefault((role, kind), []).append(place)
    found: dict[tuple[int, ...], int] = {}
    places = tuple(
        tuple(found.setdefault(tuple(inside.get((role, kind), ())), len(found)) for kind in range(kinds.size))
        for role in range(roles.size)
    )
    return Cells(axes, tuple(boxes.cell(numbers) for numbers in found), places)


class _Boxes:
    """Makes boxes, each once."""

    def __init__(self, stretch: Stretch, axes: Mapping[str, Axis]) -> None:
        self._charter: Charter = stretch.charter
        self._grants = len(stretch.grants)
        self._rules: tuple[Grant | Cap, ...] = (*stretch.grants, *stretch.caps)
        self._axes = axes
        self._needs: dict[tuple[str, Condition, bool], Need] = {}
        self._boxes: dict[int, Box] = {}

    def classes(self, rule: Grant | Cap, name: str) -> int:
        """The classes of role or kind for which a rule can hold."""
        condition = dict(rule.conditions).get(name)
        if condition is None:
            return (1 << self._axes[name].size) - 1
        return self._need(name, condition, if_missing=_if_missing(rule)).classes

    def cell(self, numbers: Sequence[int]) -> Cell:
        """The cell of the rules with these places."""
        grants = [self._box(n) for n in numbers if n < self._grants]
        caps = [self._box(n) for n in numbers if n >= self._grants]
        grants.sort(key=lambda box: (-box.level, -_limit(box, at_most=True), box.number))
        guardrails = [box for box in caps if box.allowance is None]
        guardrails.sort(key=lambda box: (box.level, _limit(box, at_most=False), box.number))
        return Cell(
            _needed(grants), _needed(guardrails), tuple(box for box in caps if box.allowance is not None)
        )

    def _box(self, place: int) -> Box:
        box = self._boxes.get(place)
        if box is None:
            box = self._boxes[place] = self._made(place, self._rules[place])
        return box

    def _made(self, place: int, rule: Grant | Cap) -> Box:
        needs = {
            name: self._need(name, condition, if_missing=_if_missing(rule))
            for name, condition in rule.conditions
            if name not in {"role", "kind"}
        }
        if isinstance(rule, Grant):
            if rule.upto is not None:
                needs[AMOUNT] = self._need(AMOUNT, Between(0, rule.upto), if_missing=False)
            return Box(place, rule.level, needs)
        if isinstance(rule, Allowance):
            return Box(place - self._grants, rule.beyond, needs, rule)
        if rule.above is not None:
            above = Between(rule.above + 1, None)
            needs[AMOUNT] = self._need(AMOUNT, above, if_missing=_if_missing(rule))
        return Box(place - self._grants, rule.at_most, needs)

    def _need(self, name: str, condition: Condition, *, if_missing: bool) -> Need:
        key = (name, condition, if_missing)
        need = self._needs.get(key)
        if need is None:
            listed = None if name == AMOUNT else listed_words(self._charter, name)
            classes = self._axes[name].satisfying(condition, listed, if_missing=if_missing)
            need = self._needs[key] = Need(condition, if_missing, classes)
        return need


def _needed(boxes: Sequence[Box]) -> tuple[Box, ...]:
    """The boxes that come first somewhere: one that holds only where an earlier one does never matters."""
    if len(boxes) > _WORTH_PRUNING:
        return tuple(boxes)
    kept: list[Box] = []
    for box in boxes:
        if not any(box.holds_within(earlier) for earlier in kept):
            kept.append(box)
    return tuple(kept)


def _limit(box: Box, *, at_most: bool) -> float:
    """Where the range of amounts of a box ends (or starts)."""
    need = box.needs.get(AMOUNT)
    condition = need.condition if need else None
    if not isinstance(condition, Between):
        return float("inf") if at_most else 0
    limit = condition.at_most if at_most else condition.at_least
    return float("inf") if limit is None else limit


def _if_missing(rule: Grant | Cap) -> bool:
    """Missing is careful: it never helps a grant, and triggers a cap that doesn't ignore it."""
    return not isinstance(rule, Grant) and not rule.ignores_missing


def _amounts(stretch: Stretch) -> tuple[int, ...]:
    """The amounts at which some rule begins or ceases to hold."""
    limits = [grant.upto for grant in stretch.grants] + [guardrail.above for guardrail in stretch.guardrails]
    return tuple(sorted({0} | {limit + 1 for limit in limits if limit is not None}))


def _bits(bits: int) -> Iterator[int]:
    """The numbers of the bits that are set."""
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low
