"""Conditions of a rule: whom it is for, and what has to be known about the request."""

from __future__ import annotations

import re
from typing import Final

from remit_engine.charter.facts import (
    OTHER,
    WHO_FACTS,
    Between,
    ChoiceFact,
    Condition,
    Conditions,
    FlagFact,
    Is,
    NumberFact,
    OneOf,
    Unit,
)
from remit_engine.charter.reading.fields import entries, known_fields
from remit_engine.charter.reading.nodes import Node, Row
from remit_engine.charter.reading.notes import Notes, Wrong, meant, shown
from remit_engine.charter.reading.scalars import flag, items, money, scalar, whole, words
from remit_engine.charter.reading.vocabulary import Vocabulary

_COMPARISON: Final = re.compile(r"(<=|>=|<|>|=)?\s*(\S+(?:\s+\S+)*)", re.DOTALL)
_RANGE: Final = re.compile(r"(\S+?)\s*\.\.\s*(\S+)")
_ELSEWHERE: Final = {
    **{name: f"Write who: {{{name}: …}}." for name in WHO_FACTS},
    "kind": "Write 'kind: …' as a field of the rule.",
    "amount": "Write 'upto: …' in a grant, 'above: …' in a guardrail.",
    "given": "An amount judged holds what was given already: write 'upto: …' or 'above: …'.",
    "currency": "Another currency than the charter's is always ask.",
    "day": "Write 'from: …' and 'until: …' as fields of the rule.",
}
_NO_UNIT: Final = re.compile(r"([0-9][0-9.]*)\s*([^\W\d_]+|%)")


def who(notes: Notes, node: Node, vocabulary: Vocabulary) -> Conditions:
    """Conditions on role, member, team and step; none for everybody."""
    chosen: list[tuple[str, Condition]] = []
    for name, (_, value) in known_fields(notes, node, "who", WHO_FACTS).items():
        condition = notes.attempt(_persons, notes, name, value, vocabulary)
        if condition is not None:
            chosen.append((name, condition))
    return tuple(chosen)


def _persons(notes: Notes, name: str, node: Node, vocabulary: Vocabulary) -> OneOf:
    found = words(node, f"words for {name}")
    if name == "role":
        check_roles(notes, found, vocabulary)
    elif name == "step":
        check_known(notes, found, vocabulary.known_steps, "step", in_doubt="steps" in vocabulary.in_doubt)
    else:
        _refuse_other(found, name)
    return OneOf(tuple(found))


def check_roles(notes: Notes, found: dict[str, Node], vocabulary: Vocabulary) -> None:
    """Note roles that aren't declared, where roles are declared at all."""
    _refuse_other(found, "role")
    if vocabulary.roles:
        check_known(notes, found, vocabulary.roles, "role", in_doubt="roles" in vocabulary.in_doubt)


def _refuse_other(found: dict[str, Node], name: str) -> None:
    if OTHER in found:
        raise Wrong(
            found[OTHER],
            "reserved-word",
            f"'{OTHER}' is no {name}.",
            f"Name each {name}, or leave {name} out for everybody.",
        )


def check_known(
    notes: Notes, found: dict[str, Node], known: tuple[str, ...], noun: str, *, in_doubt: bool = False
) -> None:
    """Note each word that isn't known; unless the declaration itself is in doubt."""
    if in_doubt:
        return
    for word, node in found.items():
        if word not in known:
            notes.error(
                node,
                f"unknown-{noun}",
                f"{shown(word)} is no {noun} that the charter knows.",
                meant(word, known),
            )


def when(notes: Notes, node: Node, vocabulary: Vocabulary) -> Conditions:
    """Conditions on flags and declared facts."""
    chosen: list[tuple[str, Condition]] = []
    for name, (key, value) in entries(notes, node, "when").items():
        if name in vocabulary.facts:
            condition = notes.attempt(_condition, notes, name, value, vocabulary)
            if condition is not None:
                chosen.append((name, condition))
        elif name in _ELSEWHERE:
            notes.error(key, "misplaced", f"{shown(name)} doesn't belong under when.", _ELSEWHERE[name])
        elif not vocabulary.in_doubt & {"facts", name}:
            notes.error(
                key,
                "unknown-fact",
                f"The charter knows no fact {shown(name)}.",
                meant(name, vocabulary.facts),
            )
    return tuple(chosen)


def _condition(notes: Notes, name: str, node: Node, vocabulary: Vocabulary) -> Condition:
    fact = vocabulary.facts[name]
    if isinstance(fact, FlagFact):
        return Is(flag(node))
    if isinstance(fact, ChoiceFact):
        found = words(node, f"words for {name}")
        known = (*fact.values, OTHER)
        for word, place in found.items():
            if word not in known:
                notes.error(
                    place, "unknown-value", f"{shown(word)} is no value of {name}.", meant(word, known)
                )
        return OneOf(tuple(found))
    return _all_of([_comparison(part, fact, vocabulary) for part in items(node, "numbers")], node)


def _all_of(ranges: list[Between], node: Node) -> Between:
    low = max(each.at_least for each in ranges)
    highs = [each.at_most for each in ranges if each.at_most is not None]
    high = min(highs, default=None)
    if high is not None and low > high:
        what = "No number satisfies all of these" if isinstance(node, Row) else "No number satisfies this"
        raise Wrong(
            node,
            "empty-range",
            f"{what}.",
            "Write the smaller number first, as in 3..10, or one of >= 3 and <= 10.",
        )
    return Between(low, high)


def _comparison(node: Node, fact: NumberFact, vocabulary: Vocabulary) -> Between:
    written = scalar(node, "a number such as <= 2").text.strip()
    span = _RANGE.fullmatch(written)
    if span:
        low, high = (_number(node, each, fact, vocabulary) for each in span.groups())
        return _all_of([Between(low), Between(0, high)], node)
    found = _COMPARISON.fullmatch(written)
    if not found:
        raise Wrong(
            node, "empty", "Nothing stands here, where a number is expected.", 'Write it as in "<= 2".'
        )
    number = _number(node, found[2], fact, vocabulary)
    if found[1] == "<" and number == 0:
        raise Wrong(node, "empty-range", "No number is below 0.", "Write another number, or <= 0.")
    return {
        "<=": Between(0, number),
        "<": Between(0, number - 1) if number else Between(),
        ">=": Between(number),
        ">": Between(number + 1),
        "=": Between(number, number),
        None: Between(number, number),
    }[found[1]]


def _number(node: Node, written: str, fact: NumberFact, vocabulary: Vocabulary) -> int:
    unit = _NO_UNIT.fullmatch(written)
    if unit and unit[2].lower() != "e":
        raise Wrong(
            node,
            "unit-written",
            f"{shown(written)} holds a unit.",
            f"Write {unit[1]} alone; {fact.name} is counted in {fact.unit.value}.",
        )
    if fact.unit is Unit.MONEY:
        return money(node, written, vocabulary.currency)
    return whole(node, written, f"a number of {fact.unit.value}")
