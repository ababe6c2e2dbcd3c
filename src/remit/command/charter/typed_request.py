"""What was typed after `remit charter ladder`, as a request."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Final

from remit_engine.charter.document import Charter
from remit_engine.charter.facts import ChoiceFact, Fact, FlagFact, Unit
from remit_engine.charter.request import Value
from remit_engine.errors import InputError
from remit_engine.money import decimals
from remit_engine.nearest import nearest

_YES: Final = {"yes": True, "true": True, "no": False, "false": False}
_WORDS: Final = ("currency", "member", "team", "step", "customer", "order")
_FLAGS: Final = ("about_me", "own_account")
_MONEY: Final = ("amount", "given")
_USED: Final = "used."


@dataclass(frozen=True, slots=True)
class Typed:
    """What is known about a request.

    Attributes:
        fields: fields of a request that were said, beside facts and what was used.
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
        InputError: a key is unknown, or a value isn't of its type.
    """
    fields: dict[str, object] = {"day": _today()}
    facts: dict[str, Value] = {}
    used: dict[str, int] = {}
    for pair in pairs:
        key, mark, value = pair.partition("=")
        key, value = key.strip(), value.strip()
        if not mark or not value:
            raise InputError("not-a-pair", f"{pair!r} says no value.", "Write KEY=VALUE, like category=late.")
        if key in charter.all_facts:
            facts[key] = _fact(charter.all_facts[key], value, charter.currency)
        elif key.startswith(_USED):
            used |= _used(charter, key.removeprefix(_USED), value)
        else:
            fields[key] = _field(charter, key, value)
    ids = [allowance.id for allowance in charter.all_allowances]
    assumed = tuple(name for name in ids if name not in used)
    return Typed(fields, facts, {**dict.fromkeys(ids, 0), **used}, assumed)


def _today() -> date:
    return datetime.now(UTC).astimezone().date()


def _field(charter: Charter, key: str, value: str) -> object:
    if key in _WORDS:
        return value.upper() if key == "currency" else value
    if key in _FLAGS:
        return _flag(key, value)
    if key in _MONEY:
        return _money(key, value, charter.currency)
    if key == "day":
        return _day(value)
    known = [*charter.all_facts, *_WORDS, *_FLAGS, *_MONEY, "day"]
    known += [f"{_USED}{allowance.id}" for allowance in charter.all_allowances]
    near = nearest(key, known)
    raise InputError(
        "unknown-key",
        f"{key!r} is no fact of the charter {charter.name!r}.",
        f"Did you mean {near}?" if near else f"Known are: {', '.join(known)}.",
    )


def _fact(fact: Fact, value: str, currency: str) -> Value:
    if isinstance(fact, ChoiceFact):
        if value not in {*fact.values, "other"}:
            near = nearest(value, fact.values)
            raise InputError(
                "unknown-word",
                f"{value!r} is none of the words of {fact.name}.",
                f"Did you mean {near}?" if near else f"Its words are: {', '.join((*fact.values, 'other'))}.",
            )
        return value
    if isinstance(fact, FlagFact):
        return _flag(fact.name, value)
    return _money(fact.name, value, currency) if fact.unit is Unit.MONEY else _whole(fact.name, value)


def _used(charter: Charter, name: str, value: str) -> dict[str, int]:
    allowances = {allowance.id: allowance for allowance in charter.all_allowances}
    if name not in allowances:
        raise InputError(
            "unknown-allowance",
            f"The charter {charter.name!r} has no allowance {name!r}.",
            f"Its allowances are: {', '.join(allowances)}." if allowances else "It has none.",
        )
    key = f"{_USED}{name}"
    counts = allowances[name].counts
    return {name: _whole(key, value) if counts else _money(key, value, charter.currency)}


def _flag(key: str, value: str) -> bool:
    if value.casefold() not in _YES:
        raise InputError(
            "not-a-flag", f"{key}={value} is neither yes nor no.", f"Write {key}=yes or {key}=no."
        )
    return _YES[value.casefold()]


def _whole(key: str, value: str) -> int:
    if not (value.isascii() and value.isdigit()):
        raise InputError("not-whole", f"{key}={value} is no whole number.", f"Write it like {key}=3.")
    return int(value)


def _money(key: str, value: str, currency: str) -> int:
    places = decimals(currency)
    try:
        minor = Decimal(value).scaleb(places)
    except InvalidOperation:
        minor = Decimal("NaN")
    if not minor.is_finite() or minor < 0 or minor != minor.to_integral_value():
        example = "42" if places == 0 else f"42.{'5'.ljust(places, '0')}"
        raise InputError(
            "not-an-amount", f"{key}={value} is no amount of {currency}.", f"Write it like {key}={example}."
        )
    return int(minor)


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise InputError(
            "not-a-day", f"day={value} is no day of the calendar.", "Write it like day=2026-12-24."
        ) from None
