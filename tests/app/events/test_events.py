"""Big days: counted back from the day in the time of the team, copied whole, run by whoever was named."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.app.events.made_big_days import (
    DAY,
    event_words,
    furnished_event,
    made_event,
    made_event_task,
    made_thing,
    task_words,
)

from remit.core import clock
from remit.core.errors import Changed, NotAllowed, NotThere, Refusal
from remit.events import access
from remit.events.actions.events import call_off, change_event, keep_as_template
from remit.events.actions.people import (
    add_people,
    add_stay,
    add_wish,
    remove_person,
    remove_stay,
    remove_wish,
    set_skills,
)
from remit.events.actions.tasks import change_task, make_task, remove_task, words_of
from remit.events.actions.things import keep_thing, remove_thing
from remit.events.models import Event, Task, Thing
from remit.people.access import place_in
from remit.people.actions.members import leave
from remit.trail.models import Entry

pytestmark = pytest.mark.django_db
BERLIN = ZoneInfo("Europe/Berlin")


def test_a_lead_names_who_runs_it_and_they_may_then(house):
    event = made_event(house)
    assert (event.starts_at, event.ends_at) == (
        datetime(2026, 12, 5, 18, tzinfo=BERLIN),
        datetime(2026, 12, 5, 23, tzinfo=BERLIN),
    )
    change_event(house.ana, event.pk, event_words(title="Opening", ends=time(2)), revision=1)
    event.refresh_from_db()
    assert (event.title, event.ends_at) == ("Opening", datetime(2026, 12, 6, 2, tzinfo=BERLIN))
    with pytest.raises(NotAllowed, match="Ana Ruiz"):
        change_event(house.ben, event.pk, event_words(), revision=2)
    with pytest.raises(NotAllowed, match="lead"):
        made_event(house, house.ben)
    with pytest.raises(NotThere):
        access.get_event_for(house.eve, event.pk)


def test_a_second_click_and_two_at_once(house):
    event = made_event(house, stamp="same")
    assert made_event(house, stamp="same") == event
    change_event(house.ana, event.pk, event_words(place="Yard"), revision=1)
    change_event(house.ana, event.pk, event_words(place="Yard"), revision=1)
    with pytest.raises(Changed, match="meanwhile"):
        change_event(house.sam, event.pk, event_words(place="Street"), revision=1)
    assert Event.objects.get().place == "Yard"


def test_three_days_before_at_ten_is_ten_whatever_the_clocks_do(house):
    # The clocks go back on Sunday 25 October 2026, and forward on Sunday 28 March 2027.
    for day in (date(2026, 10, 26), date(2027, 3, 29), DAY):
        event = made_event(house, day=day)
        task = made_event_task(house, event, days_before=3, at=time(10))
        assert task.earliest(event).astimezone(BERLIN) == datetime.combine(
            day - timedelta(days=3), time(10), tzinfo=BERLIN
        )


def test_copied_whole_and_moved_with_the_day(house):
    source = furnished_event(house)
    template = keep_as_template(house.ana, source.pk)
    assert keep_as_template(house.ana, source.pk) == template
    assert template.is_template
    later = made_event(house, source=template.pk, day=DAY + timedelta(days=30))
    assert [(each.title, each.days_before, each.after.count()) for each in later.tasks.all()] == [
        ("Set up", 1, 0),
        ("Bar", 0, 1),
    ]
    assert words_of(later.tasks.first()).needs == words_of(source.tasks.first()).needs
    assert later.tasks.last().after.get().event == later
    assert [each.skills for each in later.people.all()] == [["bar"], [], []]
    assert list(access.templates(house.ben)) == [template]
    assert list(access.to_come(house.ben)) == [source, later]


def test_who_is_not_in_the_team_any_more_is_not_copied(house):
    source = furnished_event(house)
    leave(place_in(house.mia, house.harbour), "ben")
    assert set(source.people.values_list("member__word", flat=True)) == {"ana", "sam"}
    copy = made_event(house, source=source.pk)
    assert copy.people.count() == 2


def test_called_off_with_a_why_once(house):
    event = made_event(house)
    with pytest.raises(Refusal, match="why"):
        call_off(house.ana, event.pk, " ")
    call_off(house.ana, event.pk, "The street is closed.")
    call_off(house.sam, event.pk, "Something else.")
    event.refresh_from_db()
    assert event.called_off_why == "The street is closed."
    assert Entry.objects.filter(act="event-called-off").count() == 1
    with pytest.raises(Changed, match="called off"):
        change_event(house.ana, event.pk, event_words(), revision=1)


def test_tasks_wait_for_each_other_in_one_direction(house):
    event = made_event(house)
    one = made_event_task(house, event, stamp="one")
    assert made_event_task(house, event, stamp="one") == one
    two = made_event_task(house, event, title="Music", after=(one.pk,))
    with pytest.raises(Refusal, match=r"wait for each other: “.+”, “.+”"):
        change_task(house.ana, one.pk, task_words(after=(two.pk,)), revision=1)
    assert not one.after.exists()
    change_task(house.ana, two.pk, task_words(title="Band"), revision=1)
    change_task(house.ana, two.pk, task_words(title="Band"), revision=1)
    with pytest.raises(Changed, match="meanwhile"):
        change_task(house.sam, two.pk, task_words(title="DJ"), revision=1)
    remove_task(house.ana, two.pk)
    assert [each.title for each in event.tasks.all()] == ["Bar"]
    with pytest.raises(NotAllowed):
        make_task(house.ben, event.pk, task_words(), stamp="x")


def test_everybody_says_themselves_when_they_can_and_what_they_wish(house):
    event = furnished_event(house)
    morning = (datetime(2026, 12, 5, 8, tzinfo=BERLIN), datetime(2026, 12, 5, 12, tzinfo=BERLIN))
    add_stay(house.ben, event.pk, "ben", *morning)
    add_stay(house.ben, event.pk, "ben", *morning)
    bar = Task.objects.get(title="Bar")
    add_wish(house.ben, event.pk, "ben", 2, task=bar.pk)
    add_wish(house.ben, event.pk, "ben", -3, task=bar.pk)
    add_wish(house.ana, event.pk, "ben", 1, skill="bar")
    ben = access.get_person_in(event, "ben")
    assert ben.stays.count() == 1
    assert [(each.weight, each.task, each.skill) for each in ben.wishes.all()] == [
        (-3, bar, ""),
        (1, None, "bar"),
    ]
    with pytest.raises(NotAllowed):
        add_wish(house.ben, event.pk, "sam", 1, skill="bar")
    with pytest.raises(Refusal, match="one thing"):
        add_wish(house.ben, event.pk, "ben", 1)
    with pytest.raises(Refusal, match="before it begins"):
        add_stay(house.ben, event.pk, "ben", morning[1], morning[0])
    remove_stay(house.ben, event.pk, "ben", ben.stays.get().pk)
    for wish in ben.wishes.all():
        remove_wish(house.ben, event.pk, "ben", wish.pk)
    assert not ben.stays.exists()
    assert not ben.wishes.exists()


def test_skills_are_remembered_until_the_next_event(house):
    first = furnished_event(house)
    set_skills(house.ana, first.pk, "ben", ["kitchen"])
    second = made_event(house)
    add_people(house.ana, second.pk, ["ben", "mia"], skills=["bar"])
    add_people(house.ana, second.pk, ["ben"])
    assert {each.member.word: each.skills for each in second.people.all()} == {
        "ben": ["bar", "kitchen"],
        "mia": ["bar"],
    }
    remove_person(house.ana, second.pk, "ben")
    remove_person(house.ana, second.pk, "ben")
    assert second.people.count() == 1


def test_what_there_is_has_one_name_and_stays_while_it_is_needed(house):
    event = furnished_event(house)
    place = place_in(house.sam, house.harbour)
    tables = Thing.objects.get(kind="equipment")
    assert made_thing(house) == tables
    with pytest.raises(Refusal, match="there already"):
        made_thing(house, "high TABLE", 9)
    before = Event.objects.get().plan_revision
    keep_thing(place, kind="equipment", name="Bar table", count=5, number=tables.pk)
    assert Event.objects.get().plan_revision == before + 1
    with pytest.raises(Changed, match="Set up"):
        remove_thing(place, tables.pk)
    remove_task(house.ana, event.tasks.get(title="Set up").pk)
    remove_thing(place, tables.pk)
    with pytest.raises(NotAllowed, match="lead"):
        keep_thing(place_in(house.ana, house.harbour), kind="room", name="Yard", count=1)


def test_over_and_to_come(house):
    event = made_event(house)
    with clock.at(event.ends_at + timedelta(hours=1)):
        assert list(access.to_come(house.ana)) == []
        assert list(access.over(house.ana)) == [event]
