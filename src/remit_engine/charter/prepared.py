"""A request made ready for one stretch of a charter: checked once, words known, what is missing marked.

A missing number is NaN, so that every comparison with it is false; a missing word or flag is None. The tests
that are generated from the rules are written such that these two give the careful answer by themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import nan
from typing import Any, Final

from remit_engine.charter.document import Charter
from remit_engine.charter.facts import OTHER, ChoiceFact, FlagFact, NumberFact
from remit_engine.charter.request import Person, Request, check_request
from remit_engine.charter.stretches import Stretch
from remit_engine.limits import AMOUNT_MINOR_UNITS

UNKNOWN: Final = "\0"
"""Stands for every role that no rule names."""
USED: Final = "used "
"""Before the id of an allowance: what was used of it."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A request as a stretch of a charter sees it.

    Attributes:
        request: as it came.
        values: by name of the fact: words with `other` in place of what isn't listed, numbers or NaN, flags
            or None. `amount` is the amount judged, `wish` that of this remedy, `second_person` whether a
            built-in guardrail holds, `used …` what was used of an allowance.
    """

    request: Request
    values: dict[str, Any]


class Preparing:
    """Makes requests ready; knows what the charter lists, and nothing about its rules but their roles.

    Args:
        stretch: the rules of the day.
    """

    def __init__(self, stretch: Stretch) -> None:
        charter = stretch.charter
        self._charter: Charter = charter
        self._kinds = frozenset(charter.all_kinds)
        self._roles = frozenset(charter.all_roles)
        self._steps = frozenset(charter.step_names)
        facts = charter.all_facts.values()
        self._words = {fact.name: frozenset(fact.values) for fact in facts if isinstance(fact, ChoiceFact)}
        self._numbers = frozenset(fact.name for fact in facts if isinstance(fact, NumberFact))
        self._flags = frozenset(fact.name for fact in facts if isinstance(fact, FlagFact))
        self._allowances = frozenset(allowance.id for allowance in charter.all_allowances)
        self._blank: dict[str, object] = {
            name: nan if name in self._numbers else None for name in charter.all_facts
        }
        self._blank |= {f"{USED}{name}": nan for name in self._allowances}

    def prepare(self, request: Request) -> Prepared:
        """Check a request and make it ready.

        Raises:
            InputError: it can't be meant (see `check_request`).
        """
        try:
            return self._ready(request)
        except (TypeError, AttributeError):
            # Only what is of another type than declared gets here, and this says what that is.
            check_request(self._charter, request)
            raise

    def _ready(self, request: Request) -> Prepared:
        values = self._blank.copy()
        self._put_facts(values, request)
        foreign = request.currency is not None and request.currency != self._charter.currency
        amount, given = request.amount, request.given
        if not (_is_number(given) and (amount is None or _is_number(amount))):
            check_request(self._charter, request)
        if type(request.kind) is not str:
            check_request(self._charter, request)
        known = amount is not None and not foreign
        values["amount"] = given + amount if known and amount is not None else nan
        values["wish"] = amount if known else nan
        values["kind"] = request.kind if request.kind in self._kinds else OTHER
        values["foreign"] = foreign
        self._put_who(values, request)
        return Prepared(request, values)

    def for_person(self, prepared: Prepared, person: Person) -> Prepared:
        """The same request as somebody else would meet it: their role, team and step, and what is about them.

        The request that it holds stays that of the one who asks; what was used stays as it is.
        """
        values, request = prepared.values.copy(), prepared.request
        values["role"] = person.role if person.role is None or person.role in self._roles else UNKNOWN
        values["member"], values["team"] = person.member, person.team
        values["step"] = person.step if person.step in self._steps else OTHER
        values["about_me"] = request.about == person.member
        values["own_account"] = request.account_of == person.member
        values["second_person"] = values["about_me"] or values["own_account"] or values["foreign"]
        return Prepared(request, values)

    def with_fact(self, prepared: Prepared, name: str, value: object) -> Prepared:
        """The same request with one more fact known; only to look what it would change."""
        return Prepared(prepared.request, {**prepared.values, name: value})

    def _put_who(self, values: dict[str, object], request: Request) -> None:
        role = request.role
        values["role"] = role if role is None or role in self._roles else UNKNOWN
        values["member"], values["team"] = request.member, request.team
        values["step"] = request.step if request.step in self._steps else OTHER
        values["about_me"], values["own_account"] = request.about_me, request.own_account
        values["second_person"] = request.about_me or request.own_account or values["foreign"]

    def _put_facts(self, values: dict[str, object], request: Request) -> None:
        for name, value in request.facts.items():
            if value is None and name in values:
                continue
            words = self._words.get(name)
            if words is not None and type(value) is str:
                values[name] = value if value in words else OTHER
            elif name in self._numbers if _is_number(value) else type(value) is bool and name in self._flags:
                values[name] = value
            else:
                check_request(self._charter, request)
        for name, used in request.used.items():
            if not _is_number(used) or name not in self._allowances:
                check_request(self._charter, request)
            values[f"{USED}{name}"] = used


def _is_number(value: object) -> bool:
    return type(value) is int and 0 <= value <= AMOUNT_MINOR_UNITS
