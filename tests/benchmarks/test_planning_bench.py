"""The bench of planning asks what it says, and the integer program beside it finds the very same cost."""

import pytest
from bench.planning import run
from bench.planning.days import made_day
from bench.planning.milp import assigned

from remit_engine.planning import (
    Limits,
    Pin,
    Planner,
    conflicts,
    has_solver,
    plan_event,
    score,
    shortages,
)

needs_solver = pytest.mark.skipif(not has_solver(), reason="needs the extra: pip install 'remit[planning]'")


def test_a_made_day_is_the_same_for_the_same_numbers():
    assert made_day(12, 20) == made_day(12, 20)
    assert made_day(12, 20) != made_day(12, 20, seed=2)
    assert (len(made_day(12, 20).people), len(made_day(12, 20).tasks)) == (12, 20)


def test_on_the_largest_days_a_whole_plan_is_found_at_once():
    for seed in run.SEEDS:
        assert plan_event(made_day(*run.LARGEST, seed=seed), planner=Planner.GREEDY).is_whole


@needs_solver
@pytest.mark.parametrize("seed", [2, 5, 6])
def test_both_approaches_find_the_same_cost_at_given_times(seed):
    event = made_day(20, 25, seed=seed)
    greedy = plan_event(event, planner=Planner.GREEDY)
    assert greedy.is_whole
    pins = [Pin(task=each.task, start=each.start) for each in greedy.plan.placed]
    solver = plan_event(event, pins=pins, limits=Limits(seconds=120))
    program, bound = assigned(event, greedy.plan, 120)
    assert conflicts(event, program) == () == shortages(event, program)
    assert solver.ended == "proved"
    assert score(event, program).cost.total == solver.score.cost.total
    assert round(bound) == solver.bound
