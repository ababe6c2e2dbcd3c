"""The diagrams of a charter answer like the formula, for every made charter and request."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.charter.made_charters import AMOUNTS, charters, requests, with_equal_usage
from tests.examples import examples

from remit_engine.charter.builtin import PERSONAL
from remit_engine.charter.diagram import Diagrams, StretchDiagrams
from remit_engine.charter.diagram.boxes import space_of
from remit_engine.charter.diagram.store import Store
from remit_engine.charter.diagram.tops import NO_CAP, NO_GRANT, UNLIMITED, Tops, granted, left_by
from remit_engine.charter.document import Charter, Grant, Guardrail
from remit_engine.charter.facts import ChoiceFact, OneOf
from remit_engine.charter.levels import Level
from remit_engine.charter.plain import level, level_at
from remit_engine.charter.stretches import stretches
from remit_engine.errors import InputError


@given(st.data())
@settings(max_examples=examples(150), deadline=None)
def test_level_is_that_of_the_formula(data):
    charter = data.draw(charters())
    diagrams = Diagrams(charter)
    for _ in range(8):
        request = with_equal_usage(charter, data.draw(requests(charter)))
        assert diagrams.level(request) == level(charter, request)
        without = replace(request, amount=None)
        assert diagrams.level(without) == level(charter, without)


@given(st.data())
@settings(max_examples=examples(80), deadline=None)
def test_ladder_is_the_level_at_every_amount(data):
    charter = data.draw(charters(most_allowances=3))
    request = with_equal_usage(charter, data.draw(requests(charter)))
    steps = Diagrams(charter).ladder(request)
    assert [end is None for _, end in steps] == [False] * (len(steps) - 1) + [True]
    levels = [each for each, _ in steps]
    assert levels == sorted(set(levels), reverse=True)
    ends = [end for _, end in steps if end is not None]
    for judged in {*AMOUNTS, *ends, *(end + 1 for end in ends), request.given}:
        if judged >= request.given:
            of_ladder = next(each for each, end in steps if end is None or judged <= end)
            assert of_ladder == level_at(charter, request, judged)


@given(st.data())
@settings(max_examples=examples(40), deadline=None)
def test_equal_rules_are_one_node(data):
    """The order of rules, their ids and whys change no node: that is what makes comparing quick."""
    charter = data.draw(charters(most_allowances=0))
    shuffled = replace(
        charter,
        grants=tuple(replace(grant, id=f"x-{grant.id}") for grant in reversed(charter.grants)),
        guardrails=tuple(reversed(charter.guardrails)),
    )
    pairs = list(zip(stretches(charter), stretches(shuffled), strict=True))
    space = space_of(*(stretch for pair in pairs for stretch in pair))
    store = Store()
    for one, other in pairs:
        first, second = (StretchDiagrams(space, store, each) for each in (one, other))
        for role in range(space.axes[0].size):
            for kind in range(space.axes[1].size - 1):
                assert first.roots(role, kind) == second.roots(role, kind)


@given(st.lists(st.sampled_from(range(5)), min_size=2, max_size=2), st.sampled_from(AMOUNTS), st.booleans())
def test_tops_are_levels_along_the_amount(levels, edge, holds_missing):
    grant, cap = granted(levels[0], edge), left_by(levels[1], edge, holds_missing=holds_missing)
    both = NO_GRANT.raised(grant).capped(NO_CAP.capped(cap))
    for judged in (0, edge, edge + 1, 10**12):
        reached = max(Level.ASK, levels[0]) if judged <= edge else Level.ASK
        assert both.at(judged) == min(reached, levels[1] if judged > edge else Level.DECIDE)
    assert both.missing == min(Level.ASK, levels[1] if holds_missing else Level.DECIDE)
    assert Tops(5, 4, 3, 2, Level.ASK).of(None, foreign=True) == Level.ASK
    assert granted(Level.DECIDE, UNLIMITED).missing == Level.DECIDE


def test_too_many_cases_are_refused():
    store = Store(most=3)
    for value in range(3):
        store.terminal(value)
    with pytest.raises(InputError, match="more than 3 cases apart"):
        store.terminal(3)


def test_dates_are_cut_away():
    trial = Grant(
        id="trial", why="We try.", level=Level.DECIDE, since=date(2026, 2, 1), until=date(2026, 2, 28)
    )
    cap = Guardrail(
        id="late",
        why="So.",
        at_most=Level.INFORM,
        when=(("category", OneOf(("late",))),),
        since=date(2026, 2, 9),
    )
    charter = Charter(
        "A", "EUR", "So.", facts=(ChoiceFact("category", ("late",)),), grants=(trial,), guardrails=(cap,)
    )
    assert [len(each.guardrails) - len(PERSONAL) for each in stretches(charter)] == [0, 0, 1, 1]
    assert Diagrams(charter).build_all() > 0
