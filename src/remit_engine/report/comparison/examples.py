"""A request of a changed region, so that the ladders before and after can be drawn."""

from __future__ import annotations

from datetime import date

from remit_engine.charter.diagram.regions import Numbers, Region, Total, Where, Words, YesNo
from remit_engine.charter.difference import ChangedRegion, Difference
from remit_engine.charter.document import Allowance, Charter
from remit_engine.charter.facts import NO_STEP, OTHER, ChoiceFact, FlagFact
from remit_engine.charter.request import Request, Value


def example_of(
    changes: Difference, region: ChangedRegion, charters: tuple[Charter, Charter]
) -> Request | None:
    """A request of a region: what the region leaves open is as plain as can be.

    Args:
        changes: the whole difference.
        region: one of its regions.
        charters: the old one and the new one.

    Returns:
        a request without an amount; None where the region holds no request that is easily shown.
    """
    where = region.region
    allowances = {each.id: each for charter in charters for each in charter.all_allowances}
    facts = {fact.name: fact for charter in charters for fact in charter.all_facts.values()}
    known = {name: _value(fact, where.get(name)) for name, fact in facts.items()}
    request = Request(
        kind=_word(where.get("kind"), charters[1].all_kinds[0]) or OTHER,
        role=_word(where.get("role"), charters[1].all_roles[0] if charters[1].all_roles else None),
        member=_word(where.get("member"), None),
        team=_word(where.get("team"), None),
        step=_word(where.get("step"), NO_STEP) or NO_STEP,
        about_me=_flag(where.get("about_me")),
        own_account=_flag(where.get("own_account")),
        day=_day(region),
        facts={name: value for name, value in known.items() if value is not None},
        used={name: _used(where, allowance) for name, allowance in allowances.items()},
    )
    first = region.change.shifts[0] if region.change.shifts else None
    amount = None if first is None else (first.upto if first.upto is not None else first.above + 1)
    return request if amount is not None and _is_inside(changes, region, request, amount) else None


def _is_inside(changes: Difference, region: ChangedRegion, request: Request, amount: int) -> bool:
    judged = Request.from_record({**request.as_record(), "amount": amount})
    return changes.region_of(judged) is region


def _word(where: Where | None, otherwise: str | None) -> str | None:
    if not isinstance(where, Words):
        return otherwise
    if otherwise in where.values:
        return otherwise
    if where.values:
        return where.values[0]
    return "somebody else" if where.others else None


def _value(fact: object, where: Where | None) -> Value | None:
    if isinstance(fact, ChoiceFact):
        return _word(where, OTHER)
    if isinstance(fact, FlagFact):
        return (
            _flag(where) if where is None or (isinstance(where, YesNo) and (where.yes or where.no)) else None
        )
    if isinstance(where, Numbers):
        return where.ranges[0][0] if where.ranges else None
    return 0


def _flag(where: Where | None) -> bool:
    return isinstance(where, YesNo) and where.yes and not where.no


def _used(region: Region, allowance: Allowance) -> int:
    """Nothing, unless the region begins where something was used."""
    for _, where in region.where:
        same = isinstance(where, Total) and (where.per, where.period, where.counts) == (
            allowance.per,
            allowance.period.words,
            allowance.counts,
        )
        if same and isinstance(where, Total) and where.ranges and where.ranges[0][0]:
            return where.ranges[0][0]
    return 0


def _day(region: ChangedRegion) -> date | None:
    if region.days is None:
        return None
    return region.days.since or region.days.until or date(2026, 1, 1)
