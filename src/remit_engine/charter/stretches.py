"""Days cut out of the rules: a charter as stretches of days in which nothing is dated any more.

So time is never a condition inside a form: whoever knows the day takes the stretch, whoever doesn't takes
the careful one, in which no dated grant holds and every dated cap does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeVar

from remit_engine.charter.builtin import PERSONAL
from remit_engine.charter.document import Allowance, Cap, Charter, Grant, Guardrail, Rule
from remit_engine.charter.levels import Level

AnyRule = TypeVar("AnyRule", bound=Rule)


@dataclass(frozen=True, slots=True)
class Stretch:
    """The rules of some days, or of a day that isn't known.

    Attributes:
        charter: whose rules.
        since, until: first and last day, both included; None without an end.
        grants: those that can raise (above `ask`).
        guardrails: with the ones that every charter has.
        allowances: all of them.
    """

    charter: Charter
    since: date | None
    until: date | None
    grants: tuple[Grant, ...]
    guardrails: tuple[Guardrail, ...]
    allowances: tuple[Allowance, ...]

    @property
    def caps(self) -> tuple[Cap, ...]:
        """Guardrails and allowances."""
        return (*self.guardrails, *self.allowances)


def stretches(charter: Charter) -> tuple[Stretch, ...]:
    """The stretches of a charter, from the oldest; together they hold every day once."""
    starts = turning_days(charter)
    ends = [start - timedelta(days=1) for start in starts]
    pairs = zip([None, *starts], [*ends, None], strict=True)
    return tuple(_on(charter, since, until) for since, until in pairs)


def careful_stretch(charter: Charter) -> Stretch:
    """The rules when the day isn't known."""
    return Stretch(
        charter,
        None,
        None,
        tuple(grant for grant in charter.all_grants if _raises(grant) and not grant.is_dated),
        (*charter.all_guardrails, *PERSONAL),
        charter.all_allowances,
    )


def turning_days(charter: Charter) -> list[date]:
    """The days on which something begins, or has just ended; a rule that lasts to the last day never ends."""
    begins = {rule.since for rule in charter.all_rules if rule.since is not None}
    lasts = {rule.until for rule in charter.all_rules if rule.until is not None}
    begins |= {last + timedelta(days=1) for last in lasts if last < date.max}
    return sorted(begins - {date.min})


def as_on(charter: Charter, day: date) -> Charter:
    """What a charter says on a day, as one that stands alone and says nothing of days."""

    def undated(rules: Iterable[AnyRule]) -> tuple[AnyRule, ...]:
        return tuple(replace(rule, since=None, until=None) for rule in rules if _holds(rule, day))

    return Charter(
        name=charter.name,
        currency=charter.currency,
        why=charter.why,
        facts=tuple(charter.all_facts.values()),
        kinds=charter.all_kinds,
        roles=charter.all_roles,
        steps=charter.all_steps,
        always=charter.all_always,
        grants=undated(charter.all_grants),
        guardrails=undated(charter.all_guardrails),
        allowances=undated(charter.all_allowances),
    )


def _holds(rule: Rule, day: date) -> bool:
    return (rule.since is None or rule.since <= day) and (rule.until is None or day <= rule.until)


def _on(charter: Charter, since: date | None, until: date | None) -> Stretch:
    day = since or until or date.min
    return Stretch(
        charter,
        since,
        until,
        tuple(grant for grant in charter.all_grants if _raises(grant) and _holds(grant, day)),
        (*(guardrail for guardrail in charter.all_guardrails if _holds(guardrail, day)), *PERSONAL),
        tuple(allowance for allowance in charter.all_allowances if _holds(allowance, day)),
    )


def _raises(grant: Grant) -> bool:
    return grant.level > Level.ASK
