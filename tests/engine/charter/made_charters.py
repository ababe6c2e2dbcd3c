"""Charters, requests and people made by Hypothesis: small vocabularies, so that rules meet often."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from remit_engine.charter.document import Allowance, Charter, Grant, Guardrail, Per, Step
from remit_engine.charter.facts import Between, ChoiceFact, FlagFact, Is, NumberFact, OneOf, Unit
from remit_engine.charter.levels import Level
from remit_engine.charter.periods import Period, Span
from remit_engine.charter.request import Person, Request

ROLES = ("member", "lead", "manager")
MEMBERS = ("ana", "ben", "cem")
TEAMS = ("harbour", "station")
KINDS = ("refund", "credit", "apology")
STEPS = (Step("first", 34, 10), Step("second", 60, 10))
CATEGORIES = ("late", "cold", "rude")
FACTS = (
    ChoiceFact("category", CATEGORIES),
    ChoiceFact("channel", ("app", "phone")),
    NumberFact("order_age", Unit.DAYS),
    NumberFact("paid", Unit.MONEY),
    FlagFact("vip"),
)
AMOUNTS = (0, 1, 20_00, 49_99, 50_00, 50_01, 80_00, 100_00, 200_00)
NUMBERS = (0, 1, 2, 3, 10, 60, 61)
FIRST_DAY = date(2026, 1, 1)
DAYS = tuple(FIRST_DAY + timedelta(days=n) for n in (0, 1, 30, 31, 58, 59, 87, 88, 364))
PERIODS = (
    Period(Span.DAY),
    Period(Span.WEEK),
    Period(Span.MONTH),
    Period(Span.ROLLING, 30),
    Period(Span.EVER),
)


def some(values, most=2):
    """One or some of the values, each once."""
    return st.lists(st.sampled_from(values), min_size=1, max_size=most, unique=True).map(tuple)


@st.composite
def ranges(draw, numbers=NUMBERS):
    low, high = sorted(draw(st.tuples(st.sampled_from(numbers), st.sampled_from(numbers))))
    form = draw(st.sampled_from(["below", "above", "both"]))
    if form == "below":
        return Between(0, high)
    return Between(low, high) if form == "both" else Between(low, None)


def _condition(fact):
    if isinstance(fact, ChoiceFact):
        return some((*fact.values, "other"), 3).map(OneOf)
    if isinstance(fact, NumberFact):
        return ranges(AMOUNTS) if fact.unit is Unit.MONEY else ranges()
    return st.booleans().map(Is)


@st.composite
def selectors(draw):
    """Fields that all rules have."""
    who = []
    for name, values in (
        ("role", ROLES),
        ("member", MEMBERS),
        ("team", TEAMS),
        ("step", ("none", "first", "second")),
    ):
        if draw(st.integers(0, 9)) < (6 if name == "role" else 1):
            who.append((name, OneOf(draw(some(values)))))
    facts = [*FACTS, FlagFact("about_me")]
    chosen = draw(st.lists(st.sampled_from(facts), max_size=2, unique=True))
    since, until = None, None
    if draw(st.integers(0, 4)) == 0:
        since, until = sorted(draw(st.tuples(st.sampled_from(DAYS), st.sampled_from(DAYS))))
        since, until = draw(st.sampled_from([(since, until), (since, None), (None, until)]))
    return {
        "why": "Because it is so.",
        "who": tuple(who),
        "kinds": draw(st.one_of(st.just(()), some(KINDS))),
        "when": tuple((fact.name, draw(_condition(fact))) for fact in chosen),
        "since": since,
        "until": until,
    }


@st.composite
def grants(draw, name="grant"):
    return Grant(
        id=name,
        **draw(selectors()),
        level=draw(st.sampled_from([Level.ASK, Level.PROPOSE, Level.INFORM, Level.DECIDE, Level.DECIDE])),
        upto=draw(st.one_of(st.sampled_from(AMOUNTS), st.none())),
    )


@st.composite
def guardrails(draw, name="guardrail"):
    return Guardrail(
        id=name,
        **draw(selectors()),
        at_most=draw(st.sampled_from(list(Level)[:4])),
        above=draw(st.one_of(st.none(), st.sampled_from(AMOUNTS))),
        ignores_missing=draw(st.booleans()),
    )


@st.composite
def allowances(draw, name="allowance"):
    counts = draw(st.booleans())
    return Allowance(
        id=name,
        **draw(selectors()),
        per=draw(st.sampled_from(Per)),
        period=draw(st.sampled_from(PERIODS)),
        counts=counts,
        most=draw(st.integers(1, 3)) if counts else draw(st.sampled_from(AMOUNTS)),
        beyond=draw(st.sampled_from([Level.ASK, Level.PROPOSE, Level.INFORM])),
        ignores_missing=draw(st.booleans()),
    )


def _named(rules, draw, kind, most):
    return tuple(draw(rules(f"{kind}-{n}")) for n in range(draw(st.integers(0, most))))


@st.composite
def charters(draw, most_grants=5, most_guardrails=3, most_allowances=2):
    """Any charter over the small vocabulary."""
    return Charter(
        name="Harbour Street",
        currency="EUR",
        why="Every guest leaves wanting to come back.",
        facts=FACTS,
        kinds=KINDS,
        roles=ROLES,
        steps=STEPS,
        grants=_named(grants, draw, "grant", most_grants),
        guardrails=_named(guardrails, draw, "guardrail", most_guardrails),
        allowances=_named(allowances, draw, "allowance", most_allowances),
    )


def _value(fact):
    if isinstance(fact, ChoiceFact):
        return st.sampled_from((*fact.values, "something else"))
    if isinstance(fact, NumberFact):
        return st.sampled_from(AMOUNTS if fact.unit is Unit.MONEY else NUMBERS)
    return st.booleans()


@st.composite
def requests(draw, charter=None, *, amount=True):
    """Any request, facts missing now and then; with what is used of the allowances of a charter, if given."""
    facts = {fact.name: draw(_value(fact)) for fact in FACTS if draw(st.integers(0, 3))}
    used = {}
    for allowance in charter.all_allowances if charter else ():
        if draw(st.integers(0, 4)):
            used[allowance.id] = draw(
                st.integers(0, 4) if allowance.counts else st.sampled_from((*AMOUNTS, 30_00, 60_00))
            )
    return Request(
        kind=draw(st.sampled_from((*KINDS, "barter"))),
        role=draw(st.sampled_from((*ROLES, *ROLES, "stranger", None))),
        member=draw(st.sampled_from((*MEMBERS, "dee", None))),
        team=draw(st.sampled_from((*TEAMS, "elsewhere", None))),
        step=draw(st.sampled_from(("none", "none", "first", "second", "third"))),
        amount=draw(st.sampled_from(AMOUNTS)) if amount else None,
        given=draw(st.sampled_from((0, 0, 0, 20_00, 49_99))),
        currency=draw(st.sampled_from((None, None, "EUR", "EUR", "EUR", "USD"))),
        about_me=draw(st.integers(0, 9)) == 0,
        own_account=draw(st.integers(0, 9)) == 0,
        day=draw(st.sampled_from((*DAYS, None))),
        customer=draw(st.sampled_from(("c-1", "c-2", None))),
        order=draw(st.sampled_from(("o-1", "o-2", None))),
        facts=facts,
        used=used,
    )


@st.composite
def people(draw, most=4):
    """A few people, each once; the first of them owns the place."""
    names = draw(
        st.lists(st.sampled_from(("ana", "ben", "cem", "dee", "eva")), min_size=1, max_size=most, unique=True)
    )
    return tuple(
        Person(
            member=name,
            role=draw(st.sampled_from(ROLES)),
            team=draw(st.sampled_from(TEAMS)),
            step=draw(st.sampled_from(("none", "first"))),
            rank=draw(st.integers(0, 3)),
            on_duty=draw(st.booleans()),
            owner=place == 0,
        )
        for place, name in enumerate(names)
    )


def with_equal_usage(charter, request):
    """The same request, with one figure for allowances that add up the same."""
    first = {}
    for allowance in charter.all_allowances:
        first.setdefault(allowance.counter, allowance.id)
    used = {
        allowance.id: request.used[first[allowance.counter]]
        for allowance in charter.all_allowances
        if first[allowance.counter] in request.used
    }
    return replace(request, used=used)
