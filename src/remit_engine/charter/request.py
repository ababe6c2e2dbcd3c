"""A request: somebody wants to give a remedy; what is known about it at that moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Self

from remit_engine.charter.document import Charter
from remit_engine.charter.facts import NO_STEP, ChoiceFact, Fact, NumberFact
from remit_engine.errors import InputError
from remit_engine.limits import AMOUNT_MINOR_UNITS
from remit_engine.nearest import nearest

Value = str | int | bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who may ask, answer, or lend their authority.

    Attributes:
        member: who it is.
        role, team: their words; None where unknown.
        step: the step they hold, or `none`.
        rank: of their role; a higher number is further up.
        on_duty: whether they can be asked now.
        owner: whether they own the place, and so may answer alone when nobody else may.
    """

    member: str
    role: str | None = None
    team: str | None = None
    step: str = NO_STEP
    rank: int = 0
    on_duty: bool = True
    owner: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is known when somebody wants to give a remedy.

    Attributes:
        kind: of remedy; a word that the charter doesn't know counts as `other`.
        role, member, team: who asks; None is missing.
        step: the step that they hold; `none` for nobody's step.
        amount: value of this remedy in minor units; None where only the ladder is wanted.
        given: what was given on the same order already, less what was taken back, in minor units.
        currency: ISO 4217 code of the amount; None for that of the charter.
        about: the member whom the complaint is about, if it is about one.
        account_of: the member to whose account the remedy goes, if it goes to one.
        about_me: the complaint is about the one who asks; set by itself where `about` says so.
        own_account: the remedy goes to an account of theirs; set by itself where `account_of` says so.
        day: the day, on the wall clock of the team; None is missing, and then no dated grant holds.
        customer, order: whose allowances are used; without an order, the complaint stands for it.
        facts: declared facts by name: words, whole numbers (money in minor units), True or False. A fact
            that isn't there, or is None, is missing.
        used: what was used of each allowance in its period before this remedy, by id of the allowance: minor
            units, or a number of remedies. One that isn't there is unknown, and then counts as used up.
    """

    kind: str
    role: str | None = None
    member: str | None = None
    team: str | None = None
    step: str = NO_STEP
    amount: int | None = None
    given: int = 0
    currency: str | None = None
    about: str | None = None
    account_of: str | None = None
    about_me: bool = False
    own_account: bool = False
    day: date | None = None
    customer: str | None = None
    order: str | None = None
    facts: Mapping[str, Value | None] = field(default_factory=dict)
    used: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Flags and members say the same, whichever of them was given."""
        if self.member is None:
            return
        for flag, member in (("about_me", "about"), ("own_account", "account_of")):
            if getattr(self, flag) and getattr(self, member) is None:
                object.__setattr__(self, member, self.member)
            elif getattr(self, member) == self.member:
                object.__setattr__(self, flag, True)

    @property
    def judged(self) -> int | None:
        """The amount judged: everything given on the order after this remedy, in minor units."""
        return None if self.amount is None else self.given + self.amount

    def of(self, person: Person) -> Self:
        """The same request as if somebody else made it."""
        return replace(
            self,
            member=person.member,
            role=person.role,
            team=person.team,
            step=person.step,
            about_me=self.about == person.member,
            own_account=self.account_of == person.member,
        )

    def as_record(self) -> dict[str, object]:
        """Plain values for a decision to keep; `from_record` makes the same request of them."""
        record: dict[str, object] = {
            name: getattr(self, name) for name in _PLAIN if getattr(self, name) != _DEFAULTS.get(name)
        }
        if self.day is not None:
            record["day"] = self.day.isoformat()
        if self.facts:
            record["facts"] = {name: value for name, value in self.facts.items() if value is not None}
        if self.used:
            record["used"] = dict(self.used)
        return record

    @classmethod
    def from_record(cls, record: Mapping[str, object]) -> Self:
        """The request that a decision kept.

        Raises:
            InputError: a name in it is unknown.
        """
        unknown = record.keys() - {*_PLAIN, "day", "facts", "used"}
        if unknown:
            raise InputError(
                "unknown-request-field",
                f"A recorded request has no field {min(unknown)!r}.",
                f"Its fields are: {', '.join((*_PLAIN, 'day', 'facts', 'used'))}.",
            )
        values = dict(record)
        day = values.get("day")
        if isinstance(day, str):
            values["day"] = date.fromisoformat(day)
        return cls(**values)  # type: ignore[arg-type]  # the names are checked, the values when judged


_PLAIN = (
    "kind",
    "role",
    "member",
    "team",
    "step",
    "amount",
    "given",
    "currency",
    "about",
    "account_of",
    "about_me",
    "own_account",
    "customer",
    "order",
)
_WORDS = ("kind", "role", "member", "team", "step", "currency", "about", "account_of", "customer", "order")
_DEFAULTS: Mapping[str, object] = MappingProxyType(
    {"step": NO_STEP, "given": 0, "about_me": False, "own_account": False}
)


def check_request(charter: Charter, request: Request) -> None:
    """Refuse what can't be meant; never a guess.

    Raises:
        InputError: an unknown fact or allowance, a value of the wrong type, a negative amount.
    """
    _check_fields(request)
    for name in ("amount", "given"):
        _check_number(name, getattr(request, name))
    facts = charter.all_facts
    for name, value in request.facts.items():
        if name not in facts:
            raise InputError(
                "unknown-fact",
                f"The charter {charter.name!r} knows no fact {name!r}.",
                _meant(name, facts),
                fact=name,
            )
        if value is not None:
            _check_type(facts[name], value)
    known = {allowance.id for allowance in charter.all_allowances}
    for name, used in request.used.items():
        if name not in known:
            raise InputError(
                "unknown-allowance",
                f"The charter {charter.name!r} has no allowance {name!r}.",
                _meant(name, known),
                allowance=name,
            )
        _check_number(f"used of {name}", used)


def _check_fields(request: Request) -> None:
    """Refuse fields of another type than they are declared with."""
    words = {name: getattr(request, name) for name in _WORDS}
    wrong = [name for name, value in words.items() if not isinstance(value, str | None)]
    wrong += [name for name in ("kind", "step") if words[name] is None]
    if wrong:
        raise InputError(
            "not-a-word", f"The {wrong[0]} is {words[wrong[0]]!r}, which is no word.", "Give a word."
        )
    for name in ("about_me", "own_account"):
        if not isinstance(getattr(request, name), bool):
            raise InputError(
                "not-a-flag",
                f"{name} is {getattr(request, name)!r}, neither yes nor no.",
                "Give True or False.",
            )
    if not isinstance(request.day, date | None):
        raise InputError(
            "not-a-day", f"The day is {request.day!r}, which is no day.", "Give a date, or None."
        )
    for name in ("facts", "used"):
        if not isinstance(getattr(request, name), Mapping):
            raise InputError(
                "not-a-mapping", f"{name} is {getattr(request, name)!r}.", "Give values by their names."
            )


def _meant(name: str, known: Mapping[str, object] | set[str]) -> str:
    near = nearest(name, known)
    if near:
        return f"Did you mean {near}?"
    return f"Known are: {', '.join(sorted(known))}." if known else "It declares none."


def _check_number(name: str, value: object) -> None:
    if value is None:
        return
    if isinstance(value, bool) or not isinstance(value, int):
        raise InputError(
            "not-whole",
            f"The {name} is {value!r}, which is no whole number.",
            "Give whole numbers; money in minor units (cents).",
        )
    if value < 0:
        raise InputError("negative-amount", f"The {name} is {value}, below zero.", "Give a number from 0 on.")
    if value > AMOUNT_MINOR_UNITS:
        raise InputError(
            "too-large", f"The {name} is {value}, more than Remit takes.", f"Stay below {AMOUNT_MINOR_UNITS}."
        )


def _check_type(fact: Fact, value: object) -> None:
    if isinstance(fact, NumberFact):
        _check_number(f"fact {fact.name}", value)
    elif isinstance(fact, ChoiceFact):
        if not isinstance(value, str):
            raise InputError(
                "not-a-word",
                f"The fact {fact.name} is {value!r}, which is no word.",
                "Give one of its words.",
            )
    elif not isinstance(value, bool):
        raise InputError(
            "not-a-flag",
            f"The fact {fact.name} is {value!r}, which is neither yes nor no.",
            "Give yes or no.",
        )
