"""Rules as boxes of numbers: for every axis the classes where a rule holds, and what it does there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from remit_engine.charter.axes import Axis, NumberAxis, axes_of, counters_of, listed_words
from remit_engine.charter.diagram.packing import Packing
from remit_engine.charter.diagram.tops import NO_AMOUNT, UNLIMITED, Tops, granted, left_by
from remit_engine.charter.document import Allowance, Cap, Grant
from remit_engine.charter.facts import PERSONAL_FLAGS, WHO_FACTS, Between, Condition, NumberFact, Unit
from remit_engine.charter.plain import MISSING
from remit_engine.charter.request import Request
from remit_engine.charter.stretches import Stretch
from remit_engine.errors import InputError
from remit_engine.limits import DIAGRAM_AXES

NEVER_MISSING = frozenset({"kind", "step", *PERSONAL_FLAGS})
"""Facts that every request has."""

Bits = tuple[int, ...]
"""For every axis a set of classes, bit n for class n: a box of requests."""


@dataclass(frozen=True, slots=True)
class RuleBox:
    """A rule as numbers.

    Attributes:
        rule: the grant, guardrail or allowance.
        bits: for every axis the classes where it holds; no class at all when it can never hold.
        packed: the same as one number.
        tests: (place of the axis, classes) for the axes on which it doesn't hold everywhere.
        tops: what it reaches (a grant) or leaves (a cap) along the amount.
        amounts: the first and last amount judged at which it holds, in minor units.
        edge: the largest amount that a grant reaches or that a cap leaves alone, in minor units.
        place: in the document.
    """

    rule: Grant | Cap
    bits: Bits
    packed: int
    tests: tuple[tuple[int, int], ...]
    tops: Tops
    amounts: tuple[int, int]
    edge: int
    place: int

    @property
    def is_grant(self) -> bool:
        """Whether it raises."""
        return isinstance(self.rule, Grant)

    @property
    def level(self) -> int:
        """The level that it raises or caps to, as a number."""
        if isinstance(self.rule, Grant):
            return self.rule.level
        return self.rule.beyond if isinstance(self.rule, Allowance) else self.rule.at_most

    @property
    def holds_missing(self) -> bool:
        """Whether it holds when the amount isn't known."""
        return self.edge == UNLIMITED if self.is_grant else self.tops.missing == self.level

    @property
    def can_hold(self) -> bool:
        """Whether there is any request for which it holds."""
        return all(self.bits)

    @property
    def tests_of_facts(self) -> tuple[tuple[int, int], ...]:
        """Its tests but those of role and kind, which are the first two axes."""
        return tuple(test for test in self.tests if test[0] > 1)

    @property
    def meaning(self) -> tuple[object, ...]:
        """Equal for rules that do the same for the same requests, whatever they are called."""
        return self.is_grant, self.tests, self.tops


@dataclass(frozen=True)
class Space:
    """All requests that the rules of some stretches can tell apart.

    Attributes:
        axes: role and kind first, running totals of allowances last; the amount is none of them.
        full: for every axis the classes that there are; without *missing* where nothing can be missing.
        totals: the names of the axes of running totals, by what is added up.
        chains: names of numbers that never fall, over all charters; `amount` is the amount judged.
        allowances: of which the totals are, by name of the axis.
        units: of declared numbers.
        places: of the axes by name.
        packing: how boxes become numbers.
    """

    axes: tuple[Axis, ...]
    full: Bits
    totals: dict[tuple[object, ...], str]
    chains: tuple[tuple[str, ...], ...]
    allowances: dict[str, tuple[Allowance, ...]]
    units: dict[str, Unit]
    places: dict[str, int] = field(init=False)
    packing: Packing = field(init=False)
    _known: dict[tuple[object, ...], int] = field(init=False, default_factory=dict)
    # By identity: a rule that two charters share may hold elsewhere in each, as their lists differ.
    _made: dict[int, dict[int, RuleBox]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "places", {axis.name: place for place, axis in enumerate(self.axes)})
        object.__setattr__(self, "packing", Packing([axis.size for axis in self.axes]))

    def grants(self, stretch: Stretch) -> tuple[RuleBox, ...]:
        """The grants of a stretch, in the order of the document."""
        return self._boxes(stretch, stretch.grants)

    def caps(self, stretch: Stretch) -> tuple[RuleBox, ...]:
        """The guardrails (built-in ones too) and allowances of a stretch, in the order of the document."""
        return self._boxes(stretch, stretch.caps)

    def _boxes(self, stretch: Stretch, rules: Sequence[Grant | Cap]) -> tuple[RuleBox, ...]:
        """The rules of one charter as boxes; stretches share those that hold in both."""
        known = self._made.setdefault(id(stretch.charter), {})
        boxes = []
        for place, rule in enumerate(rules):
            box = known.get(id(rule))
            if box is None:
                box = known[id(rule)] = self._box(stretch, rule, place)
            boxes.append(box)
        return tuple(boxes)

    def box_of(
        self, conditions: Iterable[tuple[str, Condition]], stretch: Stretch, *, if_missing: bool
    ) -> Bits:
        """The classes that satisfy some conditions."""
        bits = list(self.full)
        for name, condition in conditions:
            place = self.places[name]
            bits[place] &= self._satisfying(place, condition, stretch, if_missing=if_missing)
        return tuple(bits)

    def _box(self, stretch: Stretch, rule: Grant | Cap, place: int) -> RuleBox:
        bits = list(
            self.box_of(
                rule.conditions, stretch, if_missing=not isinstance(rule, Grant) and not rule.ignores_missing
            )
        )
        if isinstance(rule, Grant):
            edge = UNLIMITED if rule.upto is None else rule.upto
            tops = granted(rule.level, edge)
        elif isinstance(rule, Allowance):
            edge = NO_AMOUNT
            tops = left_by(rule.beyond, edge, holds_missing=True)
            total = self.places[self.totals[rule.counter]]
            bits[total] &= self._satisfying(total, Between(rule.most + 1, None), stretch, if_missing=True)
        else:
            edge = NO_AMOUNT if rule.above is None else rule.above
            tops = left_by(rule.at_most, edge, holds_missing=rule.above is None or not rule.ignores_missing)
        tests = tuple((at, each) for at, each in enumerate(bits) if each != self.full[at])
        amounts = (0, edge) if isinstance(rule, Grant) else (edge + 1, UNLIMITED)
        return RuleBox(rule, tuple(bits), self.packing.packed(bits), tests, tops, amounts, edge, place)

    def _satisfying(self, place: int, condition: Condition, stretch: Stretch, *, if_missing: bool) -> int:
        key = (place, condition, id(stretch.charter), if_missing)
        bits = self._known.get(key)
        if bits is None:
            axis = self.axes[place]
            listed = listed_words(stretch.charter, axis.name)
            bits = self._known[key] = axis.satisfying(condition, listed, if_missing=if_missing)
        return bits

    def classes(self, request: Request, *, currency: str) -> tuple[int, ...]:
        """The class of a request on every axis.

        Args:
            request: its facts may be more than these axes.
            currency: of the charter; in another one running totals of money aren't known.
        """
        amount = request.amount if request.currency in {None, currency} else None
        return tuple(axis.class_of(self._value(axis.name, request, amount)) for axis in self.axes)

    def value(self, name: str, request: Request, *, currency: str) -> object:
        """What is known of a fact or running total of these axes, or `MISSING`."""
        return self._value(name, request, request.amount if request.currency in {None, currency} else None)

    def _value(self, name: str, request: Request, amount: int | None) -> object:
        if name in self.allowances:
            return self._total(name, request, amount)
        if name == "kind" or name in WHO_FACTS or name in PERSONAL_FLAGS:
            value = getattr(request, name)
        else:
            value = request.facts.get(name)
        return MISSING if value is None else value

    def _total(self, name: str, request: Request, amount: int | None) -> object:
        """What would be used with this remedy; the highest where allowances of one total disagree."""
        totals = []
        for allowance in self.allowances[name]:
            used = request.used.get(allowance.id)
            if used is None and any(other.id in request.used for other in self.allowances[name]):
                continue
            if used is None or (amount is None and not allowance.counts):
                return MISSING
            totals.append(used + (1 if allowance.counts else amount or 0))
        return max(totals, default=MISSING, key=lambda total: total if isinstance(total, int) else 0)


def space_of(*stretches: Stretch) -> Space:
    """The space of one or several stretches, of one or several charters.

    Raises:
        InputError: a fact is of two types, or there are too many facts.
    """
    axes = axes_of(*stretches)
    if len(axes) > DIAGRAM_AXES:
        raise InputError(
            "too-many-facts",
            f"The rules look at {len(axes)} facts, more than Remit compares.",
            f"Stay below {DIAGRAM_AXES}.",
        )
    totals = counters_of(*stretches)
    allowances: dict[str, dict[Allowance, None]] = {}
    for stretch in stretches:
        for allowance in stretch.allowances:
            allowances.setdefault(totals[allowance.counter], {})[allowance] = None
    named = {name: tuple(each) for name, each in allowances.items()}
    chains = dict.fromkeys(chain for stretch in stretches for chain in stretch.charter.all_always)
    units = {
        fact.name: fact.unit
        for stretch in stretches
        for fact in stretch.charter.all_facts.values()
        if isinstance(fact, NumberFact)
    }
    full = tuple(_possible(axis, named) for axis in axes)
    return Space(axes, full, totals, tuple(chains), named, units)


def _possible(axis: Axis, allowances: dict[str, tuple[Allowance, ...]]) -> int:
    """The classes that a request can be in."""
    bits = (1 << axis.size) - 1
    if axis.name in NEVER_MISSING:
        bits ^= 1 << axis.size - 1
    counted = axis.name in allowances and allowances[axis.name][0].counts
    if counted and isinstance(axis, NumberAxis) and axis.starts[1:2] == (1,):
        # This remedy itself is counted, so a number of remedies is never nought.
        bits ^= 1
    return bits


def ones(bits: int) -> Iterator[int]:
    """The numbers of the bits that are set, from the lowest."""
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low


@dataclass(frozen=True, slots=True)
class Cell:
    """Roles and kinds to which the same rules apply.

    Attributes:
        roles, kinds: their classes.
        rules: those that can hold there, in their order.
    """

    roles: int
    kinds: int
    rules: tuple[RuleBox, ...]


def cells(space: Space, rules: Sequence[RuleBox]) -> list[Cell]:
    """All pairs of role and kind, those with the same rules together for one role."""
    able = [rule for rule in rules if rule.can_hold]
    found: list[Cell] = []
    for roles, of_roles in _shared(able, 0, space.full[0]):
        for kinds, of_both in _shared(of_roles, 1, space.full[1]):
            found.append(Cell(roles, kinds, tuple(of_both)))
    return found


def _shared(rules: Sequence[RuleBox], place: int, full: int) -> Iterator[tuple[int, list[RuleBox]]]:
    """The classes of an axis with the rules that hold there, classes with the same rules together."""
    held: dict[int, list[int]] = {one: [] for one in ones(full)}
    for number, rule in enumerate(rules):
        for one in ones(rule.bits[place]):
            held[one].append(number)
    together: dict[tuple[int, ...], int] = {}
    for one, numbers in held.items():
        key = tuple(numbers)
        together[key] = together.get(key, 0) | 1 << one
    for numbers_of, bits in together.items():
        yield bits, [rules[number] for number in numbers_of]
