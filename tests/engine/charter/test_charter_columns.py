"""The columns form says, request by request, what the formula says."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.engine.charter.made_charters import charters, requests
from tests.examples import examples

from remit_engine.charter import plain
from remit_engine.charter.builtin import ABOUT_ME, OTHER_CURRENCY, OWN_ACCOUNT
from remit_engine.charter.columns import ColumnForm
from remit_engine.charter.columns.lookups import NumberClasses
from remit_engine.charter.document import Charter, Grant, Guardrail
from remit_engine.charter.facts import Between, NumberFact, OneOf, Unit
from remit_engine.charter.levels import Level
from remit_engine.charter.request import Request
from remit_engine.charter.stretches import careful_stretch, stretches
from remit_engine.history.requests import from_requests

few = settings(max_examples=examples(150), deadline=None, suppress_health_check=list(HealthCheck))


def _stretch(charter, day):
    if day is None:
        return careful_stretch(charter)
    return next(
        stretch
        for stretch in stretches(charter)
        if (stretch.since is None or stretch.since <= day) and (stretch.until is None or day <= stretch.until)
    )


def _on_one_day(made, day):
    return [replace(request, day=day) for request in made]


def _as_runs(made):
    """The same requests in runs of one role and kind, as a table sorted by them has them."""
    return sorted(made, key=lambda request: (request.role or "", request.kind))


@st.composite
def worlds(draw, **most):
    charter = draw(charters(**most))
    day = draw(st.sampled_from([date(2026, 1, 1), date(2026, 2, 1), date(2026, 12, 31), None]))
    made = draw(st.lists(requests(charter), min_size=1, max_size=12))
    return charter, day, _on_one_day(made, day)


@few
@given(worlds(), st.booleans())
def test_every_row_has_the_level_of_the_formula(world, in_runs):
    charter, day, made = world
    made = _as_runs(made) if in_runs else made
    form = ColumnForm(_stretch(charter, day))
    levels = form.levels(from_requests(charter, made))
    assert levels.dtype == np.int8
    assert levels.tolist() == [plain.level(charter, request) for request in made]


@few
@given(worlds())
def test_without_allowances_the_level_is_that_of_a_charter_without_them(world):
    charter, day, made = world
    form = ColumnForm(_stretch(charter, day))
    bare = replace(charter, allowances=())
    expected = [plain.level(bare, replace(request, used={})) for request in made]
    assert form.levels(from_requests(charter, made), allowances=False).tolist() == expected


@few
@given(worlds(most_allowances=4))
def test_the_requests_that_an_allowance_counts_are_those_of_the_formula(world):
    charter, day, made = world
    stretch = _stretch(charter, day)
    counted = ColumnForm(stretch).counting(from_requests(charter, made))
    assert counted.keys() == {allowance.id for allowance in stretch.allowances}
    for allowance in charter.allowances:
        expected = [allowance in plain.allowances_that_count(charter, request) for request in made]
        assert counted.get(allowance.id, np.zeros(len(made), bool)).tolist() == expected


def _first_grant(charter, request):
    """The grant that the columns form names, by its documented order."""
    held = plain.grants_that_hold(charter, request)
    raising = [grant for grant in held if grant.level > Level.ASK]
    return min(
        raising,
        key=lambda g: (-g.level, g.upto is not None, -(g.upto or 0), charter.grants.index(g)),
        default=None,
    )


def _first_cap(charter, request, reached):
    guardrails = [
        (g.at_most, 0, -1 if g.above is None else g.above, charter.guardrails.index(g), g.id)
        for g in plain.guardrails_that_hold(charter, request)
    ]
    allowances = [
        (a.beyond, 1, charter.allowances.index(a), 0, a.id)
        for a in plain.allowances_exceeded(charter, request)
    ]
    built_in = [
        (Level.ASK, 2, place, 0, rule.id)
        for place, (holds, rule) in enumerate(
            [
                (request.about_me, ABOUT_ME),
                (request.own_account, OWN_ACCOUNT),
                (plain.is_foreign(charter, request), OTHER_CURRENCY),
            ]
        )
        if holds
    ]
    lowest = min([*guardrails, *allowances, *built_in], default=None)
    return lowest[-1] if lowest and lowest[0] < reached else None


@few
@given(worlds(most_grants=8, most_guardrails=5, most_allowances=3))
def test_the_rules_that_decide_are_named_in_the_documented_order(world):
    charter, day, made = world
    form = ColumnForm(_stretch(charter, day))
    made_of = form.deciding(from_requests(charter, made))
    for row, request in enumerate(made):
        assert made_of.levels[row] == plain.level(charter, request)
        grant = _first_grant(charter, request)
        number = made_of.grants[row]
        assert (None if number < 0 else form.grant_ids[number]) == (grant and grant.id)
        number = made_of.caps[row]
        expected = _first_cap(charter, request, grant.level if grant else Level.ASK)
        assert (None if number < 0 else form.cap_ids[number]) == expected


def _many_rules(rules):
    """A charter with more rules in one cell than a word has bits, none of which makes another needless."""
    ages = [Between(n, n) for n in range(rules)]
    levels = [Level.DECIDE, Level.INFORM, Level.PROPOSE]
    return Charter(
        name="Long",
        currency="EUR",
        why="Many rules for one kind.",
        facts=(NumberFact("age", Unit.DAYS), NumberFact("visits", Unit.COUNT)),
        grants=tuple(
            Grant(id=f"g{n}", why="w", when=(("age", age),), level=levels[n % 3], upto=100 + n)
            for n, age in enumerate(ages)
        ),
        guardrails=tuple(
            Guardrail(id=f"c{n}", why="w", when=(("visits", age),), at_most=list(Level)[n % 4], above=50 + n)
            for n, age in enumerate(ages)
        ),
    )


@pytest.mark.parametrize("rules", [3, 7, 20, 31, 60, 130])
@pytest.mark.parametrize("in_runs", [False, True])
def test_a_cell_may_have_more_rules_than_a_word_has_bits(rules, in_runs):
    charter = _many_rules(rules)
    drawn = np.random.default_rng(rules)
    kinds = ["refund"] if in_runs else ["refund", "credit"]
    made = [
        Request(
            kind=kinds[row % len(kinds)],
            amount=int(drawn.integers(0, 200)),
            facts={name: int(drawn.integers(0, rules)) for name in ("age", "visits") if drawn.random() < 0.9},
        )
        for row in range(400)
    ]
    form = ColumnForm(_stretch(charter, date(2026, 1, 1)))
    columns = from_requests(charter, made)
    expected = [plain.level(charter, request) for request in made]
    assert form.levels(columns).tolist() == expected
    deciding = form.deciding(columns)
    assert deciding.levels.tolist() == expected
    for row, request in enumerate(made):
        grant = _first_grant(charter, request)
        assert (deciding.grants[row] >= 0) == (grant is not None)
        assert grant is None or form.grant_ids[deciding.grants[row]] == grant.id


def test_long_columns_are_read_in_chunks_without_a_seam():
    charter = _many_rules(12)
    drawn = np.random.default_rng(1)
    made = [
        Request(kind=kind, amount=amount, facts={"age": age, "visits": age // 2})
        for kind in ("refund", "credit")
        for amount in (10, 105, 140)
        for age in range(14)
    ]
    expected = np.array([plain.level(charter, request) for request in made])
    form = ColumnForm(_stretch(charter, date(2026, 1, 1)))
    few_rows = from_requests(charter, made)
    for rows in (drawn.integers(0, len(made), 50_000), np.sort(drawn.integers(0, len(made), 50_000))):
        seen = []
        levels = form.levels(few_rows.take(rows), progress=lambda done, _, seen=seen: seen.append(done))
        assert (levels == expected[rows]).all()
        assert seen == sorted(seen)
        assert seen[-1] == len(rows)


def test_narrow_numbers_mean_the_same():
    charter = _many_rules(12)
    made = [Request(kind="refund", amount=n, facts={"age": n % 12, "visits": n % 5}) for n in range(120)]
    form = ColumnForm(_stretch(charter, date(2026, 1, 1)))
    columns = from_requests(charter, made)
    narrow = replace(columns, facts={name: fact.astype(np.int8) for name, fact in columns.facts.items()})
    mixed = replace(
        narrow, kind=from_requests(charter, [replace(r, kind="ab"[n % 2]) for n, r in enumerate(made)]).kind
    )
    assert form.levels(narrow).tolist() == form.levels(columns).tolist()
    assert form.levels(mixed).tolist() == form.levels(replace(mixed, facts=columns.facts)).tolist()


numbers = st.one_of(st.integers(0, 40), st.integers(0, 10**6), st.integers(0, 10**17))


@few
@given(st.lists(numbers, max_size=60), st.lists(numbers, max_size=30), st.integers(1, 9))
def test_a_number_is_put_into_its_class(starts, values, stride):
    starts = sorted({0, *starts})
    near = [start + shift for start in starts for shift in (-1, 0, 1) if start + shift >= 0]
    column = np.array([*values, *near, -1], dtype=np.int64)
    found = np.empty(len(column), dtype=np.intp)
    NumberClasses.of(starts, stride).into(column, found)
    expected = np.searchsorted(starts, column, side="right") - 1
    expected[-1] = len(starts)
    assert found.tolist() == (expected * stride).tolist()


def test_a_rule_that_another_makes_needless_takes_no_bit():
    wide = Grant(id="wide", why="w", level=Level.DECIDE, upto=100)
    inside = Grant(id="inside", why="w", who=(("role", OneOf(("lead",))),), level=Level.INFORM, upto=50)
    charter = Charter(name="n", currency="EUR", why="w", grants=(inside, wide))
    form = ColumnForm(_stretch(charter, date(2026, 1, 1)))
    assert {box.number for cell in form.whole.cells.cells for box in cell.grants} == {1}
