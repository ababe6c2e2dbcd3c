"""Facts as axes with a few classes each: all values of one class are alike to every rule.

Diagrams and columns work on the numbers of classes and never see a word or an amount again. An axis may be
shared by several charters, so that they can be compared class by class.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from remit_engine.charter.document import Allowance, Charter
from remit_engine.charter.facts import (
    OTHER,
    PERSONAL_FLAGS,
    WHO_FACTS,
    Between,
    ChoiceFact,
    Condition,
    FlagFact,
    Is,
    NumberFact,
    OneOf,
)
from remit_engine.charter.plain import MISSING
from remit_engine.charter.stretches import Stretch
from remit_engine.errors import InputError


@dataclass(frozen=True, slots=True)
class WordAxis:
    """A fact whose values are words.

    Its classes are the words in order, then every other word, then *missing*.

    Attributes:
        name: of the fact.
        words: that some rule or some list names.
    """

    name: str
    words: tuple[str, ...]
    _places: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_places", {word: place for place, word in enumerate(self.words)})

    @property
    def size(self) -> int:
        """How many classes there are; the last is *missing*."""
        return len(self.words) + 2

    def class_of(self, value: object) -> int:
        """The class of a value or of `MISSING`."""
        return self.size - 1 if value is MISSING else self._places.get(str(value), len(self.words))

    def satisfying(self, condition: Condition, listed: Sequence[str] | None, *, if_missing: bool) -> int:
        """The classes that satisfy a condition, as bits (bit n for class n).

        Args:
            condition: a set of words.
            listed: the words that the charter of the condition lists; to that charter all others are `other`.
                None for facts without a list, whose words are what they are.
            if_missing: whether *missing* satisfies it.
        """
        if not isinstance(condition, OneOf):
            raise TypeError(condition)
        named = set(condition.values)
        bits = 0
        for place, word in enumerate(self.words):
            seen = word if listed is None or word in listed else OTHER
            bits |= (seen in named) << place
        bits |= (listed is not None and OTHER in named) << len(self.words)
        return bits | if_missing << len(self.words) + 1


@dataclass(frozen=True, slots=True)
class NumberAxis:
    """A fact whose values are whole numbers from 0 on.

    Class n holds the numbers from `starts[n]` up to but not including `starts[n + 1]`; the last is *missing*.

    Attributes:
        name: of the fact, or of the running total of an allowance.
        starts: rising, the first is 0.
    """

    name: str
    starts: tuple[int, ...]

    @property
    def size(self) -> int:
        """How many classes there are; the last is *missing*."""
        return len(self.starts) + 1

    def class_of(self, value: object) -> int:
        """The class of a value or of `MISSING`."""
        return bisect_right(self.starts, value) - 1 if isinstance(value, int) else len(self.starts)

    def satisfying(self, condition: Condition, _: Sequence[str] | None, *, if_missing: bool) -> int:
        """The classes that satisfy a condition, as bits (bit n for class n)."""
        if not isinstance(condition, Between):
            raise TypeError(condition)
        first = bisect_left(self.starts, condition.at_least)
        beyond = (
            len(self.starts) if condition.at_most is None else bisect_right(self.starts, condition.at_most)
        )
        bits = (1 << beyond) - (1 << first) if first < beyond else 0
        return bits | if_missing << len(self.starts)


@dataclass(frozen=True, slots=True)
class FlagAxis:
    """A fact that is no (class 0), yes (class 1) or missing (class 2)."""

    name: str

    @property
    def size(self) -> int:
        """How many classes there are; the last is *missing*."""
        return 3

    def class_of(self, value: object) -> int:
        """The class of a value or of `MISSING`."""
        return 2 if value is MISSING else int(bool(value))

    def satisfying(self, condition: Condition, _: Sequence[str] | None, *, if_missing: bool) -> int:
        """The classes that satisfy a condition, as bits (bit n for class n)."""
        if not isinstance(condition, Is):
            raise TypeError(condition)
        return (1 << condition.flag) | if_missing << 2


Axis = WordAxis | NumberAxis | FlagAxis

WHO_ORDER: Final = ("role", "kind", "team", "member", "step")
"""Facts that nearly every rule names come first, so that a walk soon meets few rules."""


def axes_of(*stretches: Stretch) -> tuple[Axis, ...]:
    """One axis for each fact that a rule names, role and kind first, totals of allowances last.

    Raises:
        InputError: a fact is of one type in one charter and of another type in another.
    """
    charters = [stretch.charter for stretch in stretches]
    named: dict[str, list[Condition]] = {"role": [], "kind": []}
    for stretch in stretches:
        for rule in (*stretch.grants, *stretch.caps):
            for name, condition in rule.conditions:
                named.setdefault(name, []).append(condition)
    facts = [name for name in named if name not in WHO_ORDER]
    order = [name for name in WHO_ORDER if name in named] + sorted(
        facts, key=lambda name: _rank(name, charters)
    )
    axes = [_axis(name, named[name], charters) for name in order]
    return (*axes, *_totals(stretches))


def total_name(allowance: Allowance, place: int) -> str:
    """The name of the axis on which an allowance runs: what would be used of it with this remedy."""
    return f"{place} {allowance.period.words} per {allowance.per}"


def listed_words(charter: Charter, name: str) -> Sequence[str] | None:
    """The words that a charter lists for a fact; None where any word is what it is."""
    if name == "kind":
        return charter.all_kinds
    if name == "step":
        return charter.step_names
    fact = charter.all_facts.get(name)
    return fact.values if isinstance(fact, ChoiceFact) else None


def _rank(name: str, charters: Sequence[Charter]) -> tuple[int, int, str]:
    """Flags and choices first, numbers later, chained numbers from the largest to the smallest."""
    fact = next((c.all_facts[name] for c in charters if name in c.all_facts), None)
    place = max((chain.index(name) for c in charters for chain in c.all_always if name in chain), default=0)
    return (2 if isinstance(fact, NumberFact) else 1 if isinstance(fact, ChoiceFact) else 0), -place, name


def _axis(name: str, conditions: Iterable[Condition], charters: Sequence[Charter]) -> Axis:
    facts = [charter.all_facts[name] for charter in charters if name in charter.all_facts]
    forms = {type(fact) for fact in facts}
    if len({(type(fact), getattr(fact, "unit", None)) for fact in facts}) > 1:
        raise InputError(
            "two-types",
            f"The fact {name!r} is not of the same type, or not counted in the same unit, in both charters.",
            "Give one of the two facts another name.",
        )
    if name in PERSONAL_FLAGS or forms == {FlagFact}:
        return FlagAxis(name)
    if forms == {NumberFact}:
        return NumberAxis(name, _starts(c for c in conditions if isinstance(c, Between)))
    words = dict.fromkeys(word for charter in charters for word in listed_words(charter, name) or ())
    if name == "role":
        words |= dict.fromkeys(role for charter in charters for role in charter.all_roles)
    if name in WHO_FACTS and name != "step":
        words |= dict.fromkeys(word for c in conditions if isinstance(c, OneOf) for word in c.values)
    return WordAxis(name, tuple(word for word in words if word != OTHER or name in WHO_FACTS))


def _starts(conditions: Iterable[Between]) -> tuple[int, ...]:
    starts = {0}
    for condition in conditions:
        starts.add(condition.at_least)
        if condition.at_most is not None:
            starts.add(condition.at_most + 1)
    return tuple(sorted(starts))


def _totals(stretches: Sequence[Stretch]) -> list[NumberAxis]:
    """One axis for each thing that is added up; allowances that add up the same share it."""
    limits: dict[tuple[object, ...], set[int]] = {}
    first: dict[tuple[object, ...], Allowance] = {}
    for stretch in stretches:
        for allowance in stretch.allowances:
            first.setdefault(allowance.counter, allowance)
            limits.setdefault(allowance.counter, {0}).add(allowance.most + 1)
    return [
        NumberAxis(total_name(allowance, place), tuple(sorted(limits[counter])))
        for place, (counter, allowance) in enumerate(first.items())
    ]


def counters_of(*stretches: Stretch) -> dict[tuple[object, ...], str]:
    """For everything that is added up, the name of its axis in `axes_of` the same stretches."""
    first: dict[tuple[object, ...], Allowance] = {}
    for stretch in stretches:
        for allowance in stretch.allowances:
            first.setdefault(allowance.counter, allowance)
    return {counter: total_name(allowance, place) for place, (counter, allowance) in enumerate(first.items())}
