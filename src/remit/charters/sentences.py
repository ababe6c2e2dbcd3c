"""The rules of a charter as people read them: whom they are for, what they give, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from remit_engine.charter.diagram.regions import Days, Numbers, Region, Where, Words, YesNo
from remit_engine.charter.document import (
    OBJECTIONS_MINUTES,
    Allowance,
    Charter,
    Grant,
    Guardrail,
    Per,
    Rule,
)
from remit_engine.charter.facts import Between, Condition, Conditions, NumberFact, OneOf, Unit
from remit_engine.charter.levels import Level
from remit_engine.charter.sentences import (
    amount,
    capital,
    days_in_words,
    listed,
    plural,
    readable,
    region_parts,
    what_parts,
)

_HOUR = 60
_PER = {Per.MEMBER: "each", Per.TEAM: "for the whole team", Per.CUSTOMER: "a customer", Per.ORDER: "an order"}


@dataclass(frozen=True, slots=True)
class SaidRule:
    """A rule as it is read.

    Attributes:
        id: of the rule.
        who, what: `Members and leads`, `refunds for late or cold`; what is "" for everything.
        how: `decide up to 50`.
        level: word of its level.
        why: what it is for.
        say: what the customer may be told, or "".
        more: who is told, how long objections may come, who takes over.
        days: on which it holds; "" for every day.
        is_inherited: whether it comes from a charter that is extended.
    """

    id: str
    who: str
    what: str
    how: str
    level: str
    why: str
    say: str = ""
    more: str = ""
    days: str = ""
    is_inherited: bool = False


def said_rule(charter: Charter, rule: Grant | Guardrail | Allowance) -> SaidRule:
    """Any rule, as it is read."""
    if isinstance(rule, Grant):
        return _grant(charter, rule)
    return _guardrail(charter, rule) if isinstance(rule, Guardrail) else allowance_said(charter, rule)


def rule_name(identity: str) -> str:
    """What a rule is called, by its id: `Fix on the spot`."""
    return capital(identity.replace("-", " "))


def grants_said(charter: Charter, day: date) -> list[SaidRule]:
    """Every grant that isn't over yet."""
    return [_grant(charter, grant) for grant in _not_over(charter.all_grants, day)]


def guardrails_said(charter: Charter, day: date) -> list[SaidRule]:
    """Every guardrail that isn't over yet."""
    return [_guardrail(charter, rail) for rail in _not_over(charter.all_guardrails, day)]


def dated_said(charter: Charter, day: date) -> list[SaidRule]:
    """Every rule with days of its own that isn't over yet; the one that ends first, first."""
    dated = [rule for rule in charter.all_rules if rule.is_dated and (rule.until or date.max) >= day]
    return [said_rule(charter, rule) for rule in sorted(dated, key=lambda each: each.until or date.max)]


def allowance_said(charter: Charter, allowance: Allowance) -> SaidRule:
    """An allowance: `Members: 300 a week each`."""
    most = f"{allowance.most} times" if allowance.counts else amount(allowance.most, charter.currency)
    period = allowance.period.words
    when = "in all" if period == "ever" else f"in {period}" if " " in period else f"a {period}"
    how = f"{most} {when} {_PER[allowance.per]}, {allowance.beyond.word} beyond"
    return _said(charter, allowance, how, allowance.beyond)


def region_of(charter: Charter, conditions: Conditions) -> Region:
    """Conditions as a region, which the sentences of the engine can say."""
    return Region(tuple((name, _where(charter, name, condition)) for name, condition in conditions))


def about(charter: Charter, conditions: Conditions) -> str:
    """Conditions on facts in a few words: `late or cold, order age at most 2 days`; "" for none."""
    what, others = what_parts(region_of(charter, conditions), charter.currency)
    return ", ".join(part for part in (what.removeprefix("anything for "), *others) if part)


def _not_over(rules: Iterable[Grant] | Iterable[Guardrail], day: date) -> Iterable[Grant | Guardrail]:
    return [rule for rule in rules if rule.until is None or rule.until >= day]


def _grant(charter: Charter, grant: Rule) -> SaidRule:
    assert isinstance(grant, Grant)  # noqa: S101 -- said for the type checker
    upto = "without a limit" if grant.upto is None else f"up to {amount(grant.upto, charter.currency)}"
    more = ""
    if grant.level is Level.INFORM and grant.tell:
        more = f"Told: {listed(plural(readable(role)) for role in grant.tell)}."
    if grant.level is Level.PROPOSE:
        more = f"Objections within {_working_time(grant.objections)}."
    return _said(charter, grant, f"{grant.level.word} {upto}", grant.level, say=grant.say, more=more)


def _guardrail(charter: Charter, rail: Rule) -> SaidRule:
    assert isinstance(rail, Guardrail)  # noqa: S101 -- said for the type checker
    above = "" if rail.above is None else f"above {amount(rail.above, charter.currency)} "
    at_most = rail.at_most.word if rail.at_most is Level.NEVER else f"at most {rail.at_most.word}"
    more = []
    if rail.at_most is Level.NEVER:
        takers = (
            listed((f"a {readable(role)}" for role in rail.hand_to), "or") if rail.hand_to else "the owner"
        )
        more.append(f"Goes to {takers}.")
    if rail.when and not rail.ignores_missing:
        more.append("Also as long as nobody has asked.")
    return _said(charter, rail, f"{above}{at_most}", rail.at_most, more=" ".join(more))


def _said(charter: Charter, rule: Rule, how: str, level: Level, *, say: str = "", more: str = "") -> SaidRule:
    who, what = region_parts(region_of(charter, rule.conditions), charter.currency)
    own = {each.id for each in (*charter.grants, *charter.guardrails, *charter.allowances)}
    days = capital(days_in_words(Days(rule.since, rule.until))) if rule.is_dated else ""
    return SaidRule(
        rule.id, who, what, how, level.word, rule.why, say, more, days, is_inherited=rule.id not in own
    )


def _where(charter: Charter, name: str, condition: Condition) -> Where:
    if isinstance(condition, OneOf):
        return Words(condition.values, others=False, left_out=(), missing=False)
    if isinstance(condition, Between):
        fact = charter.all_facts.get(name)
        unit = fact.unit if isinstance(fact, NumberFact) else Unit.COUNT
        return Numbers(((condition.at_least, condition.at_most),), missing=False, unit=unit)
    return YesNo(yes=condition.flag, no=not condition.flag, missing=False)


def _working_time(minutes: int) -> str:
    if minutes % _HOUR:
        return f"{minutes} working minutes"
    hours = minutes // _HOUR
    return f"{hours} working {'hour' if hours == 1 else 'hours'}"


DEFAULT_OBJECTIONS = _working_time(OBJECTIONS_MINUTES)
"""How long objections may come where a grant says nothing: `4 working hours`."""
