"""A plan: made by a job, kept, changed by hand, and nothing that somebody set is lost."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.app.events.made_big_days import (
    DAY,
    event_words,
    furnished_event,
    greedily,
    made_event,
    made_event_task,
)

from remit.core.errors import Changed, NotAllowed, Refusal
from remit.events.actions.by_hand import (
    Choice,
    conflicts_of,
    let_planner_choose,
    mark_of,
    set_by_hand,
    would_be,
)
from remit.events.actions.events import call_off, change_event
from remit.events.actions.people import add_people, add_stay, set_skills
from remit.events.actions.planning import ask_plan, plan_on, stop_planning
from remit.events.apart import planned_apart
from remit.events.facts import facts_of
from remit.events.models import Assignment, Event, Placing, Task
from remit.events.queries.plan import plan_of
from remit.events.vocabulary import StopWord
from remit.jobs.models import Job
from remit.work.queries.calendar import entries_of
from remit_engine import planning

pytestmark = pytest.mark.django_db
BERLIN = ZoneInfo("Europe/Berlin")


def planned(house, event):
    asked = ask_plan(house.ana, event.pk)
    plan_on(asked.pk, planned=greedily)
    asked.refresh_from_db()
    return asked


def who(task):
    return sorted(task.assignments.values_list("person__member__word", flat=True))


def number(event, word):
    return event.people.get(member__word=word).pk


def fresh(task):
    return Task.objects.select_related("event__team").get(pk=task.pk)


def test_planned_by_a_job_that_can_be_left_and_come_back_to(house):
    event = furnished_event(house)
    asked = ask_plan(house.ana, event.pk)
    assert ask_plan(house.sam, event.pk) == asked
    assert Job.objects.filter(task="remit.events.jobs.plan").count() == 1
    plan_on(asked.pk, planned=greedily)
    plan_on(asked.pk, planned=greedily)
    asked.refresh_from_db()
    assert (asked.outcome, asked.planner, asked.told) == ("planned", "greedy", [])
    setting_up, bar = event.tasks.all()
    assert setting_up.placing.starts_at == datetime(2026, 12, 4, 10, tzinfo=BERLIN)
    assert setting_up.placing.room.name == "Upper room"
    assert "ana" in who(bar)
    assert bar.assignments.count() == 2
    with pytest.raises(NotAllowed):
        ask_plan(house.ben, event.pk)


def test_what_is_short_is_said_with_day_and_need(house):
    event = furnished_event(house)
    set_skills(house.ana, event.pk, "ana", [])
    asked = planned(house, event)
    assert "One person with 'bar' is needed for 'Bar', Saturday 5 December" in asked.told[0]["sentence"]
    seen = plan_of(event)
    assert [sentence for sentence, _ in seen.short] == [asked.told[0]["sentence"]]
    set_skills(house.ana, event.pk, "ben", ["bar"])
    planned(house, event)
    event.refresh_from_db()
    assert plan_of(event).short == []


def test_another_event_counts_against_people_rooms_and_equipment(house):
    first, second = furnished_event(house), furnished_event(house)
    planned(house, first)
    asked = planned(house, second)
    short = " ".join(each["sentence"] for each in asked.told)
    assert "Four of 'High table' are needed for 'Set up', Friday 4 December" in short
    call_off(house.ana, first.pk, "The street is closed.")
    assert planned(house, second).told == []


def test_what_was_set_by_hand_stays_when_planned_anew(house):
    event = furnished_event(house)
    planned(house, event)
    setting_up = fresh(event.tasks.first())
    later = datetime(2026, 12, 4, 10, tzinfo=BERLIN)
    room = setting_up.placing.room_id
    set_by_hand(
        house.ana,
        setting_up.pk,
        Choice(start=later, room=room, people=[(number(event, "sam"), "")]),
        mark=mark_of(setting_up),
    )
    planned(house, event)
    assert who(setting_up) == ["sam"]
    assert Assignment.objects.get(task=setting_up).by_hand or mark_of(setting_up)
    let_planner_choose(house.ana, setting_up.pk)
    assert not Assignment.objects.filter(by_hand=True).exists()


def test_what_cannot_be_is_said_before_and_kept_as_it_was_set(house):
    event = furnished_event(house)
    planned(house, event)
    bar = fresh(event.tasks.last())
    early = Choice(
        start=datetime(2026, 12, 4, 9, tzinfo=BERLIN), room=None, people=[(number(event, "ben"), "bar")]
    )
    facts = facts_of(event)
    assert {each.kind for each in would_be(facts, bar.pk, early)} >= {"window", "skill", "order"}
    set_by_hand(house.ana, bar.pk, early, mark=mark_of(bar))
    event.refresh_from_db()
    assert conflicts_of(facts_of(event), str(bar.pk))
    asked = planned(house, event)
    assert "can't be kept" in " ".join(asked.dropped)


def test_two_at_once_lose_nothing(house):
    event = furnished_event(house)
    planned(house, event)
    bar = fresh(event.tasks.last())
    mark, at = mark_of(bar), bar.placing.starts_at
    choice = Choice(start=at, room=None, people=[(number(event, "ana"), "bar")])
    set_by_hand(house.ana, bar.pk, choice, mark=mark)
    set_by_hand(house.ana, bar.pk, choice, mark=mark)
    with pytest.raises(Changed, match="meanwhile"):
        set_by_hand(house.sam, bar.pk, Choice(start=at, room=None, people=[]), mark=mark)
    twice = [(number(event, "ana"), "bar"), (number(event, "ana"), "")]
    with pytest.raises(Refusal, match="twice"):
        set_by_hand(house.sam, bar.pk, Choice(start=at, room=None, people=twice), mark=mark)
    assert who(bar) == ["ana"]


def test_what_is_changed_while_it_is_planned_is_planned_anew(house):
    event = furnished_event(house)
    asked, rounds = ask_plan(house.ana, event.pk), []

    def slowly(facts, _):
        rounds.append(facts.revision)
        if len(rounds) == 1:
            made_event_task(house, event, title="Music", at=time(20))
        return greedily(facts, None)

    plan_on(asked.pk, planned=slowly)
    asked.refresh_from_db()
    assert (len(rounds), asked.outcome) == (2, "planned")
    assert Placing.objects.count() == 3


def test_stopped_it_leaves_everything_as_it_was(house):
    event = furnished_event(house)
    asked = ask_plan(house.ana, event.pk)

    def stopped(facts, _):
        stop_planning(house.sam, event.pk, StopWord.LEAVE)
        return greedily(facts, None)

    plan_on(asked.pk, planned=stopped)
    stop_planning(house.sam, event.pk, StopWord.TAKE)
    asked.refresh_from_db()
    assert (asked.outcome, asked.stop) == ("stopped", "leave")
    assert ask_plan(house.ana, event.pk) != asked
    assert not Placing.objects.exists()


def test_a_plan_moves_with_its_day_at_the_same_time_on_the_wall(house):
    event = made_event(house, day=DAY)
    add_people(house.ana, event.pk, ["ben"])
    made_event_task(house, event)
    planned(house, event)
    moved = DAY.replace(year=2027, month=7)
    change_event(house.ana, event.pk, event_words(day=moved), revision=1)
    assert Placing.objects.get().starts_at == datetime.combine(moved, time(18), tzinfo=BERLIN)


def test_who_cannot_come_is_not_asked(house):
    event = furnished_event(house)
    add_stay(house.ana, event.pk, "ana", *(datetime(2026, 12, 5, hour, tzinfo=BERLIN) for hour in (17, 23)))
    planned(house, event)
    assert [each.task.title for each in Assignment.objects.filter(person__member=house.ana)] == ["Bar"]


def test_ones_calendar_has_what_one_does_and_the_briefing(house):
    event = furnished_event(house)
    planned(house, event)
    Event.objects.update(briefing_at=event.starts_at - timedelta(hours=1))
    found = {each.key: each for each in entries_of(house.ana, with_checklists=False)}
    placings = Placing.objects.filter(task__assignments__person__member=house.ana)
    own = {f"event-task-{each.task_id}": each for each in placings}
    assert own
    assert found.keys() == {f"briefing-{event.pk}"} | own.keys()
    assert all((found[key].begins, found[key].is_off) == (own[key].starts_at, False) for key in own)
    call_off(house.ana, event.pk, "The street is closed.")
    assert all(each.is_off for each in entries_of(house.ana, with_checklists=False))
    assert not entries_of(house.eve, with_checklists=False)


def test_an_event_that_is_not_on_is_not_planned(house):
    event = made_event(house)
    with pytest.raises(Refusal, match="nothing to plan"):
        ask_plan(house.ana, event.pk)
    with pytest.raises(Refusal, match="no day"):
        ask_plan(house.ana, made_event(house, day=None).pk)


@pytest.mark.slow
def test_the_solver_in_a_process_of_its_own(house):
    if not planning.has_solver():
        pytest.skip("the extra `planning` isn't installed")
    facts, heard = facts_of(furnished_event(house)), []

    def goes_on(progress):
        heard.append(progress)
        return True

    found = planned_apart(
        facts.event, earlier=None, pins=(), limits=planning.Limits(seconds=5), goes_on=goes_on
    )
    assert found.planner == "solver"
    assert found.is_whole
    assert any(heard)
