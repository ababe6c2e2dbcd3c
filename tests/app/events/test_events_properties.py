"""Plans of generated big days, written down, planned and changed through the application, judged by its rows.

The judge goes minute by minute through what stands in the tables, and shares nothing with the planner.
"""

from datetime import time, timedelta
from itertools import combinations, count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.app.events.made_big_days import DAY, made_event, made_event_task, made_thing
from tests.app.events.test_events_planned import fresh, planned
from tests.examples import examples

from remit.events.actions.by_hand import Choice, mark_of, set_by_hand
from remit.events.actions.people import add_helper, add_people, add_stay
from remit.events.models import Assignment, Event, Placing
from remit.events.queries.plan import plan_of
from remit_engine.planning.people import MOST_A_DAY, REST

pytestmark = pytest.mark.django_db
_WEEKS = count()
TABLES = 4
SKILLS = ("", "bar", "music")

tasks = st.fixed_dictionaries(
    {
        "days_before": st.sampled_from([0, 0, 1]),
        "at": st.sampled_from([time(7), time(12), time(18), time(22)]),
        "minutes": st.sampled_from([30, 120, 300]),
        "air": st.sampled_from([0, 0, 120]),
        "people": st.lists(
            st.tuples(st.sampled_from(SKILLS), st.integers(1, 2)),
            min_size=1,
            max_size=2,
            unique_by=lambda each: each[0],
        ),
        "tables": st.integers(0, TABLES),
        "room": st.booleans(),
    }
)
people = st.fixed_dictionaries(
    {
        word: st.tuples(st.lists(st.sampled_from(SKILLS[1:]), unique=True), st.sampled_from([None, 8, 17]))
        for word in ("ana", "ben", "sam", "The Zq Band")
    }
)


def written_down(house, day, some_tasks, some_people):
    """An event of them, planned."""
    tables, room = made_thing(house, "High table", TABLES), made_thing(house, "Upper room", 1, "room")
    event = made_event(house, day=day)
    for name, (skills, there_from) in some_people.items():
        word = name
        if " " in name:
            word = add_helper(house.ana, event.pk, name=name, skills=skills).word
        else:
            add_people(house.ana, event.pk, [name], skills=skills)
        if there_from is not None:
            begins = event.starts_at - timedelta(hours=18 - there_from)
            add_stay(house.ana, event.pk, word, begins, begins + timedelta(hours=8))
    for number, said in enumerate(some_tasks):
        wanted, in_room = said["tables"], said["room"]
        words = {name: value for name, value in said.items() if name not in {"tables", "room"}}
        made_event_task(
            house,
            event,
            title=f"Task {number}",
            equipment=[(tables, wanted)] if wanted else (),
            rooms=[room] if in_room else (),
            **words,
        )
    planned(house, event)
    return Event.objects.get(pk=event.pk)


def broken(events):
    """What can't be in the plans of some events together: kinds, each with what it is about."""
    rows = list(Placing.objects.filter(task__event__in=events).select_related("task__event", "room"))
    found = set()
    for one, two in combinations(rows, 2):
        if one.starts_at < two.ends_at and two.starts_at < one.ends_at and one.room and one.room == two.room:
            found.add(("room", one.room.name))
    for moment in {each.starts_at for each in rows}:
        now = [each for each in rows if each.starts_at <= moment < each.ends_at]
        if sum(pieces for each in now for _, pieces in each.things) > TABLES:
            found.add(("equipment", "High table"))
    for name, works in _works(events).items():
        found |= {(kind, name) for kind in _broken_by(works)}
    return found


def _works(events):
    rows = Assignment.objects.filter(task__event__in=events).select_related("task__placing", "person__member")
    works = {}
    for each in rows:
        spans = (each.task.placing.starts_at, each.task.placing.ends_at, each)
        works.setdefault(each.person.called, []).append(spans)
    return {name: sorted(each, key=lambda one: one[:2]) for name, each in works.items()}


def _broken_by(works):
    """What one person can't do: be in two places, without the skill, away, without rest, for too long."""
    for (start, end, one), (other, other_end, two) in combinations(works, 2):
        if start < other_end and other < end:
            yield "two places"
        apart = (max(start, other) - min(end, other_end)).total_seconds() / 60
        if _day(start, one) != _day(other, two) and apart < REST:
            yield "rest"
    for day in {_day(start, each) for start, _, each in works}:
        minutes = [
            (end - start).total_seconds() / 60 for start, end, each in works if _day(start, each) == day
        ]
        if sum(minutes) > MOST_A_DAY:
            yield "long day"
    for start, end, each in works:
        stays = each.person.stays.all()
        if stays and not any(stay.starts_at <= start and end <= stay.ends_at for stay in stays):
            yield "away"
        is_for_it = each.skill in each.person.skills if each.skill else not _is_band(each.person)
        if not is_for_it:
            yield "skill"


def _is_band(person):
    """Whether they are there for what they can do alone."""
    return person.is_helper and person.skills


def _day(moment, assignment):
    there = moment.astimezone(assignment.task.event.team.zone)
    return (there - timedelta(hours=4)).date()


def short_of_nobody_it_says(event):
    """Every place that nobody fills is said to be short, in words."""
    open_places = 0
    for task in event.tasks.prefetch_related("needs"):
        there = list(task.assignments.values_list("skill", flat=True))
        for need in task.needs.filter(thing=None):
            open_places += there.count(need.skill) < need.count
    said = [sentence for sentence, _ in plan_of(event).short if "needed for" in sentence]
    return len([each for each in said if "of 'High table'" not in each]) == open_places


@settings(
    max_examples=examples(40),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    st.lists(tasks, min_size=1, max_size=5),
    st.lists(tasks, min_size=1, max_size=2),
    people,
    st.data(),
)
def test_no_plan_can_not_be_and_a_change_by_hand_says_what_it_breaks(house, first, second, who, data):
    day = DAY + timedelta(days=14 * next(_WEEKS))
    event = written_down(house, day, first, who)
    other = written_down(house, day + timedelta(days=data.draw(st.integers(0, 1))), second, who)
    assert broken([event, other]) == set()
    assert plan_of(event).conflicts == []
    assert short_of_nobody_it_says(event)

    task = fresh(data.draw(st.sampled_from(list(event.tasks.all()))))
    there = data.draw(st.lists(st.sampled_from(list(event.people.all())), max_size=2, unique=True))
    skills = [need.skill for need in task.needs.filter(thing=None)]
    starts = task.earliest(event) + timedelta(hours=data.draw(st.sampled_from([-6, 0, 3])))
    choice = Choice(start=starts, room=None, people=[(each.pk, skills[0]) for each in there])
    set_by_hand(house.ana, task.pk, choice, mark=mark_of(task))
    by_hand = {(each.person_id, each.skill) for each in task.assignments.all()}
    assert by_hand == {(each.pk, skills[0]) for each in there}
    event.refresh_from_db()
    said = [sentence for sentence, _ in plan_of(event).conflicts]
    for _, name in broken([event]):
        assert any(name in sentence for sentence in said), (name, said)
    if not said:
        assert broken([event, other]) == set()

    asked = planned(house, event)
    after = fresh(task)
    if not asked.dropped and not asked.told:
        assert by_hand <= {(each.person_id, each.skill) for each in after.assignments.all()}
    assert not broken([event]) or asked.told or asked.dropped
