"""The formula of authority, as it is defined. Slow and plain: every other form is held against it.

    level(request) = min( max(ask, levels of all grants that hold),
                          at_most of all guardrails that hold,
                          beyond of all allowances that would be exceeded )

The order of rules never matters; adding a grant can only raise, adding a guardrail or allowance can only
lower. Nothing here is fast, cached or clever, and nothing else in the package is imported but values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from remit_engine.charter.delegation import Delegation
from remit_engine.charter.document import Allowance, Charter, Grant, Guardrail, Rule
from remit_engine.charter.facts import OTHER, PERSONAL_FLAGS, WHO_FACTS, ChoiceFact
from remit_engine.charter.levels import Level
from remit_engine.charter.request import Person, Request, check_request

MISSING: Final = object()
"""What is known about a fact of which nothing is known."""


def level(charter: Charter, request: Request) -> Level:
    """What the one who asks may do about this request.

    Raises:
        InputError: the request can't be meant (an unknown fact, a wrong type, a negative amount).
    """
    check_request(charter, request)
    reached = max([Level.ASK, *(grant.level for grant in grants_that_hold(charter, request))])
    caps = [guardrail.at_most for guardrail in guardrails_that_hold(charter, request)]
    caps += [allowance.beyond for allowance in allowances_exceeded(charter, request)]
    if needs_a_second_person(charter, request):
        caps.append(Level.ASK)
    return min([reached, *caps])


def level_at(charter: Charter, request: Request, judged: int) -> Level:
    """The level if the amount judged were this one: a point of the ladder, from `given` on."""
    return level(charter, replace(request, amount=judged - request.given))


def grants_that_hold(charter: Charter, request: Request) -> list[Grant]:
    """Grants that raise. A missing fact never helps one of them."""
    return [
        grant
        for grant in charter.all_grants
        if is_in_force(grant, request, if_unknown=False)
        and satisfies(charter, grant, request, if_missing=False)
        and (grant.upto is None or _is_at_most(charter, request, grant.upto, if_missing=False))
    ]


def guardrails_that_hold(charter: Charter, request: Request) -> list[Guardrail]:
    """Guardrails that cap. A missing fact triggers them, unless they ignore it."""
    return [
        guardrail
        for guardrail in charter.all_guardrails
        if is_in_force(guardrail, request, if_unknown=True)
        and satisfies(charter, guardrail, request, if_missing=not guardrail.ignores_missing)
        and (
            guardrail.above is None
            or not _is_at_most(charter, request, guardrail.above, if_missing=guardrail.ignores_missing)
        )
    ]


def allowances_exceeded(charter: Charter, request: Request) -> list[Allowance]:
    """Allowances that this remedy would go beyond. Where it isn't known what was used, it would."""
    return [
        allowance
        for allowance in allowances_that_count(charter, request)
        if _exceeds(charter, allowance, request)
    ]


def allowances_that_count(charter: Charter, request: Request) -> list[Allowance]:
    """Allowances that this remedy is added to."""
    return [
        allowance
        for allowance in charter.all_allowances
        if is_in_force(allowance, request, if_unknown=True)
        and satisfies(charter, allowance, request, if_missing=not allowance.ignores_missing)
    ]


def needs_a_second_person(charter: Charter, request: Request) -> bool:
    """Nobody judges what is about them or goes to them; nobody can judge another currency by these limits."""
    return request.about_me or request.own_account or is_foreign(charter, request)


def may_say_yes(charter: Charter, request: Request, person: Person) -> bool:
    """Whether somebody may approve a request: their own grants reach; it is neither theirs nor about them.

    A guardrail or an allowance that says `ask` asks for a second person, not for more authority.
    """
    theirs = request.of(person)
    return (
        person.member != request.member
        and not needs_a_second_person_than(person, request)
        and any(grant.level >= Level.INFORM for grant in grants_that_hold(charter, theirs))
        and all(guardrail.at_most > Level.NEVER for guardrail in guardrails_that_hold(charter, theirs))
    )


def needs_a_second_person_than(person: Person, request: Request) -> bool:
    """Whether a request is about somebody, or goes to their account."""
    return person.member in {request.about, request.account_of}


def level_on_behalf(
    charter: Charter, request: Request, delegation: Delegation, used: Mapping[str, int]
) -> Level | None:
    """What the one who asks may do with the authority that somebody lent them; None where it doesn't reach.

    The giver's grants and allowances count; a guardrail that matches either person holds.

    Args:
        charter: of the giver and the one who asks.
        request: by the one to whom it was lent.
        delegation: who lent what.
        used: what the giver used of the allowances, by id.
    """
    if request.member != delegation.to or not _is_lent(charter, request, delegation):
        return None
    givers = replace(request.of(delegation.giver), used=used)
    caps = [guardrail.at_most for guardrail in guardrails_that_hold(charter, request)]
    if needs_a_second_person(charter, request):
        caps.append(Level.ASK)
    return min([level(charter, givers), delegation.highest, *caps])


def _is_lent(charter: Charter, request: Request, delegation: Delegation) -> bool:
    lent = Grant(
        id="lent",
        why=delegation.why,
        level=delegation.highest,
        upto=delegation.upto,
        kinds=delegation.kinds,
        when=delegation.when,
        since=delegation.since,
        until=delegation.until,
    )
    return lent in grants_that_hold(replace(charter, grants=(lent,), extends=None), request)


def is_foreign(charter: Charter, request: Request) -> bool:
    """Whether the amount is in another currency than the charter's."""
    return request.currency is not None and request.currency != charter.currency


def is_in_force(rule: Rule, request: Request, *, if_unknown: bool) -> bool:
    """Whether a rule holds on the day of the request."""
    if request.day is None:
        return if_unknown or not rule.is_dated
    begun = rule.since is None or rule.since <= request.day
    return begun and (rule.until is None or request.day <= rule.until)


def satisfies(charter: Charter, rule: Rule, request: Request, *, if_missing: bool) -> bool:
    """Whether all conditions of a rule hold, the amount and the days aside."""
    for name, condition in rule.conditions:
        value = value_of(charter, request, name)
        holds = if_missing if value is MISSING else condition.holds(value)
        if not holds:
            return False
    return True


def value_of(charter: Charter, request: Request, name: str) -> object:
    """What is known about a fact: a word, a whole number, True or False, or `MISSING`."""
    if name in PERSONAL_FLAGS:
        return getattr(request, name)
    if name == "step":
        return request.step if request.step in charter.step_names else OTHER
    if name == "kind":
        return request.kind if request.kind in charter.all_kinds else OTHER
    value = getattr(request, name) if name in WHO_FACTS else request.facts.get(name)
    if value is None:
        return MISSING
    fact = charter.all_facts.get(name)
    if isinstance(fact, ChoiceFact) and value not in fact.values:
        return OTHER
    return value


def _is_at_most(charter: Charter, request: Request, limit: int, *, if_missing: bool) -> bool:
    """Whether the amount judged stays within a limit; an amount in another currency is missing."""
    if request.judged is None or is_foreign(charter, request):
        return if_missing
    return request.judged <= limit


def _exceeds(charter: Charter, allowance: Allowance, request: Request) -> bool:
    used = request.used.get(allowance.id)
    if used is None:
        return True
    if allowance.counts:
        return used + 1 > allowance.most
    if request.amount is None or is_foreign(charter, request):
        return True
    return used + request.amount > allowance.most
