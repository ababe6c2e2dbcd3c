"""Two at the same moment, in threads of their own, and a planning that is killed: nothing is half or two."""

from datetime import timedelta

import pytest
from tests.app.acts_at_once import at_once
from tests.app.events.made_big_days import (
    DAY,
    event_words,
    furnished_event,
    greedily,
    made_event,
    made_event_task,
    task_words,
)
from tests.app.events.test_events_planned import fresh, number, planned
from tests.app.keeping.killing import in_a_process

from remit.charters.models import Delegation
from remit.events.actions import around, briefing, live
from remit.events.actions.authority import lend_for
from remit.events.actions.by_hand import Choice, mark_of, set_by_hand
from remit.events.actions.events import change_event, keep_as_template
from remit.events.actions.people import add_helper, set_skills
from remit.events.actions.planning import ask_plan, plan_on
from remit.events.actions.tasks import make_task
from remit.events.models import Assignment, Event, Placing, Planning
from remit.notices.models import Notice
from remit.trail.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_same_press_of_three_at_once_counts_once(house):
    event = furnished_event(house)
    bar = event.tasks.last().pk
    three = (house.ana, house.ben, house.sam)
    assert at_once(*[lambda who=who: live.need_help(who, bar) for who in three]) == ["done"] * 3
    assert Entry.objects.filter(act="event-help-needed").count() == 1
    assert Notice.objects.filter(code="event-help-needed").count() <= 2
    assert at_once(*[lambda who=who: live.do(who, bar) for who in three]) == ["done"] * 3
    assert Entry.objects.filter(act="event-task-done").count() == 1
    assert not Notice.objects.filter(code="event-help-needed", seen_at=None).exists()


def test_done_and_late_at_once_it_is_done(house):
    bar = furnished_event(house).tasks.last()
    assert "done" in at_once(lambda: live.do(house.ana, bar.pk), lambda: live.be_late(house.ben, bar.pk, 20))
    bar.refresh_from_db()
    assert bar.done_at is not None


def test_written_down_twice_at_once_it_is_one(house):
    event = furnished_event(house)
    risk = {"title": "Rain", "then": "Tents."}
    for act in (
        lambda: around.add_risk(house.ana, event.pk, **risk),
        lambda: make_task(house.ana, event.pk, task_words(title="Music"), stamp="x"),
        lambda: add_helper(house.ana, event.pk, name="The Zq Band"),
        lambda: ask_plan(house.ana, event.pk),
        lambda: keep_as_template(house.ana, event.pk),
    ):
        assert at_once(act, act) == ["done"] * 2
    assert (event.risks.count(), event.tasks.filter(title="Music").count()) == (1, 1)
    assert (event.people.filter(member=None).count(), Planning.objects.count()) == (1, 1)
    assert Event.objects.filter(day=None).count() == 1


def test_lent_and_answered_twice_at_once_the_second_is_told(house):
    event = made_event(house)
    lend = {"to": ["ana"], "why": "She runs it."}
    assert at_once(*[lambda: lend_for(house.sam, event.pk, **lend)] * 2) == ["done", "lent-already"]
    assert Delegation.objects.count() == 1
    question = briefing.ask(house.ben, event.pk, "Who has the key?").pk
    two = [("Sam.", house.ana), ("Mia.", house.mia)]
    ended = at_once(
        *[
            lambda said=said, by=by: briefing.answer(by, event.pk, question, words=said, revision=1)
            for said, by in two
        ]
    )
    assert sorted(ended) == ["answered", "done"]


def test_moved_by_two_at_once_it_moves_once(house):
    event = furnished_event(house)
    planned(house, event)
    event.refresh_from_db()
    before = Placing.objects.earliest("starts_at").starts_at
    words = [event_words(day=DAY + timedelta(days=days)) for days in (1, 2)]
    ended = at_once(*[lambda one=one: change_event(house.sam, event.pk, one, revision=1) for one in words])
    assert sorted(ended) == ["done", "event-changed"]
    event.refresh_from_db()
    assert Placing.objects.earliest("starts_at").starts_at - before == event.day - DAY


def test_set_by_two_at_once_one_is_told_and_nothing_is_mixed(house):
    event = furnished_event(house)
    planned(house, event)
    bar = fresh(event.tasks.last())
    mark, at = mark_of(bar), bar.placing.starts_at
    choices = [
        Choice(start=at + timedelta(minutes=minutes), room=None, people=[(number(event, word), "bar")])
        for word, minutes in (("ana", 15), ("ben", 30))
    ]
    ended = at_once(*[lambda one=one: set_by_hand(house.ana, bar.pk, one, mark=mark) for one in choices])
    assert sorted(ended) == ["done", "plan-changed"]
    bar = fresh(bar)
    assert (bar.placing.starts_at, bar.assignments.get().person_id) in [
        (each.start, each.people[0][0]) for each in choices
    ]


def test_changed_while_it_is_planned_what_was_set_stays(house):
    event = furnished_event(house)
    planned(house, event)
    bar = fresh(event.tasks.last())
    mark, asked = mark_of(bar), ask_plan(house.ana, event.pk)
    choice = Choice(start=bar.placing.starts_at, room=None, people=[(number(event, "ana"), "bar")])
    ended = at_once(
        lambda: plan_on(asked.pk, planned=greedily),
        lambda: set_by_hand(house.ana, bar.pk, choice, mark=mark),
    )
    asked.refresh_from_db()
    assert asked.outcome == "planned"
    assert ended in (["done", "done"], ["done", "plan-changed"])
    assert "ana" in [each.person.word for each in fresh(bar).assignments.select_related("person__member")]


def rows():
    """All of the plan."""
    placed = Placing.objects.order_by("task").values_list("task", "starts_at", "room", "things")
    people = Assignment.objects.order_by("task", "person").values_list("task", "person", "skill")
    return [list(map(str, placed)), list(map(str, people))]


def test_a_planning_that_is_killed_leaves_the_old_plan_or_the_new_one_whole(house):
    event = furnished_event(house)
    planned(house, event)
    old = rows()
    set_skills(house.ana, event.pk, "ana", [])
    set_skills(house.ana, event.pk, "ben", ["bar"])
    made_event_task(house, event, title="Music", days_before=1)
    asked = ask_plan(house.ana, event.pk)
    allowed, seen = 1, set()
    while True:
        _, is_over = in_a_process(lambda: plan_on(asked.pk, planned=greedily), allowed)
        now, ended = rows(), Planning.objects.get(pk=asked.pk).outcome
        if is_over or ended:
            break
        assert now == old
        assert not Entry.objects.filter(act="event-planned", subject=event.subject)[1:]
        seen.add(allowed)
        allowed += 2
    assert len(seen) > 5
    assert (ended, len(now[0])) == ("planned", 3)
    assert now != old
    plan_on(asked.pk, planned=greedily)
    assert rows() == now
    assert Entry.objects.filter(act="event-planned").count() == 2
