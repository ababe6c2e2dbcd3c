"""Rules that never matter: everything said here can be taken out together, and no level changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Final

from remit_engine.charter.analysis.searching import Near, Search
from remit_engine.charter.builtin import BUILT_IN_IDS
from remit_engine.charter.diagram.boxes import RuleBox
from remit_engine.charter.document import Allowance, Cap, Grant
from remit_engine.charter.levels import Level
from remit_engine.charter.stretches import Stretch


class Idle(StrEnum):
    """Why a rule never matters."""

    COVERED = "covered"
    """Wherever the grant holds, others reach as far."""
    HELD_DOWN = "held down"
    """Wherever the grant would win, guardrails leave no more than `ask`."""
    ASKS = "asks"
    """A grant of level `ask` raises nothing."""
    NEVER_HOLDS = "never holds"
    """No request satisfies its conditions."""
    NEVER_BITES = "never bites"
    """Wherever the guardrail or allowance holds, the level is as low without it."""


Way = tuple[Idle, str | None]
"""In which way a rule never matters, and the id of the one rule that makes it so, if one does alone."""
_WHERE: Final = "wherever it holds,"


@dataclass(frozen=True, slots=True)
class IdleRule:
    """A rule that changes no level, on no day on which it holds.

    Attributes:
        rule: its id.
        why_idle: in which way it does nothing.
        instead: id of one rule that does all that it does, or None when that takes several.
        sentence: for people.
    """

    rule: str
    why_idle: Idle
    instead: str | None
    sentence: str


def idle_grants(search: Search, stretch: Stretch) -> dict[str, Way]:
    """Grants of a stretch that never matter: id, in which way, and which single grant covers it."""
    ordered = sorted(search.space.grants(stretch), key=_grant_order)
    near = Near(ordered, search.space)
    low = [cap for cap in search.space.caps(stretch) if cap.level <= Level.ASK]
    caps = Near(low, search.space)
    found: dict[str, Way] = {}
    for number, grant in enumerate(ordered):
        if not grant.can_hold:
            found[grant.rule.id] = Idle.NEVER_HOLDS, None
            continue
        before = near.before(number, grant.bits)
        held = caps.all(grant.bits)
        way = search.once("grant", ([grant], before, held), partial(_idle_grant, search, grant, before, held))
        if way is not None:
            found[grant.rule.id] = way
    return found


def idle_caps(search: Search, stretch: Stretch) -> dict[str, Way]:
    """Guardrails and allowances of a stretch that never bite; built-in ones are never named."""
    ordered = sorted(search.space.caps(stretch), key=_cap_order)
    near = Near(ordered, search.space)
    # Wide grants first: what a cap lowers is soonest found there.
    grants = Near(
        sorted(search.space.grants(stretch), key=lambda grant: (len(grant.tests), -grant.edge)), search.space
    )
    found: dict[str, Way] = {}
    for number, cap in enumerate(ordered):
        if cap.rule.id in BUILT_IN_IDS:
            continue
        if not cap.can_hold:
            found[cap.rule.id] = Idle.NEVER_HOLDS, None
            continue
        before = near.before(number, cap.bits)
        near_grants = grants.all(cap.bits)
        way = search.once(
            "cap", ([cap], before, near_grants), partial(_idle_cap, search, cap, before, near_grants)
        )
        if way is not None:
            found[cap.rule.id] = way
    return found


def idle_in_words(rule: Grant | Cap, idle: Idle, instead: str | None) -> str:
    """Why a rule never matters, in one sentence for its reader.

    Args:
        rule: the rule.
        idle: in which way it does nothing.
        instead: id of the one rule that does it all, if one does.
    """
    name = rule.id
    if idle is Idle.ASKS:
        return f"{name} does nothing: without any grant the answer is ask already."
    if idle is Idle.NEVER_HOLDS:
        return f"{name} never holds: no request satisfies all of its conditions."
    if idle is Idle.HELD_DOWN:
        by = f"{instead} leaves" if instead else "guardrails and allowances leave"
        return f"{name} raises nothing: {_WHERE} {by} no more than ask."
    if idle is Idle.COVERED:
        by = f"{instead} reaches" if instead else "other grants reach"
        return f"{name} never matters: {_WHERE} {by} as far."
    what = "is never what counts" if isinstance(rule, Allowance) else "never bites"
    by = f"{instead} leaves no more" if instead else "the level is as low without it"
    return f"{name} {what}: {_WHERE} {by}."


def _idle_grant(
    search: Search, grant: RuleBox, before: Sequence[RuleBox], held: Sequence[RuleBox]
) -> Way | None:
    """In which way a grant never matters, given the grants before it and the caps of at most `ask`."""
    alone = _alone(grant, before)
    if alone is not None:
        return Idle.COVERED, alone
    missing = grant.holds_missing
    if search.outside(grant.packed, grant.amounts, (*before, *held), missing=missing):
        return None
    if search.outside(grant.packed, grant.amounts, before, missing=missing):
        return Idle.HELD_DOWN, _alone(grant, held)
    return Idle.COVERED, None


def _idle_cap(
    search: Search, cap: RuleBox, before: Sequence[RuleBox], grants: Sequence[RuleBox]
) -> Way | None:
    """In which way a cap never bites, given the caps before it and the grants near it."""
    alone = _alone(cap, before)
    if alone is not None:
        return Idle.NEVER_BITES, alone
    lowered = [grant for grant in grants if grant.level > cap.level and grant.can_hold]
    return None if _bites(search, cap, before, lowered) else (Idle.NEVER_BITES, None)


def _bites(search: Search, cap: RuleBox, before: Sequence[RuleBox], lowered: Sequence[RuleBox]) -> bool:
    """Whether there is a request that this cap lowers before any other does."""
    first, last = cap.amounts
    if cap.level == Level.NEVER:
        return search.outside(cap.packed, (first, last), before, missing=cap.holds_missing) is not None
    for grant in lowered:
        both = cap.packed & grant.packed
        missing = cap.holds_missing and grant.holds_missing
        if search.space.packing.is_empty(both):
            continue
        if search.outside(both, (first, min(last, grant.edge)), before, missing=missing):
            return True
    return False


def _grant_order(grant: RuleBox) -> tuple[object, ...]:
    """Which of two grants that hold is named: the higher, the further, the simpler, the first."""
    return -grant.level, -grant.edge, len(grant.rule.conditions), grant.place


def _cap_order(cap: RuleBox) -> tuple[object, ...]:
    """Which of two caps that hold is named: the lower, a built-in one, the wider, the simpler, the first."""
    return cap.level, cap.rule.id not in BUILT_IN_IDS, cap.edge, len(cap.rule.conditions), cap.place


def _covers(wide: RuleBox, narrow: RuleBox) -> bool:
    """Whether one rule holds wherever another one does."""
    first, last = narrow.amounts
    return (
        not narrow.packed & ~wide.packed
        and wide.amounts[0] <= first
        and last <= wide.amounts[1]
        and (wide.holds_missing or not narrow.holds_missing)
    )


def _alone(rule: RuleBox, others: Sequence[RuleBox]) -> str | None:
    """The id of one rule that does alone what makes another one idle."""
    return next((other.rule.id for other in others if _covers(other, rule)), None)
