"""Judging with authority that somebody lent: the better of one's own and of what was lent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from remit_engine.charter.compiled import CompiledCharter
from remit_engine.charter.delegation import Delegation
from remit_engine.charter.document import Guardrail
from remit_engine.charter.in_force import InForce
from remit_engine.charter.levels import Level
from remit_engine.charter.plain import MISSING, value_of
from remit_engine.charter.prepared import Prepared
from remit_engine.charter.request import Request
from remit_engine.charter.verdict import Verdict, holds_for, judge


@dataclass(frozen=True, slots=True)
class Lent:
    """A delegation with what its giver used of the allowances.

    Attributes:
        delegation: who lent what.
        used: by id of the allowance: minor units or a number of remedies; an unknown one counts as used up.
    """

    delegation: Delegation
    used: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Authority:
    """What somebody may do, and on whose authority.

    Attributes:
        level: the level.
        verdict: the verdict whose rules made it: one's own, or that on the giver.
        lent: what was lent, or None for one's own authority.
    """

    level: Level
    verdict: Verdict
    lent: Lent | None = None


def authority(charter: CompiledCharter, request: Request, lent: Iterable[Lent] = ()) -> Authority:
    """The best that somebody may do: on their own, or with what was lent to them.

    Args:
        charter: the charter in force.
        request: by the one who asks.
        lent: what was lent to them; what doesn't reach this request is passed over.

    Returns:
        their own authority where nothing lent is better.

    Raises:
        InputError: the request can't be meant (see `check_request`).
    """
    own = charter.verdict(request)
    best = Authority(own.level, own)
    for each in lent:
        borrowed = _borrowed(charter, request, each)
        if borrowed is not None and borrowed.level > best.level:
            best = borrowed
    return best


def is_lent(charter: CompiledCharter, request: Request, delegation: Delegation) -> bool:
    """Whether a delegation reaches a request, the levels of its giver aside."""
    if request.day is None or not delegation.since <= request.day <= delegation.until:
        return False
    if delegation.upto is not None:
        foreign = request.currency not in {None, charter.charter.currency}
        if foreign or request.judged is None or request.judged > delegation.upto:
            return False
    if delegation.kinds and request.kind not in delegation.kinds:
        return False
    values = ((value_of(charter.charter, request, name), condition) for name, condition in delegation.when)
    return all(value is not MISSING and condition.holds(value) for value, condition in values)


def _borrowed(charter: CompiledCharter, request: Request, lent: Lent) -> Authority | None:
    delegation = lent.delegation
    if request.member != delegation.to or not is_lent(charter, request, delegation):
        return None
    in_force = charter.on(request.day)
    givers = judge(in_force, in_force.prepare(replace(request.of(delegation.giver), used=lent.used)))
    held = _lowest_guardrail(in_force, in_force.prepare(request))
    return Authority(min(givers.level, delegation.highest, held), givers, lent)


def _lowest_guardrail(in_force: InForce, prepared: Prepared) -> Level:
    """What the guardrails that hold for somebody leave, allowances aside; `decide` where none holds."""
    _, caps = in_force.holding(prepared)
    levels = [cap.at_most for cap in caps if isinstance(cap, Guardrail) and holds_for(cap, prepared.values)]
    if prepared.values["second_person"]:
        levels.append(Level.ASK)
    return min(levels, default=Level.DECIDE)
