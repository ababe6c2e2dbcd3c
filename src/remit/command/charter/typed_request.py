"""What was typed after `remit charter ladder`, as a request. Values are read like those of a charter."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

from remit.command.charter.said import today
from remit_engine.charter.document import Allowance, Charter
from remit_engine.charter.facts import OTHER, PERSONAL_FLAGS, ChoiceFact, Fact, FlagFact, Unit
from remit_engine.charter.reading.dates import day
from remit_engine.charter.reading.nodes import Node, Scalar
from remit_engine.charter.reading.notes import Wrong, meant, shown
from remit_engine.charter.reading.scalars import amount, flag, whole
from remit_engine.charter.request import Value
from remit_engine.errors import InputError

_WORDS: Final = ("member", "team", "customer", "order")
_MONEY: Final = ("amount", "given")
_OPTIONS: Final = ("role", "kind")
_USED: Final = "used."
_CURRENCY: Final = re.compile(r"[A-Z]{3}")

_Read = TypeVar("_Read")


@dataclass(frozen=True, slots=True)
class Typed:
    """What is known about a request.

    Attributes:
        fields: fields of a request that were said, beside facts and what was used; the day is always there.
        facts: declared facts.
        used: what was used of each allowance; 0 where it wasn't said.
        assumed: ids of allowances of which it wasn't said.
    """

    fields: dict[str, object]
    facts: dict[str, Value]
    used: dict[str, int]
    assumed: tuple[str, ...]


def typed_request(charter: Charter, pairs: Iterable[str]) -> Typed:
    """Read KEY=VALUE pairs.

    Raises:
        InputError: a key is unknown or said twice, or a value isn't of its type.
    """
    typed = _parted(pairs)
    allowances = {allowance.id: allowance for allowance in charter.all_allowances}
    currency = _currency(typed["currency"]) if "currency" in typed else charter.currency
    fields: dict[str, object] = {"day": today()}
    facts: dict[str, Value] = {}
    used: dict[str, int] = {}
    for key, value in typed.items():
        if key in charter.all_facts:
            facts[key] = _fact(charter.all_facts[key], value, charter.currency)
        elif key.startswith(_USED):
            allowance = _allowance(charter, allowances, key.removeprefix(_USED))
            used[allowance.id] = _used(allowance, key, value, charter.currency)
        else:
            fields[key] = _field(charter, key, value, currency)
    assumed = tuple(name for name in allowances if name not in used)
    return Typed(fields, facts, {**dict.fromkeys(allowances, 0), **used}, assumed)


def known_word(word: str, words: Iterable[str], what: str) -> str:
    """A word, if it is one of these.

    Args:
        word: as typed.
        words: all that there are; when there are none, any word is one.
        what: what it is: `role`.

    Raises:
        InputError: it is another word; says which one may be meant.
    """
    known = list(words)
    if known and word not in known:
        raise InputError(f"unknown-{what}", f"The charter knows no {what} {shown(word)}.", meant(word, known))
    return word


def _parted(pairs: Iterable[str]) -> dict[str, str]:
    typed: dict[str, str] = {}
    for pair in pairs:
        key, _, value = (part.strip() for part in pair.partition("="))
        if not key or not value:
            raise InputError(
                "not-a-pair", f"{shown(pair)} says no value.", "Write KEY=VALUE, like category=late."
            )
        if key in typed:
            raise InputError("twice", f"{key} is said twice.", "Say it once.")
        typed[key] = value
    return typed


def _field(charter: Charter, key: str, value: str, currency: str) -> object:
    if key == "currency":
        return currency
    if key == "step":
        return known_word(value, charter.step_names, "step")
    if key in _WORDS:
        return value
    if key in PERSONAL_FLAGS:
        return _read(key, value, flag)
    if key in _MONEY:
        return _read(key, value, lambda node: amount(node, currency))
    if key == "day":
        return _day(value)
    if key in _OPTIONS:
        raise InputError("is-option", f"The {key} is an option.", f"Write --{key} {value}.")
    known = [*charter.all_facts, *_WORDS, *PERSONAL_FLAGS, *_MONEY, "currency", "step", "day"]
    known += [f"{_USED}{allowance.id}" for allowance in charter.all_allowances]
    raise InputError(
        "unknown-key", f"{shown(key)} is no fact of the charter {charter.name!r}.", meant(key, known)
    )


def _fact(fact: Fact, value: str, currency: str) -> Value:
    if isinstance(fact, ChoiceFact):
        words = (*fact.values, OTHER)
        if value not in words:
            raise InputError(
                "unknown-word", f"{shown(value)} is no word of {fact.name}.", meant(value, words)
            )
        return value
    if isinstance(fact, FlagFact):
        return _read(fact.name, value, flag)
    if fact.unit is Unit.MONEY:
        return _read(fact.name, value, lambda node: amount(node, currency))
    what = "a number" if fact.unit is Unit.COUNT else f"a number of {fact.unit.value}"
    return _read(fact.name, value, lambda node: whole(node, value, what))


def _allowance(charter: Charter, allowances: dict[str, Allowance], name: str) -> Allowance:
    if name not in allowances:
        raise InputError(
            "unknown-allowance",
            f"The charter {charter.name!r} has no allowance {shown(name)}.",
            meant(name, allowances),
        )
    return allowances[name]


def _used(allowance: Allowance, key: str, value: str, currency: str) -> int:
    if allowance.counts:
        return _read(key, value, lambda node: whole(node, value, "a number of remedies"))
    return _read(key, value, lambda node: amount(node, currency))


def _currency(value: str) -> str:
    code = value.upper()
    if not _CURRENCY.fullmatch(code):
        raise InputError(
            "unknown-currency", f"{shown(value)} is no currency.", "Write its three letters, like EUR."
        )
    return code


def _day(value: str) -> date:
    return _read("day", value, day)


def _read(key: str, value: str, read: Callable[[Node], _Read]) -> _Read:
    """A value as the charter's reader takes it, with the key in front of what is wrong."""
    try:
        return read(Scalar(1, 1, 0, len(value), value, is_plain=True))
    except Wrong as wrong:
        raise InputError(wrong.code, f"{key}: {wrong.wrong}", wrong.next_step) from None
