"""What is found in a charter is what looking at every single case finds."""

from dataclasses import replace
from datetime import date
from itertools import pairwise, product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.engine.charter.made_charters import charters
from tests.examples import examples

from remit_engine.charter.analysis import Idle, analyse
from remit_engine.charter.axes import NumberAxis, WordAxis, axes_of
from remit_engine.charter.builtin import PERSONAL
from remit_engine.charter.diagram.tops import UNLIMITED
from remit_engine.charter.document import Charter, Grant, Guardrail, Step
from remit_engine.charter.facts import WHO_FACTS, Between, ChoiceFact, Is, NumberFact, OneOf, Unit
from remit_engine.charter.levels import Level
from remit_engine.charter.plain import (
    MISSING,
    allowances_exceeded,
    grants_that_hold,
    guardrails_that_hold,
    level,
    may_say_yes,
)
from remit_engine.charter.request import Person, Request
from remit_engine.charter.stretches import stretches

MOST_CASES = 1_500


def simpler(rule):
    """A rule that looks at few facts, so that every case can be looked at."""
    who = tuple((name, condition) for name, condition in rule.who if name in {"role", "step"})
    return replace(rule, who=who, kinds=rule.kinds[:1], when=rule.when[:1], since=None, until=None)


@st.composite
def simple_charters(draw, **most):
    charter = draw(charters(**most))
    return replace(
        charter,
        kinds=("refund", "credit", "apology"),
        grants=tuple(map(simpler, charter.grants)),
        guardrails=tuple(map(simpler, charter.guardrails)),
        allowances=tuple(map(simpler, charter.allowances)),
    )


def values(axis):
    """One value of every class of an axis, None for missing."""
    if isinstance(axis, WordAxis):
        known = [*axis.words, "else"]
        return known if axis.name in {"kind", "step"} else [*known, None]
    if isinstance(axis, NumberAxis):
        # Both ends of every class: where a chain bounds an amount, the upper one is what counts.
        ends = [start - 1 for start in axis.starts[1:]] if axis.name == "paid" else []
        return [*sorted({*axis.starts, *ends}), *([10**15] if axis.name == "paid" else []), None]
    return [False, True] if axis.name in {"about_me", "own_account"} else [False, True, None]


def usage(charter):
    """What may be used of the allowances before a remedy of no value: too much, little enough, unknown."""
    first = {}
    for allowance in charter.allowances:
        first.setdefault(allowance.counter, []).append(allowance)
    choices = []
    for same in first.values():
        some = sorted({0, *(each.most + (0 if each.counts else 1) for each in same)})
        choices.append([*({each.id: used for each in same} for used in some), {}])
    return [{key: used for each in combined for key, used in each.items()} for combined in product(*choices)]


def amounts(charter):
    edges = {grant.upto for grant in charter.grants} | {each.above for each in charter.guardrails}
    edges -= {None}
    return sorted({0, *edges, *(edge + 1 for edge in edges)})


def cases(charter, *, who=True, known_only=False):
    """Every request that the rules can tell apart, the amount aside; own flags both ways."""
    (stretch,) = stretches(charter)
    axes = [axis for axis in axes_of(stretch) if not axis.name[0].isdigit()]
    if not who:
        axes = [axis for axis in axes if axis.name not in {*WHO_FACTS, "about_me", "own_account"}]
    grid = [[value for value in values(axis) if value is not None or not known_only] for axis in axes]
    size = 1
    for each in grid:
        size *= len(each)
    used = usage(charter) if who else [{}]
    assume(size * len(used) <= MOST_CASES)
    for point in product(*grid):
        fields = dict(zip((axis.name for axis in axes), point, strict=True))
        facts = {name: fields.pop(name) for name in list(fields) if name in charter.all_facts}
        for each in used:
            yield Request(facts=facts, used=each, **fields)


def at_amounts(charter, request):
    for judged in amounts(charter):
        yield replace(request, amount=0, given=judged)
    yield replace(request, amount=None)
    yield replace(request, amount=0, currency="USD")


def is_possible(charter, request):
    """Whether the chain of a charter allows a request: what is given was paid."""
    paid, judged = request.facts.get("paid"), request.judged
    bound = charter.always and paid is not None and judged is not None and request.currency is None
    return not bound or judged <= paid


def without(charter, names):
    return replace(
        charter,
        **{
            rules: tuple(rule for rule in getattr(charter, rules) if rule.id not in names)
            for rules in ("grants", "guardrails", "allowances")
        },
    )


def first_grant(holding):
    """Which grant is named: the highest, the furthest, the simplest, the first."""
    order = [
        (
            -grant.level,
            -(UNLIMITED if grant.upto is None else grant.upto),
            len(grant.conditions),
            place,
            grant.id,
        )
        for place, grant in holding
        if grant.level > Level.ASK
    ]
    return min(order)[-1] if order else None


def cap_key(charter, cap):
    if isinstance(cap, Guardrail):
        above = -1 if cap.above is None else cap.above
        return cap.at_most, above, len(cap.conditions), charter.guardrails.index(cap)
    place = len(charter.guardrails) + charter.allowances.index(cap)
    return cap.beyond, -1, len(cap.conditions), place


def needed(charter):
    """The rules that are named somewhere where they change the level."""
    found = set()
    for request in cases(charter):
        for each in at_amounts(charter, request):
            if not is_possible(charter, each):
                continue
            holding = grants_that_hold(charter, each)
            reached = max([Level.ASK, *(grant.level for grant in holding)])
            caps = [*guardrails_that_hold(charter, each), *allowances_exceeded(charter, each)]
            final = level(charter, each)
            if final > Level.ASK:
                found.add(first_grant([(charter.grants.index(grant), grant) for grant in holding]))
            if caps:
                lowest = min(caps, key=lambda cap: cap_key(charter, cap))
                its = cap_key(charter, lowest)[0]
                personal = each.about_me or each.own_account or each.currency == "USD"
                if its < reached and not (personal and its >= Level.ASK):
                    found.add(lowest.id)
    return found


@given(simple_charters(most_grants=4, most_guardrails=2, most_allowances=1), st.booleans())
@settings(max_examples=examples(40), deadline=None)
def test_rules_that_never_matter(charter, chained):
    """Every rule is either needed somewhere or said to be idle; without all idle ones no level is another."""
    if chained:
        charter = replace(charter, always=(("amount", "paid"),))
    idle = {each.rule: each for each in analyse(charter).idle}
    every = {rule.id for rule in charter.all_rules}
    assert set(idle) == every - needed(charter)
    rest = without(charter, set(idle))
    for request in cases(charter):
        for each in at_amounts(charter, request):
            if not is_possible(charter, each):
                continue
            kept = {name: used for name, used in each.used.items() if name not in idle}
            assert level(charter, each) == level(rest, replace(each, used=kept))
    by_id = {grant.id: grant for grant in charter.grants}
    for name, each in idle.items():
        assert name in each.sentence
        if each.why_idle is Idle.COVERED and each.instead is not None:
            alone, covered = by_id[each.instead], by_id[name]
            assert alone.level >= covered.level
            assert alone.upto is None or (covered.upto is not None and alone.upto >= covered.upto)


def somebody_may(charter, request):
    roles = [*charter.all_roles, "stranger"]
    steps = [*charter.step_names]
    return any(
        may_say_yes(charter, request, Person(member="ana", role=role, team="harbour", step=step))
        for role in roles
        for step in (*steps, "third")
    )


@given(simple_charters(most_grants=4, most_guardrails=3, most_allowances=0), st.booleans())
@settings(max_examples=examples(40), deadline=None)
def test_dead_ends(charter, chained):
    """A request with known facts is a dead end exactly if one of the regions has it."""
    if chained:
        charter = replace(charter, always=(("amount", "paid"),))
    found = analyse(charter)
    assert found.dead_ends_complete_to is None
    known = [each for _, each in found.dead_ends if each.missing is None]
    for request in cases(charter, who=False, known_only=True):
        if request.kind == "else":
            continue
        for judged in amounts(charter):
            each = replace(request, amount=judged, member="somebody else")
            if not is_possible(charter, each):
                continue

            def value_of(name, each=each):
                return each.kind if name == "kind" else each.facts[name]

            inside = [d for d in known if judged > d.above and d.region.contains(value_of)]
            assert bool(inside) == (not somebody_may(charter, each))


@given(simple_charters(most_grants=4, most_guardrails=2, most_allowances=0))
@settings(max_examples=examples(20), deadline=None)
def test_dead_ends_of_missing_facts(charter):
    noted = [each for _, each in analyse(charter).dead_ends if each.missing is not None]
    assume(noted)
    for request in cases(charter, who=False):
        for judged in amounts(charter):
            each = replace(request, amount=judged, member="somebody else")

            def value_of(name, each=each):
                value = each.kind if name == "kind" else each.facts[name]
                return MISSING if value is None else value

            absent = [name for name, value in each.facts.items() if value is None]
            for dead in noted:
                if absent == [dead.missing] and judged > dead.above and dead.region.contains(value_of):
                    assert not somebody_may(charter, each)


@given(simple_charters(most_grants=4, most_guardrails=2, most_allowances=1))
@settings(max_examples=examples(30), deadline=None)
def test_the_most_a_role_may_do(charter):
    found = {(most.role, most.kind): most for _, most in analyse(charter).most}
    highest = {}
    for request in cases(charter):
        for judged in amounts(charter):
            key = request.role, request.kind, judged
            reached = level(charter, replace(request, amount=0, given=judged))
            highest[key] = max(highest.get(key, Level.NEVER), reached)
    for (role, kind), most in found.items():
        for judged in amounts(charter):
            reached = [each.level for each in most.reached if each.upto is None or judged <= each.upto]
            said = max([Level.ASK, *reached])
            assert said == max(Level.ASK, highest[role, kind, judged])


@given(simple_charters(most_grants=4, most_guardrails=0, most_allowances=0))
@settings(max_examples=examples(30), deadline=None)
def test_growth_that_takes(charter):
    said = {(loss.grant, loss.step, loss.later) for _, loss in analyse(charter).growth}
    names = charter.step_names
    lost = set()
    for request in cases(charter):
        for judged in amounts(charter):
            for earlier, later in pairwise(names):
                before = replace(request, step=earlier, amount=judged)
                after = replace(before, step=later)
                reached = max([Level.ASK, *(grant.level for grant in grants_that_hold(charter, after))])
                lost |= {
                    (grant.id, earlier, later)
                    for grant in grants_that_hold(charter, before)
                    if grant.level > reached
                }
    assert said == lost


CATEGORY = ChoiceFact("category", ("late", "cold", "rude"))
MANAGER = Grant(
    id="manager", why="So.", who=(("role", OneOf(("manager",))),), upto=2_000_00, level=Level.DECIDE
)


def street(*grants, guardrails=(), **more):
    settings_ = {"facts": (CATEGORY, NumberFact("order_age", Unit.DAYS)), "roles": ("member", "manager")}
    return Charter(
        "Harbour Street", "EUR", "So.", kinds=("refund", "credit"), grants=grants, guardrails=guardrails,
        **(settings_ | more),
    )  # fmt: skip


def test_dead_ends_in_words():
    rude = Guardrail(
        id="rude", why="So.", when=(("category", OneOf(("rude",))),), at_most=Level.NEVER, above=100_00
    )
    old = Guardrail(id="old", why="So.", when=(("order_age", Between(61, None)),), at_most=Level.ASK)
    found = analyse(street(MANAGER, guardrails=(rude, old)))
    assert [each.sentence for _, each in found.dead_ends] == [
        "Any remedy above 2,000: nobody may say yes; the owner answers alone.",
        "Anything for rude above 100: nobody may say yes; the owner answers alone.",
        "Any remedy, category not known, above 100: nobody may say yes; the owner answers alone.",
    ]
    refunds = analyse(street(replace(MANAGER, kinds=("refund",), upto=None))).dead_ends
    assert [each.sentence for _, each in refunds] == ["Credits: nobody may say yes; the owner answers alone."]
    nobody = analyse(street()).dead_ends
    assert [each.sentence for _, each in nobody] == [
        "Any remedy: nobody may say yes; the owner answers alone."
    ]


def test_idle_rules_in_words():
    small = replace(MANAGER, id="small", upto=50_00)
    asks = replace(MANAGER, id="asks", level=Level.ASK)
    never = replace(MANAGER, id="strange", when=(("category", OneOf(("late",))),))
    always = Guardrail(id="late", why="So.", when=never.when, at_most=Level.ASK)
    again = replace(always, id="late-again", at_most=Level.ASK, kinds=("refund",))
    only = replace(MANAGER, id="only-late", who=(("role", OneOf(("member",))),), when=never.when)
    found = analyse(street(MANAGER, small, asks, never, only, guardrails=(always, again))).idle
    assert [each.sentence for each in found] == [
        "asks does nothing: without any grant the answer is ask already.",
        "small never matters: wherever it holds, manager reaches as far.",
        "strange never matters: wherever it holds, manager reaches as far.",
        "only-late raises nothing: wherever it holds, late leaves no more than ask.",
        "late-again never bites: wherever it holds, late leaves no more.",
    ]
    assert all(each.rule not in {cap.id for cap in PERSONAL} for each in found)


def test_growth_in_words():
    first = replace(MANAGER, id="trusted", who=(("step", OneOf(("first",))),))
    found = analyse(street(first, steps=(Step("first", 34, 10), Step("second", 60, 10))))
    assert [each.sentence for _, each in found.growth] == [
        "Who reaches step second loses what trusted gives at step first: name second there too."
    ]


def test_days():
    trial = replace(MANAGER, id="trial", since=date(2026, 3, 1), until=date(2026, 3, 31))
    found = analyse(street(trial), day=date(2026, 4, 1))
    assert [each.sentence for each in found.ended] == [
        "trial ended on 31 March 2026: take it out, or give it a new end."
    ]
    now = analyse(street(trial), day=date(2026, 3, 5))
    assert [(days.since, days.until, each.above) for days, each in now.dead_ends] == [
        (date(2026, 3, 1), date(2026, 3, 31), 2_000_00),
        (date(2026, 4, 1), None, -1),
    ]
    small = replace(MANAGER, id="small", upto=50_00)
    # Idle while the trial lasts, needed afterwards: it stays.
    assert not analyse(street(trial, small)).idle


def test_chains_are_believed():
    """No more can be asked for than was given today, so above that end nothing is a dead end."""
    today = NumberFact("given_today", Unit.MONEY)
    grant = replace(MANAGER, when=(("given_today", Between(0, 20_00)),))
    cap = Guardrail(
        id="cap", why="So.", above=30_00, when=grant.when, at_most=Level.NEVER, ignores_missing=True
    )
    free = street(grant, guardrails=(cap,), facts=(today,))
    assert "cap" not in {each.rule for each in analyse(free).idle}
    chained = replace(free, always=(("amount", "given_today"),))
    assert {each.rule for each in analyse(chained).idle} == {"cap"}
    rest = replace(grant, id="rest", when=(("given_today", Between(20_01, None)),), upto=None)
    known = [
        [each for _, each in analyse(replace(of, grants=(grant, rest))).dead_ends if each.missing is None]
        for of in (free, chained)
    ]
    assert [each.sentence for each in known[0]] == [
        "Any remedy, given today at most 20, above 30: nobody may say yes; the owner answers alone."
    ]
    assert known[1] == []


@pytest.mark.parametrize("flag", [True, False])
def test_own_complaints_are_never_dead_ends_of_others(flag):
    """Who answers is somebody else: what holds only about oneself makes no dead end."""
    never = Guardrail(id="own", why="So.", when=(("about_me", Is(flag=flag)),), at_most=Level.NEVER)
    dead = analyse(street(replace(MANAGER, upto=None), guardrails=(never,))).dead_ends
    assert bool(dead) is not flag
