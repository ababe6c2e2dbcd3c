"""A charter in Cedar, an authorization language of others: written from the document alone, rule by rule.

Each level is an action; a grant permits its level and all below, a guardrail or an allowance forbids all
above. The level of a request is the highest action that Cedar allows: none of them is `never`.
"""

from datetime import date

from remit_engine.charter.document import Allowance, Charter, Grant, Guardrail, Rule
from remit_engine.charter.facts import OTHER, Between, ChoiceFact, Condition, OneOf
from remit_engine.charter.levels import Level
from remit_engine.charter.request import Request

ACTIONS = ("ask", "propose", "inform", "decide")
"""From the lowest up; `never` is that none of them is allowed."""
WHO = ("role", "member", "team", "step")


def policies_of(charter: Charter) -> str:
    """What holds without any rule, and a policy for each rule of the charter and of all it extends."""
    foreign = _foreign(charter)
    policies = [
        'permit(principal, action == Action::"ask", resource);',
        _forbid("ask", f"context.about_me || context.own_account || {foreign}"),
    ]
    for one in _lineage(charter):
        policies += [_permit(charter, grant) for grant in one.grants]
        policies += [_cap(charter, guardrail) for guardrail in one.guardrails]
        policies += [_allowance(charter, allowance) for allowance in one.allowances]
    return "\n".join(policies)


def questions_about(request: Request) -> list[dict]:
    """One question to Cedar for each action, the highest first."""
    facts = {name: value for name, value in request.facts.items() if value is not None}
    who = {name: getattr(request, name) for name in WHO if getattr(request, name) is not None}
    context = {
        "who": who,
        "facts": facts,
        "used": dict(request.used),
        "kind": request.kind,
        "given": request.given,
        "about_me": request.about_me,
        "own_account": request.own_account,
    }
    if request.amount is not None:
        context["amount"] = request.amount
    if request.currency is not None:
        context["currency"] = request.currency
    if request.day is not None:
        context["day"] = {"__extn": {"fn": "datetime", "arg": request.day.isoformat()}}
    return [
        {
            "principal": {"type": "Member", "id": "somebody"},
            "action": {"type": "Action", "id": action},
            "resource": {"type": "Complaint", "id": "this"},
            "context": context,
        }
        for action in reversed(ACTIONS)
    ]


def level_of(allowed: list[bool]) -> Level:
    """The level, from the answers to `questions_about`."""
    words = [action for action, yes in zip(reversed(ACTIONS), allowed, strict=True) if yes]
    return Level[words[0].upper()] if words else Level.NEVER


def _lineage(charter: Charter) -> list[Charter]:
    return ([] if charter.extends is None else _lineage(charter.extends)) + [charter]


def _permit(charter: Charter, grant: Grant) -> str:
    conditions = [_condition(charter, *pair, missing="false") for pair in _selectors(grant)]
    conditions += _days(grant, unknown="false")
    if grant.upto is not None:
        conditions.append(f"(context has amount && !({_foreign(charter)}) && {_judged('<=', grant.upto)})")
    actions = ACTIONS[: ACTIONS.index(grant.level.word) + 1]
    return f"permit(principal, action in [{_actions(actions)}], resource) when {{ {_all(conditions)} }};"


def _cap(charter: Charter, guardrail: Guardrail) -> str:
    conditions = _cap_conditions(charter, guardrail, ignores=guardrail.ignores_missing)
    if guardrail.above is not None:
        known = f"context has amount && !({_foreign(charter)})"
        above = _judged(">", guardrail.above)
        carefully = f"({known} && {above})" if guardrail.ignores_missing else f"(!({known}) || {above})"
        conditions.append(carefully)
    return _forbid(guardrail.at_most.word, _all(conditions))


def _allowance(charter: Charter, allowance: Allowance) -> str:
    """The running total is a number in the context; unknown, it is used up."""
    conditions = _cap_conditions(charter, allowance, ignores=allowance.ignores_missing)
    known = f'context.used has "{allowance.id}"'
    used = f'context.used["{allowance.id}"]'
    if allowance.counts:
        conditions.append(f"(!({known}) || {used} + 1 > {allowance.most})")
    else:
        unknown = f"!({known}) || !(context has amount) || {_foreign(charter)}"
        conditions.append(f"({unknown} || {used} + context.amount > {allowance.most})")
    return _forbid(allowance.beyond.word, _all(conditions))


def _cap_conditions(charter: Charter, rule: Rule, *, ignores: bool) -> list[str]:
    missing = "false" if ignores else "true"
    conditions = [_condition(charter, *pair, missing=missing) for pair in _selectors(rule)]
    return conditions + _days(rule, unknown="true")


def _forbid(at_most: str, condition: str) -> str:
    """Forbid every action above a level."""
    above = ACTIONS if at_most == "never" else ACTIONS[ACTIONS.index(at_most) + 1 :]
    return f"forbid(principal, action in [{_actions(above)}], resource) when {{ {condition} }};"


def _selectors(rule: Rule) -> list[tuple[str, Condition]]:
    kinds = [("kind", OneOf(rule.kinds))] if rule.kinds else []
    return [*rule.who, *kinds, *rule.when]


def _condition(charter: Charter, name: str, condition: Condition, *, missing: str) -> str:
    if name in {"about_me", "own_account"}:
        return f"context.{name} == {str(condition.flag).lower()}"
    if name == "kind":
        return _words("context.kind", condition, charter.all_kinds)
    folder = "who" if name in WHO else "facts"
    place = f"context.{folder}.{name}"
    if isinstance(condition, OneOf):
        test = _words(place, condition, _listed(charter, name))
    elif isinstance(condition, Between):
        test = f"{place} >= {condition.at_least}"
        if condition.at_most is not None:
            test += f" && {place} <= {condition.at_most}"
    else:
        test = f"{place} == {str(condition.flag).lower()}"
    return f"(if context.{folder} has {name} then {test} else {missing})"


def _listed(charter: Charter, name: str) -> tuple[str, ...] | None:
    """The words beside which every other word is `other`; None where any word is itself."""
    if name == "step":
        return ("none", *(step.name for one in _lineage(charter) for step in one.steps))
    for one in _lineage(charter):
        for fact in one.facts:
            if fact.name == name and isinstance(fact, ChoiceFact):
                return fact.values
    return None


def _words(place: str, condition: OneOf, listed: tuple[str, ...] | None) -> str:
    test = f"{_set(condition.values)}.contains({place})"
    if listed is not None and OTHER in condition.values:
        return f"({test} || !({_set(listed)}.contains({place})))"
    return test


def _days(rule: Rule, *, unknown: str) -> list[str]:
    bounds = [
        f"context.day {sign} {_day(day)}" for sign, day in ((">=", rule.since), ("<=", rule.until)) if day
    ]
    return [f"(if context has day then {_all(bounds)} else {unknown})"] if bounds else []


def _day(day: date) -> str:
    return f'datetime("{day.isoformat()}")'


def _foreign(charter: Charter) -> str:
    return f'(context has currency && context.currency != "{charter.currency}")'


def _judged(sign: str, limit: int) -> str:
    return f"context.given + context.amount {sign} {limit}"


def _all(conditions: list[str]) -> str:
    return " && ".join(conditions) or "true"


def _set(words: tuple[str, ...]) -> str:
    return "[" + ", ".join(f'"{word}"' for word in words) + "]"


def _actions(words: tuple[str, ...]) -> str:
    return ", ".join(f'Action::"{word}"' for word in words)
