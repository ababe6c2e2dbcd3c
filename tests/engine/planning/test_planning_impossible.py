"""What can't be met is named, with what it clashes with, and what would help: all of it tried."""

import pytest
from hypothesis import given, settings
from made_days import HOUR, event, events, hours, person, task
from tests.examples import examples

from remit_engine.planning import (
    Asks,
    Booking,
    Equipment,
    EquipmentNeed,
    Limits,
    Pin,
    Room,
    Way,
    has_solver,
    helped,
    plan_event,
)

if not has_solver():
    pytest.skip("needs the extra: pip install 'remit[planning]'", allow_module_level=True)

from remit_engine.planning.helping import without
from remit_engine.planning.solver.building import model_of
from remit_engine.planning.solver.search import search
from remit_engine.planning.stopping import Stop

LONG = Limits(seconds=120)


def _can(made, demands):
    answer = search(model_of(made, demands), LONG, Stop())
    assert answer.plan is not None or answer.is_impossible
    return answer.plan is not None


@settings(max_examples=examples(60))
@given(events(tasks=4, people=3))
def test_each_reason_is_a_smallest_one_and_each_help_helps(made):
    outcome = plan_event(made, limits=LONG)
    assert len(outcome.impossible) == len(outcome.shortages)
    for reason in outcome.impossible:
        assert reason.is_smallest
        assert reason.together[0] == reason.shortage.demand
        assert not _can(made, reason.together)
        for each in reason.together:
            assert _can(made, [other for other in reason.together if other != each])
        for help_ in reason.helps:
            assert _can(helped(made, help_), without(reason.together, help_))


def _reason(made, pins=()):
    outcome = plan_event(made, limits=LONG, pins=pins)
    assert len(outcome.impossible) == 1
    return outcome.impossible[0]


def test_too_few_people():
    people = [
        person("Ana", "bar"),
        person("Ben", "bar"),
        person("Cem", "bar", there=((8, 20),)),
        person("Dia"),
    ]
    made = event([task("Evening bar", 18, 23, needs=[("bar", 3)])], people)
    reason = _reason(made)
    assert reason.sentence == (
        "Three people with 'bar' are needed for 'Evening bar', Saturday 6 June, 18:00 to 23:00; "
        "two are there. "
        "With the skill 'bar': Ana (could), Ben (could) and Cem (there from 08:00 to 20:00). "
        "One more person with 'bar', Cem being there for all of it or 'Evening bar' beginning at 15:00 "
        "would help."
    )
    assert [each.way for each in reason.helps] == [Way.MORE_PEOPLE, Way.LONGER_THERE, Way.OTHER_TIME]


def test_who_was_taken_out_is_named_and_not_asked_to_stay_longer():
    people = [person("Ana", "bar"), person("Ben", "bar", there=((8, 24),))]
    made = event([task("Bar", 18, 23, needs=[("bar", 2)], not_by=("Ben",))], people)
    reason = _reason(made)
    assert "With the skill 'bar': Ana (could) and Ben (taken out by hand)." in reason.sentence
    assert Way.LONGER_THERE not in {each.way for each in reason.helps}


def test_two_tasks_that_want_the_same_one():
    tasks = [task("Bar", 18, 23, needs=["bar"]), task("Cocktails", 20, 22, needs=["bar"])]
    reason = _reason(event(tasks, [person("Ana", "bar")]))
    assert {each.task for each in reason.together} == {"Bar", "Cocktails"}
    assert "It can't be met together with one person with 'bar' for" in reason.sentence


def test_equipment_a_room_and_a_booking():
    van = Booking(name="A wedding", span=hours(8, 12), equipment=(EquipmentNeed("van", 1),))
    made = event(
        [task("Fetch", 9, 11, equipment=(EquipmentNeed("van", 2),))],
        equipment=(Equipment(id="van", name="Van", count=2),),
        bookings=(van,),
    )
    reason = _reason(made)
    assert reason.sentence == (
        "Two of 'Van' are needed for 'Fetch', Saturday 6 June, 09:00 to 11:00; one is there. "
        "One more of 'Van' or 'Fetch' beginning at 12:00 would help."
    )
    hall = Booking(name="A wedding", span=hours(0, 30), rooms=("hall",))
    made = event(
        [task("Dance", 18, 23, rooms=("hall",))],
        rooms=(Room(id="hall", name="Hall"), Room(id="yard", name="Yard")),
        bookings=(hall,),
    )
    reason = _reason(made)
    assert reason.sentence == (
        "'Dance' needs a place in 'Hall', Saturday 6 June, 18:00 to 23:00, and there is none. "
        "'Yard' for 'Dance' would help."
    )


def test_an_order_that_the_windows_do_not_leave():
    tasks = [task("Build", 8, 11), task("Decorate", 9, 12, long=2, after=("Build",))]
    reason = _reason(event(tasks))
    assert {each.task for each in reason.together} == {"Build", "Decorate"}
    assert all(each.asks is Asks.TIME for each in reason.together)
    assert reason.helps[0].way is Way.OTHER_TIME


def test_what_was_set_by_hand():
    tasks = [task("Bar", 18, 23, needs=["bar"]), task("Till", 18, 23, needs=["till"])]
    people = [person("Ana", "bar", "till"), person("Ben", "bar", "till")]
    pins = [Pin(task="Bar", person="Ana"), Pin(task="Till", person="Ana")]
    reason = _reason(event(tasks, people), pins)
    assert {each.pin for each in reason.together} == set(pins)
    assert reason.helps[0].way is Way.LET_GO
    assert "was set by hand, and can't be kept." in reason.sentence


def test_rest_is_named_where_it_is_in_the_way():
    wedding = Booking(name="Wedding", span=hours(20, 26), people=("Ana",))
    made = event(
        [task("Breakfast", 31, 33, needs=["bar"])],
        [person("Ana", "bar", rest=11 * HOUR)],
        bookings=(wedding,),
    )
    reason = _reason(made)
    assert "Ana (needs rest, or the day would get too long)" in reason.sentence
    assert "beginning at 13:00 would help" in reason.sentence


def test_nobody_has_the_skill():
    reason = _reason(event([task("Fire show", 22, 23, needs=["fire"])], [person("Ana")]))
    assert "Nobody has the skill 'fire'." in reason.sentence
    assert [each.way for each in reason.helps] == [Way.MORE_PEOPLE]
