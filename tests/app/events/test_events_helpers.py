"""Helpers without an account: in the plan by name, told nothing, allowed nothing, nameless in time."""

from datetime import time, timedelta

import pytest
from tests.app.events.made_big_days import DAY, furnished_event, made_event, made_event_task
from tests.app.events.test_events_pages import page, sent
from tests.app.events.test_events_planned import planned

from remit.core import clock
from remit.core.erasing import WAITS_HOURS, Traces
from remit.core.errors import NotAllowed, NotThere, Refusal
from remit.events.access import get_person_in
from remit.events.actions.people import add_helper, add_stay, erase_helper, remove_person, set_skills
from remit.events.erasing import erase_events
from remit.events.jobs import forget_helpers
from remit.events.models import Assignment, Person, Planning
from remit.events.queries.floor import suggested, who_is_here
from remit.events.queries.sheet import sheet_of
from remit.events.vocabulary import HELPER_DAYS
from remit.notices.models import Notice
from remit.people.access import place_in
from remit.people.models import Member
from remit.trail.models import Entry, Words

pytestmark = pytest.mark.django_db
BAND = "The Zq Band"


def with_a_band(house):
    """An event whose music only a band can make, planned."""
    event = furnished_event(house)
    band = add_helper(house.ana, event.pk, name=BAND, skills=["music"])
    made_event_task(house, event, title="Music", at=time(20), people=[("music", 1)])
    planned(house, event)
    return event, band


def test_in_the_plan_and_on_the_sheet_by_name_and_nowhere_else(house):
    members = Member.objects.count()
    event, band = with_a_band(house)
    assert [each.task.title for each in Assignment.objects.filter(person=band)] == ["Music"]
    assert BAND in [each.called for line in sheet_of(event).lines for each in line.people]
    place = place_in(house.ana, house.harbour)
    here = who_is_here(event, place)
    assert BAND not in [each.member.name for each in here]
    assert not suggested(event, [], here)
    assert Member.objects.count() == members
    assert not Notice.objects.exists()
    said = [*Entry.objects.values_list("data", flat=True), *Words.objects.values_list("text", flat=True)]
    assert BAND not in str(said)


def test_once_by_name_and_never_instead_of_a_member(house):
    event = made_event(house)
    band = add_helper(house.ana, event.pk, name=BAND)
    assert add_helper(house.ana, event.pk, name="the  zq band") == band
    with pytest.raises(Refusal, match="of the team"):
        add_helper(house.ana, event.pk, name="ben okafor")
    with pytest.raises(Refusal, match="called"):
        add_helper(house.ana, event.pk, name=" ")
    with pytest.raises(NotAllowed):
        add_helper(house.ben, event.pk, name="Somebody")
    with pytest.raises(Refusal, match="for a day"):
        add_helper(house.sam, made_event(house, day=None).pk, name=BAND)
    copy = made_event(house, source=event.pk)
    assert not copy.people.exists()
    for word in ("_", "_x", f"_{band.pk + 1}", "_9" * 40):
        with pytest.raises(NotThere):
            get_person_in(event, word)
    remove_person(house.ana, event.pk, band.word)
    remove_person(house.ana, event.pk, band.word)
    assert not event.people.exists()


def test_they_come_when_whoever_runs_it_says_so(house):
    event, band = with_a_band(house)
    set_skills(house.ana, event.pk, band.word, ["music", "light"])
    add_stay(house.ana, event.pk, band.word, event.starts_at, event.starts_at + timedelta(hours=1))
    planned(house, event)
    assert not Assignment.objects.filter(task__title="Music").exists()
    with pytest.raises(NotAllowed):
        add_stay(house.ben, event.pk, band.word, event.starts_at, event.ends_at)


def erased(band):
    band.refresh_from_db()
    return (band.called, band.skills, band.stays.count()) == ("a helper", [], 0)


def test_the_name_goes_some_time_after_the_day_and_what_they_did_stays(house):
    event, band = with_a_band(house)
    with clock.at(event.ends_at + timedelta(days=HELPER_DAYS)):
        forget_helpers.func()
        assert not erased(band)
    add_helper(house.ana, event.pk, name="Cousin of Ben")
    with clock.at(event.ends_at + timedelta(days=HELPER_DAYS, minutes=1)):
        forget_helpers.func()
        forget_helpers.func()
        assert erased(band)
        assert Assignment.objects.get(task__title="Music").person == band
        assert [line.people for line in sheet_of(event).lines if line.task.title == "Music"] == [[band]]
    assert Entry.objects.filter(act="event-helper-erased").count() == 1


def test_an_owner_chooses_for_how_long_and_may_think_again(house, signed_in):
    event, band = with_a_band(house)
    typed = {"helper_days": "3", "books_years": "10", "backup_days": "35"}
    client = signed_in(house.ola)
    wrong = client.post("/personal-data/age/", typed | {"helper_days": "0"})
    assert wrong.status_code == 422
    assert client.post("/personal-data/age/", typed).status_code == 302
    assert "3 days after the day" in client.get(f"/events/{event.pk}/people/").content.decode()
    forget_helpers.func()
    over = event.ends_at + timedelta(days=3, minutes=1)
    with clock.at(over):
        assert client.post("/personal-data/age/", typed | {"helper_days": "2"}).status_code == 302
        forget_helpers.func()
        assert not erased(band)
    with clock.at(over + timedelta(hours=WAITS_HOURS)):
        forget_helpers.func()
        assert erased(band)
    words = Entry.objects.filter(act="retention-changed").values_list("data", flat=True)
    assert [each["rules"]["helper_days"] for each in words] == [3, 2]


def test_erased_sooner_where_they_ask_for_it(house):
    event, band = with_a_band(house)
    Planning.objects.update(told=[{"sentence": BAND}])
    for _ in range(2):
        erase_helper(house.ana, event.pk, band.word)
    assert erased(band)
    assert BAND not in str(list(Planning.objects.values()))
    with pytest.raises(Refusal, match="a member"):
        erase_helper(house.ana, event.pk, "ben")
    again = add_helper(house.ana, event.pk, name=BAND)
    assert again != band
    erase_events(Traces.of(names=[BAND]))
    assert erased(again)
    assert Person.objects.filter(event=event, member=None).count() == 2


def test_by_forms_alone(house, signed_in):
    event = made_event(house, day=DAY)
    client = signed_in(house.ana)
    assert sent(client, "add-helper", event.pk, name="", skills="x").status_code == 422
    refused = sent(client, "add-helper", event.pk, name="Ben Okafor", skills="music")
    assert b'value="music"' in refused.content
    assert sent(client, "add-helper", event.pk, name=BAND, skills="Music").status_code == 302
    word = event.people.get().word
    assert BAND in page(client, "people", event.pk).content.decode()
    assert sent(client, "person", event.pk, word, skills="light").status_code == 302
    time_ = {"day": "2026-12-05", "since": "18:00", "to": "02:00"}
    assert sent(client, "add-stay", event.pk, word, **time_).status_code == 302
    assert "A helper without an account" in page(client, "person", event.pk, word).content.decode()
    assert sent(client, "erase-helper", event.pk, word).status_code == 302
    text = page(signed_in(house.ben), "people", event.pk).content.decode()
    assert BAND not in text
    assert "a helper" in text
    assert sent(signed_in(house.ana), "remove-person", event.pk, word).status_code == 302
