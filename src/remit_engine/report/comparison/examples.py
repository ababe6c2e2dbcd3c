"""A request of a changed region, for which the ladders before and after can be drawn; also in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from remit_engine.charter.diagram.regions import Numbers, Region, Total, Where, Words, YesNo
from remit_engine.charter.difference import ChangedRegion, Difference
from remit_engine.charter.document import Allowance, Charter
from remit_engine.charter.facts import NO_STEP, OTHER, ChoiceFact, Fact, FlagFact, NumberFact
from remit_engine.charter.request import Request, Value
from remit_engine.charter.sentences import amount, day_in_words, quantity, readable


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
    if first is None:
        return None
    amounts = {first.above + 1, first.above + 1 if first.upto is None else first.upto}
    return request if any(_is_inside(changes, region, request, judged) for judged in amounts) else None


def example_in_words(request: Request, region: ChangedRegion, charters: tuple[Charter, Charter]) -> str:
    """The facts of an example that its region looks at: `member, refund, order age 61 days`."""
    facts = {fact.name: fact for charter in charters for fact in charter.all_facts.values()}
    currency = charters[1].currency
    unknown = "anybody" if region.region.get("role") is None else "somebody whose role isn't known"
    words = [readable(request.role or unknown), readable(request.kind)]
    for name, _ in region.region.where:
        if name in {"member", "team"} and getattr(request, name) is not None:
            words.append(f"{name} {getattr(request, name)}")
        elif name == "step":
            words.append("no step" if request.step == NO_STEP else f"step {readable(request.step)}")
        elif name in request.facts:
            words.append(_fact_in_words(facts[name], request.facts[name], currency))
    allowances = {each.id: each for charter in charters for each in charter.all_allowances}
    for name, used in request.used.items():
        if used:
            much = f"{used:,}" if allowances[name].counts else amount(used, currency)
            words.append(f"{much} of {name} used")
    if region.days is not None and not region.days.is_every_day and request.day is not None:
        words.append(f"on {day_in_words(request.day)}")
    return ", ".join(words)


def _fact_in_words(fact: Fact, value: Value | None, currency: str) -> str:
    name = readable(fact.name)
    if isinstance(value, bool):
        return name if value else f"not {name}"
    if isinstance(fact, NumberFact) and isinstance(value, int):
        return f"{name} {quantity(value, fact.unit, currency)}"
    return f"{name} {readable(str(value))}"


def _is_inside(changes: Difference, region: ChangedRegion, request: Request, judged: int) -> bool:
    return changes.region_of(replace(request, amount=judged)) is region


def _word(where: Where | None, otherwise: str | None) -> str | None:
    if not isinstance(where, Words):
        return otherwise
    if otherwise in where.values:
        return otherwise
    if where.values:
        return where.values[0]
    return "somebody else" if where.others else None


def _value(fact: Fact, where: Where | None) -> Value | None:
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
