"""A plan: made by a job, kept, changed by hand, and nothing that somebody set is lost."""

import re
from datetime import datetime, time, timedelta
from html import unescape
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
from tests.app.work.test_calendar import linked
from tests.app.work.test_calendar_clients import by_another

from remit.core.clock import now
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
from remit.events.actions.people import add_people, add_stay, add_wish, set_skills
from remit.events.actions.planning import ask_plan, best_plan, plan_on, stop_planning
from remit.events.facts import facts_of
from remit.events.models import Assignment, Event, Need, Placing, Planning, Task
from remit.events.queries.plan import plan_of
from remit.events.queries.wishes import wishes_of
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


def test_of_two_planned_at_the_same_moment_the_second_takes_nobody_twice(house):
    first, second = (made_event(house, title=title) for title in ("A wedding", "A sale"))
    for event in (first, second):
        add_people(house.ana, event.pk, ["ana"], skills=["bar"])
        made_event_task(house, event, people=[("bar", 1)])
    asked, rounds = ask_plan(house.ana, first.pk), []

    def while_another_is_kept(facts, _):
        rounds.append(facts)
        if len(rounds) == 1:
            planned(house, second)
        return greedily(facts, None)

    plan_on(asked.pk, planned=while_another_is_kept)
    asked.refresh_from_db()
    assert (len(rounds), asked.outcome) == (2, "planned")
    assert Assignment.objects.get(person__member=house.ana).task.event == second
    assert "One person with 'bar' is needed for 'Bar'" in asked.told[0]["sentence"]


@pytest.mark.parametrize(
    ("cost", "bound", "says"),
    [
        (1000, 1000, "by the solver: no plan is better."),
        (1000, 998, "by the solver: no plan is more than 1 % better."),
        (1000, 840, "by the solver: no plan is more than 16 % better."),
        (0, 0, "by the solver: no plan is better."),
        (1000, None, "by the solver."),
    ],
)
def test_how_much_better_another_plan_could_be_is_never_said_too_small(house, signed_in, cost, bound, says):
    event = furnished_event(house)
    Planning.objects.create(
        event=event, by=house.ana, asked_at=now(), ended_at=now(), outcome="planned", planner="solver",
        cost=cost, bound=bound,
    )  # fmt: skip
    text = signed_in(house.ben).get(f"/events/{event.pk}/plan/state/").content.decode()
    assert says in " ".join(text.replace("</span>", "").split()).replace(" .", ".")


def test_a_plan_of_very_much_that_is_short_is_folded(house, signed_in):
    event = furnished_event(house)
    more = Task.objects.bulk_create(
        Task(event=event, stamp=f"s{n}", title=f"Table {n}", why="Each counts.", at="10:00", minutes=15)
        for n in range(60)
    )
    Need.objects.bulk_create(Need(task=task, skill="dancing") for task in more)
    planned(house, event)
    text = signed_in(house.ben).get(f"/events/{event.pk}/plan/").content.decode()
    assert "<summary>30 more</summary>" in text


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


def test_beside_each_wish_stands_whether_the_plan_keeps_it_as_the_engine_counts(house, signed_in):
    event = furnished_event(house)
    setting_up, bar = event.tasks.all()
    for who, weight, wish in (
        ("ana", -2, {"skill": "bar"}),
        ("ana", 3, {"task": bar.pk}),
        ("ben", -1, {"task": setting_up.pk}),
        ("ben", 1, {"during": (bar.earliest(event) - timedelta(hours=1), bar.earliest(event))}),
        ("sam", 2, {"during": (bar.earliest(event), bar.earliest(event) + timedelta(hours=1))}),
    ):
        add_wish(house.ana, event.pk, who, weight, **wish)
    people = list(event.people.order_by("pk"))
    assert {came for person in people for _, came in wishes_of(person)} == {""}
    planned(house, event)
    facts = facts_of(Event.objects.get(pk=event.pk))
    by_engine = [(each.person, each.is_kept) for each in planning.score(facts.event, facts.plan).wishes]
    ours = [(str(person.pk), came == "kept") for person in people for _, came in wishes_of(person)]
    assert sorted(ours) == sorted(by_engine)
    assert {is_kept for _, is_kept in ours} == {True, False}
    assert "not this time" in signed_in(house.ben).get(f"/events/{event.pk}/people/ana/").content.decode()


def test_who_cannot_come_is_not_asked(house):
    event = furnished_event(house)
    add_stay(house.ana, event.pk, "ana", *(datetime(2026, 12, 5, hour, tzinfo=BERLIN) for hour in (17, 23)))
    planned(house, event)
    assert [each.task.title for each in Assignment.objects.filter(person__member=house.ana)] == ["Bar"]


def test_ones_calendar_has_what_one_does_and_the_briefing(house, client):
    event = furnished_event(house)
    planned(house, event)
    Event.objects.update(briefing_at=event.starts_at - timedelta(hours=1))
    found = {each.key: each for each in entries_of(house.ana, with_checklists=False)}
    placings = Placing.objects.filter(task__assignments__person__member=house.ana)
    own = {f"event-task-{each.task_id}": each for each in placings}
    assert own
    assert found.keys() == {f"briefing-{event.pk}"} | own.keys()
    assert all((found[key].begins, found[key].is_off) == (own[key].starts_at, False) for key in own)
    read = by_another(client.get(linked(house.ana)).content)
    assert {key.partition("@")[0]: (begin, end) for key, (begin, end, *_) in read.items()} == {
        key: (each.begins, each.ends) for key, each in found.items()
    }
    call_off(house.ana, event.pk, "The street is closed.")
    assert all(each.is_off for each in entries_of(house.ana, with_checklists=False))
    assert not entries_of(house.eve, with_checklists=False)


def test_an_event_that_is_not_on_is_not_planned(house):
    event = made_event(house)
    with pytest.raises(Refusal, match="nothing to plan"):
        ask_plan(house.ana, event.pk)
    with pytest.raises(Refusal, match="no day"):
        ask_plan(house.ana, made_event(house, day=None).pk)


needs_solver = pytest.mark.skipif(
    not planning.has_solver(), reason="needs the extra: pip install 'remit[planning]'"
)


@needs_solver
@pytest.mark.slow
def test_the_solver_in_a_process_of_its_own_says_what_would_help_and_how_good_it_is(house, signed_in):
    event = furnished_event(house)
    set_skills(house.ana, event.pk, "ana", [])
    asked = ask_plan(house.ana, event.pk)
    plan_on(asked.pk)
    asked.refresh_from_db()
    assert (asked.outcome, asked.planner, asked.plans > 0) == ("planned", "solver", True)
    (short,) = asked.told
    assert "One person with 'bar' is needed for 'Bar', Saturday 5 December" in short["sentence"]
    assert "One more person with 'bar' would help." in short["sentence"]
    text = unescape(signed_in(house.ben).get(f"/events/{event.pk}/plan/").content.decode())
    assert short["sentence"] in text
    assert re.search(r"by the solver: no plan is (better|more than \d+ % better)", text)


@needs_solver
@pytest.mark.slow
def test_told_to_stop_the_process_of_the_solver_stops_with_the_best_until_then(house):
    event = furnished_event(house)
    Task.objects.bulk_create(
        Task(
            event=event, stamp=f"s{n}", title=f"Table {n}", why="It counts.", at="08:00", minutes=30, air=480
        )
        for n in range(80)
    )  # fmt: skip
    Need.objects.bulk_create(Need(task=task) for task in event.tasks.filter(air=480))
    asked = ask_plan(house.ana, event.pk)
    stop_planning(house.sam, event.pk, StopWord.TAKE)
    asked.refresh_from_db()
    found = best_plan(facts_of(event), asked)
    assert found.ended is planning.Ended.STOPPED
    assert found.plan.placed
