"""Pages of big days: what is typed is kept, what can't be says why, and nothing needs a script."""

from datetime import timedelta

import pytest
from django.urls import reverse
from tests.app.events.made_big_days import furnished_event, greedily, made_event
from tests.app.page_checks import assert_clean

from remit.events.actions.by_hand import mark_of
from remit.events.actions.planning import plan_on
from remit.events.models import Event, Person, Task, Thing

pytestmark = pytest.mark.django_db


def page(client, name, *words):
    answer = client.get(reverse(f"events:{name}", args=words))
    assert answer.status_code == 200
    assert_clean(answer)
    return answer


def sent(client, name, /, *words, **typed):
    return client.post(reverse(f"events:{name}", args=words), typed)


EVENT = {
    "stamp": "x",
    "title": "Wine evening",
    "why": "Guests should taste what we are proud of.",
    "day": "2026-12-12",
    "begins": "19:00",
    "ends": "01:00",
    "where": "Upper room",
    "owner": "ben",
}
TASK = {
    "stamp": "y",
    "title": "Open the wine",
    "why": "Red wine needs an hour of air.",
    "days_before": "0",
    "at": "17:30",
    "minutes": "45",
    "air": "30",
    "people": "1 bar, 1",
    "equipment": "2 high table",
    "text": "",
}


def test_written_copied_changed_and_called_off_by_forms_alone(house, signed_in):
    source = furnished_event(house)
    client = signed_in(house.sam)
    page(client, "events")
    assert b"Winter opening" in client.get(f"/teams/harbour/events/new/?from={source.pk}").content
    answer = sent(client, "new", "harbour", **EVENT, source=source.pk)
    event = Event.objects.exclude(pk=source.pk).get()
    assert answer.url == reverse("events:event", args=[event.pk])
    assert (event.tasks.count(), event.people.count(), event.owner) == (2, 3, house.ben)
    assert b"1:00" in page(client, "event", event.pk).content
    page(client, "change", event.pk)
    refused = sent(client, "change", event.pk, **EVENT | {"title": "", "revision": 1})
    assert refused.status_code == 422
    assert b"Say what it is." in refused.content
    assert sent(client, "change", event.pk, **EVENT | {"title": "Wine", "revision": 1}).status_code == 302
    assert sent(client, "keep", event.pk).status_code == 302
    page(client, "event", Event.objects.get(day=None).pk)
    assert sent(client, "call-off", event.pk, why="").status_code == 422
    assert sent(client, "call-off", event.pk, why="Nobody booked.").status_code == 302
    assert b"Nobody booked." in page(client, "event", event.pk).content
    for tab in ("over", "templates"):
        assert_clean(client.get(f"/events/?tab={tab}"))


def test_a_task_says_what_it_needs_in_words(house, signed_in):
    event = furnished_event(house)
    client = signed_in(house.ana)
    page(client, "new-task", event.pk)
    refused = sent(client, "new-task", event.pk, **TASK | {"equipment": "2 low table"})
    assert refused.status_code == 422
    assert "There is no “low table”. What there is: High table." in refused.content.decode()
    room = Thing.objects.get(kind="room")
    first = event.tasks.first()
    assert sent(client, "new-task", event.pk, **TASK, rooms=room.pk, after=first.pk).status_code == 302
    text = page(client, "tasks", event.pk).content.decode()
    assert "1 bar, 1 person · 2 High table · Upper room" in text
    task = Task.objects.get(title="Open the wine")
    page(client, "change-task", task.pk)
    circle = sent(client, "change-task", first.pk, **TASK | {"revision": 1}, after=task.pk)
    assert b"wait for each other" in circle.content
    assert sent(client, "remove-task", task.pk).status_code == 302
    assert event.tasks.count() == 2


def test_people_are_added_and_say_for_themselves(house, signed_in):
    event = made_event(house)
    client = signed_in(house.ana)
    assert sent(client, "people", event.pk, members=["ben", "sam"], skills="Bar").status_code == 302
    assert sent(client, "people", event.pk).status_code == 422
    assert sent(client, "person", event.pk, "sam", skills="kitchen").status_code == 302
    page(client, "people", event.pk)
    ben = signed_in(house.ben)
    page(ben, "person", event.pk, "ben")
    page(ben, "person", event.pk, "sam")
    time = {"day": "2026-12-05", "since": "18:00", "to": "02:00"}
    assert sent(ben, "add-stay", event.pk, "ben", **time).status_code == 302
    assert sent(ben, "add-stay", event.pk, "ben", **time | {"since": ""}).status_code == 422
    assert sent(ben, "add-wish", event.pk, "ben", weight=-2, about="time", **time).status_code == 302
    assert sent(ben, "add-wish", event.pk, "ben", weight=2, about="time").status_code == 422
    assert sent(ben, "add-wish", event.pk, "sam", weight=-2, about="time", **time).status_code == 403
    assert sent(ben, "person", event.pk, "ben", skills="all").status_code == 403
    person = Person.objects.get(member=house.ben)
    assert "not gladly: what begins in the time" in page(ben, "person", event.pk, "ben").content.decode()
    assert sent(ben, "remove-stay", event.pk, "ben", stay=person.stays.get().pk).status_code == 302
    assert sent(ben, "remove-wish", event.pk, "ben", wish=person.wishes.get().pk).status_code == 302
    assert sent(signed_in(house.ana), "remove-person", event.pk, "ben").status_code == 302
    assert event.people.count() == 1


def test_what_there_is_is_written_down_by_leads(house, signed_in):
    client = signed_in(house.sam)
    assert sent(client, "things", "harbour", kind="room", name="Yard", count=2).status_code == 302
    assert sent(client, "things", "harbour", kind="room", name="yard", count=3).status_code == 422
    yard = Thing.objects.get()
    page(client, "things", "harbour")
    page(client, "thing", "harbour", yard.pk)
    assert sent(client, "thing", "harbour", yard.pk, name="Yard", count=0).status_code == 422
    assert sent(client, "thing", "harbour", yard.pk, name="Back yard", count=3).status_code == 302
    assert sent(client, "remove-thing", "harbour", yard.pk).status_code == 302
    page(signed_in(house.ana), "things", "harbour")
    assert not Thing.objects.exists()


def test_empty_and_in_pages(house, signed_in):
    client = signed_in(house.ana)
    page(client, "events")
    event = made_event(house)
    for name in ("event", "tasks", "people"):
        page(client, name, event.pk)
    Task.objects.bulk_create(
        Task(event=event, stamp=f"s{n}", title=f"Task {n}", why="Each counts.", at="10:00", minutes=15)
        for n in range(300)
    )
    assert b"page 1" in page(client, "tasks", event.pk).content


def test_ten_thousand_days_are_read_a_page_at_a_time_and_the_latest_offered(house, signed_in):
    first = made_event(house, title="The very first")
    many = [
        Event(
            **{name: getattr(first, name) for name in ("team", "why", "begins", "ends", "owner", "currency")},
            made_by=house.sam,
            made_at=first.made_at,
            stamp=f"many-{n}",
            title=f"Day {n}",
            day=first.day + timedelta(days=1 + n % 300),
            starts_at=first.starts_at + timedelta(days=1 + n % 300),
            ends_at=first.ends_at + timedelta(days=1 + n % 300),
        )
        for n in range(10_000)
    ]
    Event.objects.bulk_create(many)
    client = signed_in(house.sam)
    assert b"The very first" in page(client, "events").content
    assert b"The very first" not in client.get("/events/?page=150").content
    text = page(client, "new", "harbour").content.decode()
    assert text.count("<option") < 200
    assert "The very first" not in text
    answer = client.post(
        f"/teams/harbour/events/new/?from={first.pk}", EVENT | {"source": first.pk}, follow=True
    )
    assert b"Copied from" in answer.content


def test_planned_and_set_by_hand_by_forms_alone(house, signed_in):
    event = furnished_event(house)
    client = signed_in(house.ana)
    page(client, "plan", event.pk)
    assert sent(client, "plan", event.pk).status_code == 302
    assert b"You may leave this page" in page(client, "plan", event.pk).content
    assert sent(client, "stop-planning", event.pk, take="1").status_code == 302
    plan_on(event.plannings.get().pk, planned=greedily)
    assert b"Everything that is asked for is in it." in client.get(f"/events/{event.pk}/plan/state/").content
    bar = Task.objects.get(title="Bar")
    text = page(client, "by-hand", bar.pk).content.decode()
    assert "Ana Ruiz is the only one" in text
    typed = {"mark": "x", "day": "2026-12-05", "at": "12:00", "need-0": event.people.get(member=house.ana).pk}
    checked = sent(client, "check-by-hand", bar.pk, **typed)
    assert "outside of its window" in checked.content.decode()
    assert b"meanwhile" in sent(client, "by-hand", bar.pk, **typed).content
    mark = mark_of(Task.objects.get(pk=bar.pk))
    answer = client.post(f"/event-tasks/{bar.pk}/plan/", typed | {"mark": mark}, follow=True)
    assert "outside of its window" in answer.content.decode()
    assert_clean(answer)
    assert "outside of its window" in page(signed_in(house.ben), "plan", event.pk).content.decode()
    assert sent(signed_in(house.ana), "free-by-hand", bar.pk).status_code == 302
