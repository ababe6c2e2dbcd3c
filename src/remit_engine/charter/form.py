"""The document form of a charter: plain values, as a document holds them, that JSON can hold too.

It is what is written as YAML, what editing compares, and what the name of a version is made of. Sums are text
in units of the currency (`"49.90"`, `"50"`), so that no program takes them for binary fractions.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from remit_engine.charter.document import (
    OBJECTIONS_MINUTES,
    Allowance,
    Charter,
    Grant,
    Guardrail,
    Rule,
)
from remit_engine.charter.facts import (
    Between,
    ChoiceFact,
    Condition,
    Conditions,
    Fact,
    Is,
    NumberFact,
    OneOf,
    Unit,
)
from remit_engine.charter.levels import Level
from remit_engine.money import decimals

Form = dict[str, Any]
"""Names and values of a document: texts, whole numbers, flags, lists, and forms in it."""

KnownForms = dict[int, Form]
"""Forms by the identity of their rules."""

RULE_SECTIONS: Final = ("grants", "guardrails", "allowances")
"""Names of the sections that hold rules."""
_HOUR: Final = 60
_DAY: Final = 8 * _HOUR


def form(charter: Charter, *, extend: str = "", known: KnownForms | None = None) -> Form:
    """The document form of a charter's own part; what it extends is only named.

    Args:
        charter: any charter.
        extend: the name under which the charter that it extends is found; "" to leave that out.
        known: forms of rules that are at hand, as `known_forms` gives them.
    """
    held = known or {}
    rules = {
        "grants": [held.get(id(rule)) or grant_form(rule, charter) for rule in charter.grants],
        "guardrails": [held.get(id(rule)) or guardrail_form(rule, charter) for rule in charter.guardrails],
        "allowances": [held.get(id(rule)) or allowance_form(rule, charter) for rule in charter.allowances],
    }
    written: Form = {
        "charter": charter.name,
        "extend": extend,
        "currency": charter.currency,
        "why": charter.why,
        "facts": {fact.name: _type_of(fact) for fact in charter.facts},
        "kinds": list(charter.kinds),
        "roles": list(charter.roles),
        "steps": {step.name: f"{step.reviews} fair reviews at {step.percent} %" for step in charter.steps},
        "always": [" <= ".join(chain) for chain in charter.always],
        **rules,
    }
    return {name: value for name, value in written.items() if value or name == "grants"}


def known_forms(before: Charter, made: Form, after: Charter) -> KnownForms:
    """Forms of rules that a changed charter has as they were: the very same values.

    Args:
        before: a charter.
        made: its form.
        after: what became of it. Both have to live as long as the answer is used.
    """
    if (before.currency, before.all_facts) != (after.currency, after.all_facts):
        return {}
    return {
        id(rule): known
        for section in RULE_SECTIONS
        for rule, known in zip(getattr(before, section), made.get(section, ()), strict=True)
    }


def grant_form(grant: Grant, charter: Charter) -> Form:
    """The document form of a grant; defaults are left out."""
    return _said(
        {
            **_before(grant, charter),
            "upto": _money(grant.upto, charter.currency),
            "level": grant.level.word,
            "say": grant.say or None,
            "tell": _some(grant.tell),
            "objections": None if grant.objections == OBJECTIONS_MINUTES else working_time(grant.objections),
            "why": grant.why,
        }
    )


def guardrail_form(guardrail: Guardrail, charter: Charter) -> Form:
    """The document form of a guardrail; defaults are left out."""
    return _said(
        {
            **_before(guardrail, charter),
            "above": _money(guardrail.above, charter.currency),
            "if_missing": "ignore" if guardrail.ignores_missing else None,
            "at_most": guardrail.at_most.word,
            "hand_to": _some(guardrail.hand_to),
            "why": guardrail.why,
        }
    )


def allowance_form(allowance: Allowance, charter: Charter) -> Form:
    """The document form of an allowance; what is left beyond it always stands there."""
    return _said(
        {
            **_before(allowance, charter),
            "per": allowance.per.value,
            "period": allowance.period.words,
            "most": {"count": allowance.most}
            if allowance.counts
            else _money(allowance.most, charter.currency),
            "beyond": Level(allowance.beyond).word,
            "if_missing": "ignore" if allowance.ignores_missing else None,
            "why": allowance.why,
        }
    )


def _said(fields: Form) -> Form:
    return {name: value for name, value in fields.items() if value is not None}


def _before(rule: Rule, charter: Charter) -> Form:
    """What all rules begin with."""
    return {
        "id": rule.id,
        "who": _conditions(rule.who, charter) or None,
        "kind": _some(rule.kinds),
        "when": _conditions(rule.when, charter) or None,
        "from": _day(rule.since),
        "until": _day(rule.until),
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _type_of(fact: Fact) -> str | list[str]:
    if isinstance(fact, ChoiceFact):
        return list(fact.values)
    return fact.unit.value if isinstance(fact, NumberFact) else "flag"


def _conditions(conditions: Conditions, charter: Charter) -> Form:
    return {name: _condition(name, condition, charter) for name, condition in conditions}


def _condition(name: str, condition: Condition, charter: Charter) -> object:
    if isinstance(condition, OneOf):
        return _some(condition.values)
    if isinstance(condition, Is):
        return condition.flag
    fact = charter.all_facts.get(name)
    is_money = isinstance(fact, NumberFact) and fact.unit is Unit.MONEY
    return _range(condition, charter.currency if is_money else None)


def _range(between: Between, currency: str | None) -> str:
    low, high = between.at_least, between.at_most
    if high is None:
        return f">= {_number(low, currency)}"
    if low == high:
        return _number(low, currency)
    return f"{_number(low, currency)}..{_number(high, currency)}" if low else f"<= {_number(high, currency)}"


def _number(value: int, currency: str | None) -> str:
    return str(value) if currency is None else units(value, currency)


def _some(words: tuple[str, ...]) -> str | list[str] | None:
    """One word alone, several as a list; None for none."""
    if not words:
        return None
    return words[0] if len(words) == 1 else list(words)


def _money(amount: int | None, currency: str) -> str | None:
    return None if amount is None else units(amount, currency)


def units(amount: int, currency: str) -> str:
    """Minor units as text in units, exactly; decimals only where they matter."""
    places = decimals(currency)
    whole, part = divmod(amount, 10**places)
    return f"{whole}.{part:0{places}d}" if part else str(whole)


def working_time(minutes: int) -> str:
    """Working time as a charter writes it: `4 working hours`; in the largest unit that is exact."""
    for length, name in ((_DAY, "day"), (_HOUR, "hour"), (1, "minute")):
        if minutes % length == 0:
            count = minutes // length
            return f"{count} working {name}{'' if count == 1 else 's'}"
    raise AssertionError
