"""The greedy planner: never a conflict, and what it couldn't place is told."""

from hypothesis import given, settings
from looking_through import broken_rules, whole_plans
from made_events import events
from tests.examples import examples

from remit_engine.planning import Planner, conflicts, plan_event


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
