"""The day, and what surrounds it: one press each, help that reaches who leads, and what stays of it."""

from datetime import timedelta

import pytest
from tests.app.events.made_big_days import DAY, furnished_event, made_event
from tests.app.events.test_events_planned import planned

from remit.core import clock
from remit.core.clock import now
from remit.core.errors import Changed, NotAllowed, NotThere, Refusal
from remit.events.actions import around, briefing, live, looking_back
from remit.events.actions.events import call_off
from remit.events.actions.people import add_people
from remit.events.models import BudgetLine, Lesson, Point, Risk, Task
from remit.events.notices import examples
from remit.events.queries.floor import suggested, who_is_here
from remit.events.queries.sheet import by_person, sheet_of
from remit.events.vocabulary import Kept
from remit.notices.models import Notice
from remit.people.access import place_in
from remit.procedures.models import Draft
from remit.trail.models import Entry
from remit.work.models import Task as WorkTask

pytestmark = pytest.mark.django_db


def told():
    return sorted(Notice.objects.filter(seen_at=None).values_list("member__word", "code", "is_urgent"))


def hinted(house, event):
    here = who_is_here(event, place_in(house.ana, house.harbour))
    return suggested(event, list(event.points.select_related("task")), here)


def answered_beforehand(house, event, question):
    with pytest.raises(Refusal, match="What is the answer"):
        briefing.answer(house.sam, event.pk, question.pk, words=" ", revision=1)
    for _ in range(2):
        briefing.answer(house.sam, event.pk, question.pk, words="Sam has it.", revision=1)
    assert Notice.objects.get(member=house.ben, code="event-question-answered").body == "Sam has it."
    with pytest.raises(Changed, match="meanwhile"):
        briefing.answer(house.mia, event.pk, question.pk, words="Mia.", revision=1)
    with pytest.raises(NotAllowed, match="that answer"):
        briefing.answer(house.ben, event.pk, question.pk, words="It hangs there.", revision=2)
    briefing.answer(house.ana, event.pk, question.pk, words="It hangs in the kitchen.", revision=2)
    question.refresh_from_db()
    assert (question.answer, question.answered_by) == ("It hangs in the kitchen.", house.ana)


def test_a_press_that_comes_late_says_when_it_was_and_gives_way_to_what_came_since(house):
    event = furnished_event(house)
    bar, tables = event.tasks.last(), event.tasks.first()

    def late(minutes, key):
        return live.Pressed(key, now() - timedelta(minutes=minutes))

    live.do(house.ben, bar.pk, late(40, "a"))
    live.undo(house.ana, bar.pk)
    live.do(house.ben, bar.pk, late(40, "a"))  # its answer was lost: sent again it counts once
    bar.refresh_from_db()
    assert bar.done_at is None
    live.do(house.ben, bar.pk, late(30, "b"))
    bar.refresh_from_db()
    assert bar.done_at == now() - timedelta(minutes=30)
    with pytest.raises(Changed, match="done since then"):
        live.undo(house.ana, bar.pk, late(35, "c"))
    with pytest.raises(Changed, match="done already"):
        live.need_help(house.ana, bar.pk, "", late(35, "d"))
    live.need_help(house.ben, tables.pk, "", late(20, "e"))
    with pytest.raises(Changed, match="needed since then"):
        live.help_came(house.ana, tables.pk, late(25, "f"))
    live.help_came(house.ana, tables.pk)
    live.need_help(house.ben, tables.pk, "", late(20, "e"))
    live.be_late(house.ben, tables.pk, 20, live.Pressed("g", now() + timedelta(days=1)))
    live.do(house.ana, tables.pk, live.Pressed("a", now() - timedelta(days=900)))  # hers, not Ben's mark
    tables.refresh_from_db()
    assert (tables.help_at, tables.late_minutes, tables.done_by) == (None, 20, house.ana)
    assert tables.done_at == now() - timedelta(days=3)
    assert Notice.objects.filter(code="event-help-needed").values("subject").distinct().count() == 1


def test_done_late_and_help_are_one_press_each(house):
    event = furnished_event(house)
    bar = event.tasks.last()
    live.be_late(house.ben, bar.pk, 20)
    live.be_late(house.ben, bar.pk, 20)
    live.need_help(house.ben, bar.pk, " The second tap leaks. ")
    live.need_help(house.ana, bar.pk, "Again.")
    bar.refresh_from_db()
    assert (bar.late_minutes, bar.help_by, bar.help_words) == (20, house.ben, "The second tap leaks.")
    # Ana runs it, Sam leads and takes part; Mia manages, and isn't there.
    assert told() == [("ana", "event-help-needed", True), ("sam", "event-help-needed", True)]
    live.help_came(house.sam, bar.pk)
    assert told() == []
    live.do(house.ben, bar.pk)
    live.do(house.ana, bar.pk)
    bar.refresh_from_db()
    assert (bar.done_by, bar.help_at) == (house.ben, None)
    with pytest.raises(Changed, match="done already"):
        live.need_help(house.ben, bar.pk)
    with pytest.raises(Changed, match="done already"):
        live.be_late(house.ben, bar.pk, 10)
    live.undo(house.ben, bar.pk)
    with pytest.raises(Refusal, match="offered"):
        live.be_late(house.ben, bar.pk, 7)
    with pytest.raises(NotThere):
        live.do(house.eve, bar.pk)
    assert Entry.objects.filter(act="event-task-done").count() == 1
    call_off(house.ana, event.pk, "The street is closed.")
    with pytest.raises(Changed, match="doesn't take place"):
        live.do(house.ben, bar.pk)


def test_whoever_is_in_it_is_told_once_that_it_is_off(house):
    event = furnished_event(house)
    for why in ("The street is closed.", "Once more."):
        call_off(house.ana, event.pk, why)
    assert told() == [(who, "event-called-off", False) for who in ("ben", "sam")]
    assert Notice.objects.first().body == "Why: The street is closed."
    over = made_event(house, day=DAY - timedelta(days=60))
    add_people(house.ana, over.pk, ["ben"])
    call_off(house.ana, over.pk, "It never was.")
    assert Notice.objects.count() == 2


def test_the_sheet_has_days_people_and_what_is_late(house):
    event = furnished_event(house)
    planned(house, event)
    sheet = sheet_of(event)
    assert (sheet.day, sheet.days) == (DAY, [DAY - timedelta(days=1), DAY])
    assert [line.task.title for line in sheet.lines] == ["Bar"]
    assert {person.word for person, _ in by_person(sheet.lines)} == {
        person.word for person in sheet.lines[0].people
    }
    before = sheet_of(event, "2026-12-04")
    assert [line.task.title for line in before.lines] == ["Set up"]
    with clock.at(event.ends_at):
        assert sheet_of(event).is_now
        assert sheet_of(event).lines[0].is_overdue
        live.do(house.ben, sheet.lines[0].task.pk)
        assert not sheet_of(event).lines[0].is_overdue
        assert sheet_of(event).done == 1
    assert not sheet_of(event).is_now


def test_risks_say_what_then_and_money_is_exact(house):
    event = made_event(house)
    with pytest.raises(Refusal, match="do you do then"):
        around.add_risk(house.ana, event.pk, title="Rain", then=" ")
    risk = around.add_risk(house.ana, event.pk, title="Rain", then="We move to the upper room.")
    assert around.add_risk(house.ana, event.pk, title="Rain", then=risk.then) == risk
    with pytest.raises(Refusal, match="there already"):
        around.add_risk(house.ana, event.pk, title="Rain", then="Umbrellas.")
    for _ in range(2):
        around.change_risk(house.ana, event.pk, risk.pk, title="Rain", then="Umbrellas.", revision=1)
    with pytest.raises(Changed, match="meanwhile"):
        around.change_risk(house.sam, event.pk, risk.pk, title="Hail", then="Helmets.", revision=1)
    other = around.add_risk(house.ana, event.pk, title="Snow", then="Salt.")
    with pytest.raises(Refusal, match="there already"):
        around.change_risk(house.ana, event.pk, other.pk, title="Rain", then="Salt.", revision=1)
    around.remove_risk(house.ana, event.pk, other.pk)
    assert (Risk.objects.get().then, Risk.objects.get().revision) == ("Umbrellas.", 2)
    line = around.add_line(house.ana, event.pk, title="Wine", planned=30001, spent=0)
    assert around.add_line(house.ana, event.pk, title="Wine", planned=30001, spent=0) == line
    with pytest.raises(Refusal, match="already"):
        around.add_line(house.ana, event.pk, title="Wine", planned=1, spent=0)
    values = {"title": "Wine", "planned": 30001, "spent": 29999}
    around.change_line(house.ana, event.pk, line.pk, **values, revision=1)
    around.change_line(house.ana, event.pk, line.pk, **values, revision=1)
    with pytest.raises(Changed, match="meanwhile"):
        around.change_line(house.sam, event.pk, line.pk, **values | {"spent": 1}, revision=1)
    copy = made_event(house, source=event.pk)
    assert [(each.title, each.planned, each.spent) for each in copy.budget.all()] == [("Wine", 30001, 0)]
    assert copy.risks.get().then == "Umbrellas."
    around.remove_line(house.ana, event.pk, line.pk)
    around.remove_risk(house.ana, event.pk, risk.pk)
    around.remove_risk(house.ana, event.pk, risk.pk)
    assert not BudgetLine.objects.filter(event=event).exists()
    with pytest.raises(NotAllowed):
        around.add_risk(house.ben, event.pk, title="Wind", then="Ropes.")


def test_the_floor_is_whose_who_prepared_it_and_never_the_managers_alone(house):
    before = furnished_event(house)
    planned(house, before)
    event = furnished_event(house)
    briefing_tasks = {task.title: task.pk for task in event.tasks.all()}
    first = briefing.add_point(house.ana, event.pk, title="The bar", minutes=3, task=briefing_tasks["Bar"])
    assert briefing.add_point(house.ana, event.pk, title="The bar", minutes=9, task=None) == first
    briefing.add_point(house.ana, event.pk, title="Welcome", minutes=2, task=None)
    hints = hinted(house, event)
    assert hints[first.pk].why == "did this before"
    assert len({each.member for each in hints.values()}) == 2
    call_off(house.ana, before.pk, "The street is closed.")
    planned(house, event)
    hints = hinted(house, event)
    assert hints[first.pk].why == "does this, and prepared it"
    briefing.set_point(house.ana, event.pk, first.pk, speaker="ben", words="", revision=1)
    briefing.set_point(house.ben, event.pk, first.pk, speaker="ben", words="Two taps.", revision=2)
    with pytest.raises(Changed, match="meanwhile"):
        briefing.set_point(house.ana, event.pk, first.pk, speaker="sam", words="", revision=2)
    with pytest.raises(NotAllowed):
        briefing.set_point(house.ben, event.pk, Point.objects.last().pk, speaker="ben", words="", revision=1)
    later = made_event(house, source=event.pk, day=DAY + timedelta(days=7))
    spoke = {each.member.word: each.spoke for each in hinted(house, later).values()}
    assert spoke.get("ben", 0) <= 1
    assert [each.speaker for each in later.points.all()] == [None, None]
    question = briefing.ask(house.ben, event.pk, "Who has the key?")
    assert briefing.ask(house.ben, event.pk, "Who has the key? ") == question
    answered_beforehand(house, event, question)
    briefing.set_time(house.ana, event.pk, event.starts_at - timedelta(hours=1))
    briefing.remove_point(house.ana, event.pk, first.pk)
    assert event.points.count() == 1


def spoken(house, day, who, *, is_off=False):
    """A big day in whose briefing somebody had the floor."""
    event = made_event(house, day=day)
    point = briefing.add_point(house.ana, event.pk, title="Welcome", minutes=2, task=None)
    briefing.set_point(house.ana, event.pk, point.pk, speaker=who, words="", revision=1)
    if is_off:
        call_off(house.ana, event.pk, "The street is closed.")


def test_of_those_who_spoke_as_often_it_is_whoever_spoke_longest_ago(house):
    event = made_event(house)
    add_people(house.ana, event.pk, ["ana", "ben"])
    point = briefing.add_point(house.ana, event.pk, title="Welcome", minutes=2, task=None)
    for day, who in ((DAY - timedelta(days=30), "ana"), (DAY - timedelta(days=60), "ben")):
        spoken(house, day, who)
    spoken(house, DAY - timedelta(days=90), "ben", is_off=True)
    hint = hinted(house, event)[point.pk]
    assert (hint.member, hint.spoke) == (house.ben, 1)
    assert hint.why == "had the floor 1 time lately, last on 6 October"
    spoken(house, DAY - timedelta(days=20), "ben")
    assert hinted(house, event)[point.pk].member == house.ana
    spoken(house, DAY + timedelta(days=1), "ana")
    spoken(house, DAY + timedelta(days=2), "ana")
    assert hinted(house, event)[point.pk].why == "had the floor 2 times lately, last on 15 November"


def test_what_stays_becomes_work_with_one_click_once(house):
    event = furnished_event(house)
    with pytest.raises(Refusal, match="hasn't begun"):
        looking_back.add_lesson(house.ben, event.pk, kind=Kept.KEPT, text="Two bars.")
    with clock.at(event.ends_at):
        said = looking_back.add_lesson(
            house.ben, event.pk, kind=Kept.CHANGED, text="Order ice a day earlier."
        )
        looking_back.add_lesson(house.ben, event.pk, kind=Kept.CHANGED, text="Order ice a day earlier.")
        thanks = looking_back.add_lesson(
            house.ana, event.pk, kind=Kept.THANKS, text="For the lights.", to="sam"
        )
        for _ in range(2):
            looking_back.make_task_of(house.ana, event.pk, said.pk)
            looking_back.propose(house.ben, event.pk, said.pk)
    assert (Lesson.objects.count(), thanks.to) == (2, house.sam)
    task, draft = WorkTask.objects.get(), Draft.objects.get()
    assert (task.title, task.is_free) == ("Order ice a day earlier.", True)
    assert "Winter opening" in task.why
    assert (draft.title, draft.made_by) == ("Order ice a day earlier.", house.ben)
    with pytest.raises(NotThere):
        looking_back.make_task_of(house.eve, event.pk, said.pk)


def test_each_notice_can_be_looked_at(house):
    event = furnished_event(house)
    question = briefing.ask(house.ben, event.pk, "Who has the key?")
    question = briefing.answer(house.ana, event.pk, question.pk, words="Sam.", revision=1)
    for message in examples(Task.objects.select_related("event").filter(event=event).first(), question):
        assert message.title
        assert message.address.startswith(f"/events/{event.pk}/")
