"""Pages of the day and around it: by forms alone, what is typed is kept."""

from datetime import timedelta

import pytest
from django.utils.html import strip_tags
from tests.app.events.made_big_days import DAY, furnished_event, greedily, made_event
from tests.app.events.test_events_pages import page, sent

from remit.core import clock
from remit.core.clock import now
from remit.events.actions.people import add_people, add_stay
from remit.events.actions.planning import ask_plan, plan_on
from remit.events.models import Task
from remit.notices.models import Notice
from remit.work.models import Task as WorkTask

pytestmark = pytest.mark.django_db


def test_the_day_from_a_phone(house, signed_in):
    event = furnished_event(house)
    plan_on(ask_plan(house.ana, event.pk).pk, planned=greedily)
    bar = event.tasks.last()
    with clock.at(event.starts_at + timedelta(minutes=30)):
        ben = signed_in(house.ben)
        there = f"/events/{event.pk}/run-sheet/?by=time"
        for by in ("time", "person", "mine"):
            assert b"Bar" in page(ben, "run", event.pk).content or by == "mine"
            assert ben.get(f"/events/{event.pk}/run-sheet/?by={by}").status_code == 200
        answer = sent(ben, "late", bar.pk, minutes=20, next=there)
        assert answer.url == f"{there}#task-{bar.pk}"
        assert b"20 min late" in page(ben, "run", event.pk).content
        answer = sent(ben, "need-help", bar.pk, next=there)
        assert answer.url == f"{there}#for-what-{bar.pk}"
        text = page(ben, "run", event.pk).content.decode()
        assert "Help needed" in text
        asks = "For what do you need help"
        assert (asks in text, asks in page(signed_in(house.sam), "run", event.pk).content.decode()) == (
            True,
            False,
        )
        ben = signed_in(house.ben)
        answer = sent(ben, "need-help", bar.pk, next=there, words="The second tap leaks.")
        assert answer.url == f"{there}#task-{bar.pk}"
        text = page(ben, "run", event.pk).content.decode()
        assert ("The second tap leaks." in text, asks in text) == (True, False)
        waiting = Notice.objects.filter(code="event-help-needed", member=house.ana, seen_at=None)
        assert waiting.get().body == "The second tap leaks."
        assert "every 20s" in text
        sent(ben, "help-came", bar.pk)
        sent(ben, "do", bar.pk)
        sent(ben, "do", bar.pk)
        assert b"1 of 1 done" in page(ben, "run", event.pk).content
        sent(ben, "undo", bar.pk)
        assert Task.objects.get(pk=bar.pk).done_at is None
        sent(ben, "late", bar.pk, minutes="7")


def test_a_script_is_told_where_to_look_and_says_itself_that_what_waited_arrived(house, signed_in):
    event = furnished_event(house)
    bar = event.tasks.last()
    ben, at = signed_in(house.ben), str(int(now().timestamp() * 1000) - 60_000)
    script = {"headers": {"Accept": "application/json"}}
    for waited in ("", "yes"):
        sent_by = {"key": f"k{waited}", "at": at, "waited": waited}
        answer = ben.post(f"/event-tasks/{bar.pk}/help/", sent_by, **script)
        assert answer.json() == {"at": f"for-what-{bar.pk}"}
        told = b"Whoever leads is told." in page(ben, "run", event.pk).content
        assert told == (not waited)
    assert Task.objects.get(pk=bar.pk).help_at == now() - timedelta(minutes=1)
    ben.post(f"/event-tasks/{bar.pk}/done/", {"key": "d", "at": "soon"}, **script)
    late = ben.post(f"/event-tasks/{bar.pk}/late/", {"key": "e", "minutes": "20", "waited": "yes"}, **script)
    assert late.status_code == 200
    assert b"It is done already." in page(ben, "run", event.pk).content


def test_risks_money_and_the_briefing(house, signed_in):
    event = furnished_event(house)
    client = signed_in(house.ana)
    for name in ("around", "briefing", "look-back", "run"):
        page(client, name, event.pk)
    assert sent(client, "add-risk", event.pk, title="Rain", then="").status_code == 422
    assert sent(client, "add-risk", event.pk, title="Rain", then="Umbrellas.").status_code == 302
    assert sent(client, "add-line", event.pk, title="Wine", planned="a lot").status_code == 422
    assert sent(client, "add-line", event.pk, title="Wine", planned="300.01", spent="").status_code == 302
    line = event.budget.get()
    typed = {"title": "Wine", "planned": "300.01", "spent": "310", "revision": 1}
    assert sent(client, "change-line", event.pk, line.pk, **typed).status_code == 302
    assert sent(client, "change-line", event.pk, line.pk, **typed | {"spent": "1"}).status_code == 422
    text = page(client, "around", event.pk).content.decode()
    assert "EUR\N{NO-BREAK SPACE}9.99" in text or "EUR 9.99" in text
    read_only = page(signed_in(house.ben), "around", event.pk).content.decode()
    assert ("Wine" in read_only, "event-money" in read_only, '<details class="folded"' in read_only) == (
        True,
        True,
        False,
    )
    client = signed_in(house.ana)
    assert sent(client, "change-line", event.pk, line.pk, remove="1").status_code == 302
    risk, rain = event.risks.get().pk, {"title": "Rain", "then": "Tents.", "revision": 1}
    assert sent(client, "change-risk", event.pk, risk, **rain | {"then": ""}).status_code == 422
    assert sent(client, "change-risk", event.pk, risk, **rain).status_code == 302
    assert sent(client, "change-risk", event.pk, risk, **rain | {"then": "Boats."}).status_code == 422
    assert b"Tents." in page(client, "around", event.pk).content
    assert sent(client, "change-risk", event.pk, risk, remove="1").status_code == 302
    assert sent(client, "add-point", event.pk, title="", minutes=3).status_code == 422
    assert sent(client, "add-point", event.pk, title="The bar", minutes=3).status_code == 302
    assert "Give Ana the floor" in page(client, "briefing", event.pk).content.decode()
    point = event.points.get()
    floor = {"speaker": "ben", "words": "Two taps.", "revision": 1}
    assert sent(client, "set-point", event.pk, point.pk, **floor | {"revision": 9}).status_code == 422
    assert sent(client, "set-point", event.pk, point.pk, **floor).status_code == 302
    assert sent(client, "set-briefing", event.pk, day="2026-12-05", at="16:45").status_code == 302
    ben = signed_in(house.ben)
    assert sent(ben, "ask", event.pk, text="").status_code == 422
    assert sent(ben, "ask", event.pk, text="Who has the key?").status_code == 302
    assert sent(ben, "set-point", event.pk, point.pk, **floor | {"revision": 2}).status_code == 302
    question = event.questions.get().pk
    assert sent(ben, "answer", event.pk, question, words="", revision=1).status_code == 422
    assert sent(ben, "answer", event.pk, question, words="Sam.", revision=1).status_code == 302
    text = page(ben, "briefing", event.pk).content.decode()
    assert "Who has the key?" in text
    assert "Sam." in text
    assert "Ben Okafor has the floor" in text
    assert sent(ben, "add-point", event.pk, title="Mine", minutes=3).status_code == 403
    assert sent(signed_in(house.ana), "set-point", event.pk, point.pk, remove="1").status_code == 302


def test_looked_back_and_one_click_makes_work_of_it(house, signed_in):
    event = made_event(house, day=DAY - timedelta(days=30))
    client = signed_in(house.ben)
    assert sent(client, "look-back", event.pk, kind="kept", text="").status_code == 422
    assert sent(client, "look-back", event.pk, kind="changed", text="Order ice.", to="").status_code == 302
    lesson = event.lessons.get()
    for _ in range(2):
        assert sent(client, "lesson-task", event.pk, lesson.pk).status_code == 302
        assert "/procedures/drafts/" in sent(client, "lesson-proposal", event.pk, lesson.pk).url
    assert WorkTask.objects.count() == 1
    text = page(client, "look-back", event.pk).content.decode()
    assert "Its task" in text
    assert "Its procedure" in text


def test_with_nothing_written_down_plan_and_sheet_say_what_comes_first(house, signed_in):
    event = made_event(house)
    ana = signed_in(house.ana)
    assert b"Plan it" not in page(ana, "plan", event.pk).content
    sheet = page(ana, "run", event.pk).content.decode()
    assert ("Nothing is on the sheet yet" in sheet, "0 of 0" in sheet) == (True, False)
    add_people(house.ana, event.pk, ["ben"])
    for hours in (3, 12):
        add_stay(house.ben, event.pk, "ben", event.starts_at, event.starts_at + timedelta(hours=hours))
    times = strip_tags(page(ana, "person", event.pk, "ben").content.decode())
    assert "Sat 5 Dec, 18:00 to 21:00" in times
    assert "Sat 5 Dec, 18:00 to Sun 6 Dec, 06:00" in times
