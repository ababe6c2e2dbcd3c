"""The check of plans made by hand finds exactly what minute-by-minute looking finds."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from looking_through import broken_rules
from made_days import HOUR, event, events, person, task
from tests.examples import examples

from remit_engine.planning import Kind, Place, Placed, Plan, conflicts, shortages


@st.composite
def plans(draw):
    """Any plan for an event, mostly a bad one."""
    made = draw(events(tasks=5, people=4))
    placed = []
    for each in made.tasks:
        start = draw(st.sampled_from([each.earliest, each.last_start, each.earliest + 30]))
        team = (
            [
                Place(who.id, need.skill)
                for need in each.people
                for who in draw(st.lists(st.sampled_from(made.people), max_size=need.count, unique=True))
            ]
            if made.people
            else []
        )
        room = draw(st.sampled_from([None, *each.rooms, "yard"]))
        placed.append(
            Placed(task=each.id, start=start, people=tuple(team), room=room, equipment=each.equipment)
        )
    return made, Plan(placed=tuple(draw(st.lists(st.sampled_from(placed), unique_by=lambda each: each.task))))


@settings(max_examples=examples(300))
@given(plans())
def test_it_finds_what_is_broken_and_nothing_else(both):
    made, plan = both
    assert {str(each.kind) for each in conflicts(made, plan)} == broken_rules(made, plan)


@pytest.fixture
def made():
    return event(
        [task("bar", 18, 23, needs=["bar"]), task("door", 17, 19, needs=[""])],
        [person("Ana", "bar"), person("Ben", there=((17, 18),))],
    )


def _placed(name, start, *people):
    return Placed(task=name, start=start * HOUR, people=tuple(Place(*each) for each in people))


def test_conflicts_are_sentences(made):
    plan = Plan(placed=(_placed("bar", 18, ("Ana", "bar")), _placed("door", 17, ("Ana", ""))))
    (conflict,) = conflicts(made, plan)
    assert conflict.kind is Kind.TWO_PLACES
    assert conflict.sentence == (
        "Ana would be in two places: 'door' (Saturday 6 June, 17:00 to 19:00), and 'bar' (Saturday 6 June, "
        "18:00 to 23:00)."
    )
    (away,) = conflicts(made, Plan(placed=(_placed("door", 17, ("Ben", "")),)))
    assert away.sentence == "Ben isn't there for the whole of 'door' (Saturday 6 June, 17:00 to 19:00)."


def test_what_is_gone_is_told_and_nothing_else(made):
    plan = Plan(placed=(_placed("bar", 18, ("Zoe", "bar")), _placed("stage", 3)))
    assert [each.kind for each in conflicts(made, plan)] == [Kind.UNKNOWN, Kind.UNKNOWN]


def test_more_than_asked_is_a_conflict_and_less_is_short(made):
    plan = Plan(placed=(_placed("door", 17, ("Ana", "bar")),))
    assert [each.kind for each in conflicts(made, plan)] == [Kind.TOO_MANY]
    assert [(each.demand.task, each.demand.asks, each.missing) for each in shortages(made, plan)] == [
        ("bar", "time", 1),
        ("bar", "people", 1),
        ("door", "people", 1),
    ]
