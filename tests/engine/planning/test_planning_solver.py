"""The solver finds a plan exactly where there is one, and the cheapest; it never has a conflict."""

import threading
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from looking_through import broken_rules, whole_plans
from made_days import HOUR, event, events, person, task
from tests.examples import examples

from remit_engine.errors import RemitError
from remit_engine.planning import (
    Ended,
    Limits,
    Pin,
    Planner,
    Progress,
    Stop,
    Weights,
    Wish,
    conflicts,
    demands_of,
    has_solver,
    plan_event,
    planning,
    score,
)
from remit_engine.planning.demands import keeps

if not has_solver():
    pytest.skip("needs the extra: pip install 'remit[planning]'", allow_module_level=True)

LONG = Limits(seconds=120)


@settings(max_examples=examples(100))
@given(events())
def test_there_is_a_plan_exactly_where_looking_through_finds_one(made):
    plans = list(whole_plans(made))
    outcome = plan_event(made, limits=LONG)
    assert outcome.is_whole == bool(plans)
    assert outcome.is_proven_short == (not plans)
    assert broken_rules(made, outcome.plan) == set()
    if plans:
        best = min(score(made, plan).cost.total for plan in plans)
        assert outcome.score.cost.total == best == outcome.bound
        assert outcome.ended is Ended.PROVED


@settings(max_examples=examples(40))
@given(events(tasks=12, people=8, step=30))
def test_plans_of_larger_events_break_no_rule(made):
    outcome = plan_event(made, limits=replace(LONG, effort=0.1))
    assert conflicts(made, outcome.plan) == ()
    assert broken_rules(made, outcome.plan) == set()
    assert outcome.bound is None or outcome.bound <= outcome.score.cost.total


@settings(max_examples=examples(40))
@given(events(), st.data())
def test_what_is_set_by_hand_stays_and_the_rest_is_the_best(made, data):
    plans = list(whole_plans(made))
    if not plans:
        return
    chosen = data.draw(st.sampled_from(plans))
    pins = []
    for placed in chosen.placed:
        possible = [Pin(task=placed.task, start=placed.start)]
        possible += [Pin(task=placed.task, person=place.person) for place in placed.people]
        possible += [Pin(task=placed.task, room=placed.room)] if placed.room else []
        pins += data.draw(st.lists(st.sampled_from(possible), unique=True))
    outcome = plan_event(made, pins=pins, earlier=data.draw(st.sampled_from(plans)), limits=LONG)
    assert outcome.is_whole
    assert all(keeps(outcome.plan, pin) for pin in pins)
    assert broken_rules(made, outcome.plan) == set()


@settings(max_examples=examples(40))
@given(events(), st.data())
def test_planned_anew_it_costs_least_with_what_changes(made, data):
    plans = list(whole_plans(made))
    if not plans:
        return
    earlier = data.draw(st.sampled_from(plans))
    outcome = plan_event(made, earlier=earlier, limits=LONG)
    assert outcome.score.cost.total == min(score(made, plan, earlier).cost.total for plan in plans)


def test_somebody_falls_ill_and_little_changes():
    tasks = [task(f"bar {number}", 10 + number, 11 + number, needs=["bar"]) for number in range(8)]
    people = [person(name, "bar") for name in ("ana", "ben", "cem", "dia")]
    first = plan_event(event(tasks, people), limits=LONG)
    lost = sum(any(place.person == "ana" for place in placed.people) for placed in first.plan.placed)
    again = plan_event(event(tasks, people[1:]), earlier=first.plan, limits=LONG)
    assert lost == 2
    assert again.is_whole
    assert again.score.changes == lost


def test_wishes_and_load_are_weighed_as_they_are_told():
    wish = Wish(weight=3, tasks=("early", "late"))
    tasks = [task("early", 8, 14, needs=[""]), task("late", 15, 17, needs=[""])]
    people = [person("ana", wishes=(wish,)), person("ben")]
    kept = plan_event(event(tasks, people), weights=Weights(load=0), limits=LONG)
    assert kept.score.cost.wishes == 0
    fair = plan_event(event(tasks, people), weights=Weights(wish=0), limits=LONG)
    assert sorted(fair.score.load.values()) == [2 * HOUR, 6 * HOUR]


@settings(max_examples=examples(12))
@given(events(tasks=10, people=6, step=60))
def test_the_same_seed_makes_the_same_plan(made):
    limits = replace(LONG, effort=0.1)
    first, again = (plan_event(made, limits=limits) for _ in range(2))
    assert first == again


def _large():
    """An event that isn't solved at once: many people who could do many things at many times."""
    tasks = [task(f"task {number}", 8, 24, long=1 + number % 3, needs=[("", 2)]) for number in range(40)]
    wishes = [
        (Wish(weight=1, tasks=(f"task {number % 40}",)), Wish(weight=-2, tasks=(f"task {number * 7 % 40}",)))
        for number in range(30)
    ]
    people = [person(f"person {number}", wishes=wishes[number]) for number in range(30)]
    return event(tasks, people)


def test_it_tells_how_far_it_is_and_ends_when_it_is_told_to():
    stop, seen = Stop(), []

    def told(progress: Progress):
        seen.append(progress)
        if progress.plans >= 1 and progress.bound:
            stop.press()

    outcome = plan_event(_large(), limits=Limits(seconds=600, workers=2), stop=stop, told=told)
    assert outcome.ended is Ended.STOPPED
    assert outcome.is_whole
    assert seen[0].cost is not None
    assert seen[0].gap == 1
    assert 0 < outcome.gap < 1
    assert all(each.bound <= outcome.score.cost.total for each in seen)


def test_the_button_can_be_pressed_from_another_thread():
    stop, begun = Stop(), threading.Event()
    presser = threading.Thread(target=lambda: begun.wait() and stop.press())
    presser.start()
    outcome = plan_event(
        _large(), limits=Limits(seconds=600), stop=stop, told=lambda progress: progress.bound and begun.set()
    )
    presser.join()
    assert outcome.ended is Ended.STOPPED
    assert outcome.is_whole


def test_pressed_before_it_begins_it_answers_with_what_is_found_at_once():
    stop = Stop()
    stop.press()
    outcome = plan_event(_large(), stop=stop)
    assert outcome.ended is Ended.STOPPED
    assert outcome.planner is Planner.GREEDY
    assert 0 < outcome.gap < 1


def test_effort_ends_it_as_well():
    outcome = plan_event(_large(), limits=Limits(seconds=600, effort=0.1))
    assert outcome.ended is Ended.EFFORT


def test_without_the_extra_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(planning, "find_spec", lambda name: None)
    made = event([task("bar", 18, 23, needs=["bar"])], [person("ana", "bar")])
    with pytest.raises(RemitError, match=r"pip install 'remit\[planning\]'") as refused:
        plan_event(made)
    assert refused.value.code == "planning-extra-missing"
    assert plan_event(made, planner=Planner.GREEDY).is_whole


def test_all_demands_are_named_in_the_order_of_the_tasks():
    made = event([task("bar", 18, 23, needs=[("bar", 2), ""])], [person("ana", "bar")])
    assert [(each.asks, each.what, each.count) for each in demands_of(made)] == [
        ("time", "", 1),
        ("people", "bar", 2),
        ("people", "", 1),
    ]
