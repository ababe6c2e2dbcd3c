"""The greedy planner: never a conflict, and what it couldn't place is told."""

from hypothesis import given, settings
from hypothesis import strategies as st
from looking_through import broken_rules, whole_plans
from made_days import events
from tests.examples import examples

from remit_engine.planning import Pin, Planner, Weights, conflicts, plan_event, score, shortages
from remit_engine.planning.improving import improved


@settings(max_examples=examples(150))
@given(events(tasks=12, people=8, step=30))
def test_its_plans_break_no_rule(made):
    outcome = plan_event(made, planner=Planner.GREEDY)
    assert conflicts(made, outcome.plan) == ()
    assert broken_rules(made, outcome.plan) == set()
    assert outcome.bound is None


@settings(max_examples=examples(100))
@given(events())
def test_where_nothing_is_possible_it_says_that_something_is_short(made):
    if plan_event(made, planner=Planner.GREEDY).is_whole:
        assert any(True for _ in whole_plans(made))


@settings(max_examples=examples(60))
@given(events(tasks=8, people=6, step=60), st.data())
def test_handed_on_places_make_it_cheaper_and_break_nothing(made, data):
    plan = plan_event(made, planner=Planner.GREEDY, weights=Weights(wish=0, load=0)).plan
    pins = [Pin(task=each.task, person=place.person) for each in plan.placed for place in each.people]
    kept = data.draw(st.lists(st.sampled_from(pins), unique=True)) if pins else []
    earlier = data.draw(st.sampled_from([None, plan]))
    better = improved(made, plan, earlier, kept, Weights())
    assert broken_rules(made, better) == set()
    assert shortages(made, better, kept) == shortages(made, plan)
    assert score(made, better, earlier).cost.total <= score(made, plan, earlier).cost.total
