"""What a charter declares before its rules: facts, kinds, roles, steps, and numbers that never fall."""

from __future__ import annotations

import re
from typing import Final

from remit_engine.charter.document import Step
from remit_engine.charter.facts import (
    NO_STEP,
    OTHER,
    RESERVED,
    ChoiceFact,
    Fact,
    FlagFact,
    NumberFact,
    Unit,
)
from remit_engine.charter.reading.fields import entries
from remit_engine.charter.reading.nodes import Node, Row, Scalar
from remit_engine.charter.reading.notes import Notes, Wrong, meant, shown
from remit_engine.charter.reading.scalars import items, scalar, without_other, word, words
from remit_engine.charter.reading.vocabulary import Vocabulary
from remit_engine.limits import CHARTER_FACTS, CHARTER_STEPS

_FACT_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
_CURRENCY: Final = re.compile(r"[A-Z]{3}")
_BAR: Final = re.compile(r"([1-9][0-9]{0,5}) fair reviews? at ([1-9][0-9]?) ?%")
_UNITS: Final = {unit.value: unit for unit in Unit}
_FLAG: Final = "flag"
_LONGEST_NAME: Final = 60
_PAIR: Final = 2


def currency(node: Node) -> str:
    """A code of ISO 4217."""
    found = scalar(node, "a currency such as EUR").text
    if not _CURRENCY.fullmatch(found):
        raise Wrong(
            node,
            "not-a-currency",
            f"{shown(found)} is no currency.",
            "Write its three capital letters, such as EUR.",
        )
    return found


def facts(notes: Notes, node: Node, vocabulary: Vocabulary) -> tuple[Fact, ...]:
    """Declared facts; they are added to the vocabulary."""
    declared: list[Fact] = []
    found = entries(notes, node, "facts")
    if len(found) > CHARTER_FACTS:
        raise Wrong(
            node,
            "too-many-facts",
            f"The charter declares {len(found)} facts.",
            f"Keep it to {CHARTER_FACTS}.",
        )
    for name, (key, value) in found.items():
        fact = notes.attempt(_fact, key, value, vocabulary)
        if fact is None:
            vocabulary.in_doubt.add(name)
        else:
            declared.append(fact)
            vocabulary.facts[name] = fact
    return tuple(declared)


def _fact(key: Scalar, value: Node, vocabulary: Vocabulary) -> Fact:
    name = key.text
    if name in RESERVED:
        raise Wrong(
            key,
            "reserved-name",
            f"{name} is always there and can't be declared.",
            "Leave it out, or choose another name.",
        )
    if not _FACT_NAME.fullmatch(name) or len(name) > _LONGEST_NAME:
        raise Wrong(
            key,
            "bad-name",
            f"{shown(name)} can't name a fact.",
            f"Write lower-case letters, digits and underscores, a letter first, at most {_LONGEST_NAME}.",
        )
    fact = _typed(name, value)
    inherited = vocabulary.facts.get(name)
    if inherited is not None and inherited != fact:
        raise Wrong(
            key,
            "redeclared",
            f"The charter that is extended declares {name} differently.",
            "Leave it out, declare it alike, or choose another name.",
        )
    return fact


def _typed(name: str, node: Node) -> Fact:
    if isinstance(node, Row):
        values = words(node, "the words of a choice")
        without_other(values, "declared")
        return ChoiceFact(name, tuple(values))
    found = scalar(node, "a unit, flag, or a list of words").text
    if found == _FLAG:
        return FlagFact(name)
    if found not in _UNITS:
        known = (*_UNITS, _FLAG)
        every = ", ".join(known)
        raise Wrong(
            node,
            "unknown-unit",
            f"{shown(found)} is no type of a fact.",
            f"{meant(found, known)} Write one of {every}, or a list of words: [{name}_a, {name}_b].",
        )
    return NumberFact(name, _UNITS[found])


def declared_words(node: Node, what: str) -> tuple[str, ...]:
    """Declared kinds or roles, in their order."""
    if not isinstance(node, Row):
        raise Wrong(
            node, "not-a-list", f"A list of {what} is expected here.", "Write it as in [one, another]."
        )
    found = words(node, what)
    without_other(found, "declared")
    return tuple(found)


def steps(notes: Notes, node: Node, vocabulary: Vocabulary) -> tuple[Step, ...]:
    """Declared steps; they are added to the vocabulary."""
    declared: list[Step] = []
    found = entries(notes, node, "steps")
    if len(found) > CHARTER_STEPS:
        raise Wrong(
            node,
            "too-many-steps",
            f"The charter declares {len(found)} steps.",
            f"Keep it to {CHARTER_STEPS}.",
        )
    for key, value in found.values():
        step = notes.attempt(_step, key, value, vocabulary)
        if step is None:
            vocabulary.in_doubt.add("steps")
        else:
            declared.append(step)
            vocabulary.steps = (*vocabulary.steps, step.name)
    return tuple(declared)


def _step(key: Scalar, value: Node, vocabulary: Vocabulary) -> Step:
    name = word(key, "the name of a step")
    if name in (NO_STEP, OTHER):
        raise Wrong(key, "reserved-word", f"'{name}' can't name a step.", "Choose another word.")
    if name in vocabulary.steps:
        raise Wrong(
            key,
            "redeclared",
            f"The charter that is extended has a step {shown(name)} already.",
            "Leave it out here.",
        )
    written = scalar(value, "a bar such as 34 fair reviews at 10 %").text
    bar = _BAR.fullmatch(" ".join(written.split()))
    if not bar:
        raise Wrong(
            value,
            "not-a-bar",
            f"{shown(written)} is no bar of a step.",
            "Write it as in '34 fair reviews at 10 %'.",
        )
    return Step(name, int(bar[1]), int(bar[2]))


def always(notes: Notes, node: Node, vocabulary: Vocabulary) -> tuple[tuple[str, ...], ...]:
    """Chains of numbers, each never above the next."""
    chains = [
        notes.attempt(_chain, item, vocabulary)
        for item in items(node, "chains such as amount <= given_today")
    ]
    return tuple(chain for chain in chains if chain)


def _chain(node: Node, vocabulary: Vocabulary) -> tuple[str, ...]:
    example = "amount <= given_today <= given_week"
    names = tuple(part.strip() for part in scalar(node, f"a chain such as {example}").text.split("<="))
    if len(names) < _PAIR or not all(names):
        raise Wrong(
            node, "not-a-chain", "This says nothing about two numbers.", f"Write it as in '{example}'."
        )
    if len(set(names)) < len(names):
        raise Wrong(node, "twice", "A number stands twice in this chain.", "Name each once.")
    units = {_unit(node, name, place, vocabulary) for place, name in enumerate(names)} - {None}
    if len(units) > 1:
        raise Wrong(
            node,
            "two-units",
            "The numbers of this chain are counted in different units.",
            "Compare like with like.",
        )
    return names


def _unit(node: Node, name: str, place: int, vocabulary: Vocabulary) -> Unit | None:
    if name == "amount":
        if place:
            raise Wrong(
                node, "misplaced", "amount can only stand first.", "Write it as in 'amount <= given_today'."
            )
        return Unit.MONEY
    fact = vocabulary.facts.get(name)
    if isinstance(fact, NumberFact):
        return fact.unit
    if fact is None and vocabulary.in_doubt & {"facts", name}:
        return None
    numbers = ["amount", *(each.name for each in vocabulary.facts.values() if isinstance(each, NumberFact))]
    wrong = f"{shown(name)} is no number that the charter declares."
    raise Wrong(node, "unknown-fact", wrong, meant(name, numbers))
