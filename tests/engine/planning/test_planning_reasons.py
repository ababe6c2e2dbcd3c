"""Why somebody does something: only what holds when others are really put in their place."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from looking_through import broken_rules
from made_days import event, events, person, task
from tests.examples import examples

from remit_engine.errors import InputError
from remit_engine.planning import (
    Because,
    Kind,
    Pin,
    Place,
    Planner,
    Wish,
    conflicts,
    plan_event,
    score,
    why,
)

BEN = person("Ben", "bar")
BY_BEN = (Place("Ben", "bar"),)


@settings(max_examples=examples(60))
@given(events(tasks=6, people=5))
def test_everybody_else_is_really_tried(made):
    plan = plan_event(made, planner=Planner.GREEDY).plan
    cost = score(made, plan).cost.total
    for placed in plan.placed:
        for mine in placed.people:
            reason = why(made, plan, placed.task, mine.person)
            inside = {place.person for place in placed.people}
            others = {each.id for each in made.people if each.can(mine.skill)} - inside
            assert {each.person for each in reason.instead} == others
            for each in reason.instead:
                people = tuple(
                    Place(each.person, mine.skill) if place == mine else place for place in placed.people
                )
                swapped = plan.replaced(replace(placed, people=people))
                assert bool(each.conflicts) == bool(broken_rules(made, swapped))
                if not each.conflicts:
                    assert each.costs == score(made, swapped).cost.total - cost
            assert (Because.ONLY_SKILLED in reason.because) == (not others)
            assert reason.sentence


def _why(people, **more):
    made = event([task("Bar", 18, 23, needs=["bar"])], people)
    outcome = plan_event(made, planner=Planner.GREEDY)
    return why(made, outcome.plan, "Bar", "Ana", **more)


def test_the_only_one():
    assert _why([person("Ana", "bar"), person("Ben")]).sentence == "Ana is the only one with 'bar'."
    reason = _why([person("Ana", "bar"), person("Ben", "bar", there=((8, 20),))])
    assert reason.sentence == (
        "Ana is the only one with 'bar' who could. Ben isn't there for the whole of 'Bar' "
        "(Saturday 6 June, 18:00 to 23:00)."
    )


def test_who_was_taken_out_by_hand_could_not():
    made = event([task("Bar", 18, 23, needs=["bar"], not_by=("Ben",))], [person("Ana", "bar"), BEN])
    outcome = plan_event(made, planner=Planner.GREEDY)
    reason = why(made, outcome.plan, "Bar", "Ana")
    assert reason.sentence == "Ana is the only one with 'bar' who could. Ben was taken out of 'Bar' by hand."
    (against,) = conflicts(made, outcome.plan.replaced(replace(outcome.plan.of["Bar"], people=BY_BEN)))
    assert against.kind is Kind.TAKEN_OUT


def test_wishes_load_and_no_reason_at_all():
    wish = Wish(weight=2, skill="bar")
    reason = _why([person("Ana", "bar", wishes=(wish,)), person("Ben", "bar", carried=120)])
    assert reason.because == (Because.WISHED, Because.LEAST_LOAD, Because.NO_BETTER)
    assert reason.sentence == (
        "Ana wished for it. Ana has the least to do of all who could: 5 hours with it. "
        "One other was tried instead; with each the plan would be worse."
    )
    reason = _why([person("Ana", "bar"), person("Ben", "bar")])
    assert reason.sentence == "Ben would do it as well."


def test_what_was_set_by_hand_says_so_and_who_would_be_better():
    people = [person("Ana", "bar", carried=300), person("Ben", "bar")]
    made = event([task("Bar", 18, 23, needs=["bar"])], people)
    pins = (Pin(task="Bar", person="Ana"),)
    plan = plan_event(made, planner=Planner.GREEDY, pins=pins).plan
    reason = why(made, plan, "Bar", "Ana", pins=pins, earlier=plan)
    assert reason.because[0] is Because.BY_HAND
    assert "It was so in the plan before." in reason.sentence
    assert why(made, plan, "Bar", "Ana").sentence == "Ben would do it better."


def test_who_is_not_in_it_has_no_reason():
    with pytest.raises(InputError, match="isn't in the task"):
        _why([person("Ben", "bar")])
