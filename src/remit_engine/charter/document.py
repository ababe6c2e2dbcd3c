"""A charter as values: what a document says, without how it was written.

Everything here is frozen, can be compared, pickled and shared between threads. Reading makes these values
(`charter.reading`), writing turns them into YAML again (`charter.writing`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from remit_engine.charter.facts import (
    KINDS_OF_REMEDY,
    NO_STEP,
    Conditions,
    Fact,
    OneOf,
)
from remit_engine.charter.frozen import Frozen
from remit_engine.charter.levels import Level
from remit_engine.charter.periods import Period

OBJECTIONS_MINUTES = 4 * 60
"""How long objections may come when a grant of `propose` says nothing: 4 working hours."""


class Per(StrEnum):
    """Whose giving an allowance adds up."""

    MEMBER = "member"
    TEAM = "team"
    CUSTOMER = "customer"
    ORDER = "order"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Frozen):
    """What grants, guardrails and allowances have in common: whom and what they are for, when, and why.

    Attributes:
        id: unique in the charter (and in all that it extends).
        why: one or two sentences, never empty.
        who: conditions on role, member, team and step; empty for everybody.
        kinds: kinds of remedy; empty for all.
        when: conditions on flags and declared facts.
        since, until: first and last day on which it holds, both included; None without an end.
    """

    id: str
    why: str
    who: Conditions = ()
    kinds: tuple[str, ...] = ()
    when: Conditions = ()
    since: date | None = None
    until: date | None = None

    @property
    def conditions(self) -> Conditions:
        """All conditions but the one on the amount, as one list: who, kind, when."""
        kind: Conditions = (("kind", OneOf(self.kinds)),) if self.kinds else ()
        return (*self.who, *kind, *self.when)

    @property
    def is_dated(self) -> bool:
        """Whether it holds on some days only."""
        return self.since is not None or self.until is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant(Rule):
    """Raises the level.

    Attributes:
        level: what it raises to.
        upto: largest amount judged, in minor units; None without a limit.
        say: what a customer may be told, or "".
        tell: roles that are told when the level is `inform`; empty for the nearest who may say yes.
        objections: working minutes in which objections may come when the level is `propose`.
    """

    level: Level
    upto: int | None = None
    say: str = ""
    tell: tuple[str, ...] = ()
    objections: int = OBJECTIONS_MINUTES


@dataclass(frozen=True, slots=True, kw_only=True)
class Guardrail(Rule):
    """Caps the level.

    Attributes:
        at_most: what it caps to.
        above: caps only amounts judged above this one, in minor units; None for every amount.
        ignores_missing: a fact that is missing makes it not hold; otherwise it makes it hold.
        hand_to: for `never`: roles that take the complaint over; empty for the owner.
    """

    at_most: Level
    above: int | None = None
    ignores_missing: bool = False
    hand_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance(Rule):
    """Caps the level of what would go beyond what may be given in a period.

    Attributes:
        per: whose giving is added up.
        period: over which time.
        most: the largest sum in minor units, or the largest number of remedies.
        counts: True when `most` is a number of remedies, False when it is a sum.
        beyond: the level that is left beyond it, at least `ask`.
        ignores_missing: as in a guardrail.
    """

    per: Per
    period: Period
    most: int
    counts: bool = False
    beyond: Level = Level.ASK
    ignores_missing: bool = False

    @property
    def counter(self) -> tuple[object, ...]:
        """What is added up, without the limit: equal counters have equal running totals."""
        return (
            self.per,
            self.period,
            self.counts,
            frozenset((name, _as_set(condition)) for name, condition in self.conditions),
            self.ignores_missing,
            self.since,
            self.until,
        )


Cap = Guardrail | Allowance


@dataclass(frozen=True, slots=True)
class Step(Frozen):
    """What growth reaches.

    Attributes:
        name: a word; the value of the fact `step`.
        reviews: fair reviews that are needed when none says *different*.
        percent: the share of *different* that has to be ruled out.
    """

    name: str
    reviews: int
    percent: int


@dataclass(frozen=True)
class Charter:
    """Who may decide what alone.

    Attributes:
        name: what it is called.
        currency: ISO 4217 code of every amount.
        why: what the charter is for.
        facts: declared facts.
        kinds: declared kinds, or empty for the kinds of remedy.
        roles: declared roles, lowest rank first, or empty when any word is a role.
        steps: from the first up.
        always: chains of number facts that never fall: `("amount", "today")` says amount <= today.
        grants, guardrails, allowances: its own rules, in the order of the document.
        extends: the charter whose rules hold too, or None.
    """

    name: str
    currency: str
    why: str
    facts: tuple[Fact, ...] = ()
    kinds: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    always: tuple[tuple[str, ...], ...] = ()
    grants: tuple[Grant, ...] = ()
    guardrails: tuple[Guardrail, ...] = ()
    allowances: tuple[Allowance, ...] = ()
    extends: Charter | None = field(default=None)

    @cached_property
    def lineage(self) -> tuple[Charter, ...]:
        """The charters that hold together: the one furthest up first, this one last."""
        return (*(self.extends.lineage if self.extends else ()), self)

    @cached_property
    def all_facts(self) -> dict[str, Fact]:
        """Declared facts of the whole lineage, by name."""
        return {fact.name: fact for charter in self.lineage for fact in charter.facts}

    @cached_property
    def all_kinds(self) -> tuple[str, ...]:
        """Every kind that a request may have."""
        declared = _in_order(kind for charter in self.lineage for kind in charter.kinds)
        return declared or KINDS_OF_REMEDY

    @cached_property
    def all_roles(self) -> tuple[str, ...]:
        """Every role that is declared or named by a rule, lowest rank first where declared."""
        declared = (role for charter in reversed(self.lineage) for role in charter.roles)
        named = (word for rule in self.all_rules for word in _words(rule, "role"))
        return _in_order((*declared, *named))

    @cached_property
    def all_steps(self) -> tuple[Step, ...]:
        """Steps of the whole lineage."""
        return tuple(step for charter in self.lineage for step in charter.steps)

    @cached_property
    def step_names(self) -> tuple[str, ...]:
        """Values of the fact `step`: none, and the steps in their order."""
        return (NO_STEP, *(step.name for step in self.all_steps))

    @cached_property
    def all_always(self) -> tuple[tuple[str, ...], ...]:
        """Chains of the whole lineage."""
        return tuple(chain for charter in self.lineage for chain in charter.always)

    @cached_property
    def all_grants(self) -> tuple[Grant, ...]:
        """Grants of the whole lineage."""
        return tuple(grant for charter in self.lineage for grant in charter.grants)

    @cached_property
    def all_guardrails(self) -> tuple[Guardrail, ...]:
        """Guardrails of the whole lineage."""
        return tuple(guardrail for charter in self.lineage for guardrail in charter.guardrails)

    @cached_property
    def all_allowances(self) -> tuple[Allowance, ...]:
        """Allowances of the whole lineage."""
        return tuple(allowance for charter in self.lineage for allowance in charter.allowances)

    @property
    def all_rules(self) -> Iterator[Grant | Guardrail | Allowance]:
        """Every rule of the whole lineage."""
        yield from self.all_grants
        yield from self.all_guardrails
        yield from self.all_allowances


def _words(rule: Rule, fact: str) -> tuple[str, ...]:
    return next((c.values for name, c in rule.who if name == fact and isinstance(c, OneOf)), ())


def _in_order(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def _as_set(condition: object) -> object:
    return frozenset(condition.values) if isinstance(condition, OneOf) else condition
