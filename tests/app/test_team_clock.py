"""A team changes its time zone: what is to come keeps its time on the wall, the rest its moment."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.app.events.made_big_days import (
    DAY,
    event_words,
    furnished_event,
    greedily,
    made_event,
    made_event_task,
)
from tests.app.made_complaints import made_complaint
from tests.app.test_people_settings import ADDRESS, FIELDS
from tests.app.work.made_work import made_checklist, made_round, made_task
from tests.examples import examples

from remit.charters.models import Delegation
from remit.complaints.models import Complaint
from remit.core import clock
from remit.core.clock import now
from remit.core.errors import Refusal
from remit.events.actions.authority import lend_for
from remit.events.actions.briefing import set_time
from remit.events.actions.events import change_event
from remit.events.actions.people import add_people, add_stay, add_wish
from remit.events.actions.planning import ask_plan, plan_on
from remit.events.models import Event, Placing, Stay, Wish
from remit.people.access import place_in
from remit.people.actions.duty import moment_on, plan_shift
from remit.people.actions.teams import TeamSettings, change_settings
from remit.people.models import Duty, Team
from remit.trail.models import Entry
from remit.work.actions.ending import do
from remit.work.actions.rounds import make_due_rounds, reckon_anew
from remit.work.facts import calendar_of
from remit.work.models import Checklist, Round, Task
from remit_engine.recurrence.offered import every_day
from remit_engine.recurrence.recurrence import Recurrence

pytestmark = pytest.mark.django_db
BERLIN, TOKYO = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Tokyo")
TODAY, TOMORROW = date(2026, 11, 23), date(2026, 11, 24)


def on(day, hour, minute=0, zone=BERLIN):
    return datetime.combine(day, time(hour, minute), tzinfo=zone)


def to_zone(house, zone):
    """Mia changes nothing but the time zone."""
    team = house.harbour
    team.refresh_from_db()
    said = {name: getattr(team, name) for name in TeamSettings.__slots__} | {"time_zone": zone}
    moved = change_settings(place_in(house.mia, team), TeamSettings(**said))
    team.refresh_from_db()
    return moved


def daily(at):
    return Recurrence(every_day(), date(2026, 11, 20), at)


def a_whole_day(house):
    """A planned big day to come, with a briefing, a time and a wish."""
    event = furnished_event(house)
    add_stay(house.ben, event.pk, "ben", on(DAY, 9), on(DAY, 23))
    add_wish(house.ben, event.pk, "ben", 2, during=(on(DAY, 18), on(DAY, 20)))
    set_time(house.ana, event.pk, on(DAY, 17))
    plan_on(ask_plan(house.ana, event.pk).pk, planned=greedily)
    return event


def moments():
    """Everything that takes place at some moment, by what it is."""
    found = {}
    for rows in (Event, Placing, Wish, Duty):
        for pk, starts, ends in rows.objects.values_list("pk", "starts_at", "ends_at"):
            found[rows, pk] = starts, ends
    stays = Stay.objects.values_list("person", "starts_at", "ends_at")  # each is put in anew
    found |= {(Stay, person): (starts, ends) for person, starts, ends in stays}
    found |= {(Task, pk): (at,) for pk, at in Task.objects.values_list("pk", "due_at")}
    found |= {(Round, pk): (at,) for pk, at in Round.objects.values_list("pk", "due_at")}
    found |= {("briefing", pk): (at,) for pk, at in Event.objects.values_list("pk", "briefing_at")}
    return found


def test_what_is_to_come_keeps_its_time_on_the_wall_and_what_has_begun_its_moment(house, signed_in):
    whole, over = a_whole_day(house), made_event(house, day=DAY - timedelta(days=30))
    begun = made_event(house, day=TODAY, begins=time(10), ends=time(23))
    last_task = made_event_task(house, begun, title="Clear up", days_before=-1, at=time(9))
    lend_for(house.sam, begun.pk, to=["ana"], why="She runs the evening.")
    due, late, done = (made_task(house, due_at=on(day, 17)) for day in (TOMORROW, TODAY, TOMORROW))
    Task.objects.filter(pk=late.pk).update(due_at=now() - timedelta(hours=1))
    do(house.ana, done.pk)
    morning, evening = made_checklist(house), made_checklist(house, recurrence=daily(time(18)))
    there = made_round(house, minutes=1440)
    ana = house.ana.memberships.get()
    shift = plan_shift(place_in(house.sam, house.harbour), ana, TOMORROW, time(9), time(17))
    promised = made_complaint(house).pk
    deadlines = Complaint.objects.filter(pk=promised).values("resolution_due_at", "first_reply_due_at")
    due_before = deadlines.get()
    before, mia = moments(), signed_in(house.mia)
    said = "1 shift, 1 task, 3 checklists, 1 big day"
    assert f"That would move {said}." in mia.get(ADDRESS).content.decode()
    kept = mia.post(ADDRESS, FIELDS | {"time_zone": "Asia/Tokyo"}, follow=True).content.decode()
    assert f"On the new clock now: {said}." in kept

    after = moments()
    moves = {(Event, whole.pk), ("briefing", whole.pk), (Task, due.pk), (Duty, shift.pk)}
    moves |= {key for key in before if key[0] in (Placing, Stay, Wish)}
    assert {key for key in before if before[key] != after[key]} == moves
    for key in moves:
        old = [each.astimezone(BERLIN).replace(tzinfo=None) for each in before[key]]
        assert [each.astimezone(TOKYO).replace(tzinfo=None) for each in after[key]] == old
    assert deadlines.get() == due_before
    assert not Stay.objects.filter(is_moved=True).exists()

    # Noon in Berlin is eight in the evening there: this evening's list comes at once, none is left out.
    nexts = dict(Checklist.objects.values_list("pk", "next_at"))
    assert nexts[morning.pk] == on(TOMORROW, 9, zone=TOKYO)
    assert nexts[evening.pk] == on(TODAY, 18, zone=TOKYO)
    assert make_due_rounds() >= 1
    assert evening.rounds.get().begins_at == on(TODAY, 18, zone=TOKYO)
    assert there.checklist.rounds.filter(pk=there.pk, due_at=there.due_at).exists()

    # What has begun goes on by the old clock, to its last task; so does what was lent for it, to its end.
    zones = dict(Event.objects.values_list("pk", "time_zone"))
    assert zones == {whole.pk: "", over.pk: "Europe/Berlin", begun.pk: "Europe/Berlin"}
    assert last_task.earliest(Event.objects.select_related("team").get(pk=begun.pk)) == on(TOMORROW, 9)
    sheet = mia.get(f"/events/{begun.pk}/run-sheet/?day={TOMORROW}").content.decode()
    assert "10:00 to 23:00" in sheet
    assert "on the clock of Europe/Berlin" in sheet
    assert ">09:00</time>" in sheet
    assert Delegation.objects.get(ended_at=None).until == TOMORROW
    assert mia.get(f"/events/{whole.pk}/").content.decode().count("on the clock of") == 0

    told = Entry.objects.get(act="team-settings-changed").data
    assert told == {
        "time_zone": "Asia/Tokyo", "opening": told["opening"],
        "moved": {"shifts": 1, "tasks": 1, "checklists": 3, "big days": 1},
    }  # fmt: skip
    assert Entry.objects.filter(act="event-clock").values_list("subject", flat=True).get() == whole.subject


def test_a_day_that_goes_on_and_is_put_off_is_on_the_new_clock(house):
    begun = made_event(house, day=TODAY, begins=time(10), ends=time(23))
    add_people(house.ana, begun.pk, ["ben"])
    add_stay(house.ben, begun.pk, "ben", on(TODAY, 12), on(TODAY, 22))
    to_zone(house, "Asia/Tokyo")
    change_event(house.ana, begun.pk, event_words(day=DAY, begins=time(10)), revision=1)
    begun.refresh_from_db()
    assert (begun.time_zone, begun.starts_at) == ("", on(DAY, 10, zone=TOKYO))
    stay = Stay.objects.get()
    assert (stay.starts_at, stay.ends_at) == (on(DAY, 12, zone=TOKYO), on(DAY, 22, zone=TOKYO))


def test_an_end_that_the_clocks_skip_is_refused_when_it_is_said_and_kept_as_long_when_it_moves(house):
    # On Sunday 28 March 2027 there is no time from two to three in Berlin.
    night = {"day": date(2027, 3, 28), "begins": time(2, 45), "ends": time(3, 15)}
    with pytest.raises(Refusal, match="skip its end"):
        made_event(house, **night)
    to_zone(house, "Asia/Tokyo")
    event = made_event(house, **night)
    assert to_zone(house, "Europe/Berlin") == ["1 big day"]
    event.refresh_from_db()
    assert event.ends_at - event.starts_at == timedelta(minutes=30)


ZONES = ("America/New_York", "Asia/Tokyo", "Australia/Lord_Howe", "Pacific/Apia", "Europe/London")


@settings(
    max_examples=examples(12), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    zones=st.lists(st.sampled_from(ZONES), min_size=1, max_size=3),
    day=st.dates(min_value=date(2026, 11, 27), max_value=date(2027, 11, 30)),
    begins=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    due=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
)
def test_through_any_zones_and_clock_changes_it_is_where_somebody_would_write_it_down_there(
    house, zones, day, begins, due
):
    """However often it moved: as if it had been written down on the clock that there is at last."""
    with clock.at(now()):
        Team.objects.update(time_zone="Europe/Berlin")
        Event.objects.all().delete()
        Task.objects.all().delete()
        team = Team.objects.get(pk=house.harbour.pk)
        event = made_event(house, day=day, begins=begins, ends=begins)
        task = made_task(house, due_at=moment_on(team, day, due))
        checklist = made_checklist(house, recurrence=daily(due))
        skips = []
        for zone in zones:
            to_zone(house, zone)
            there = Team.objects.get(pk=team.pk)
            skips.append(moment_on(there, day, due).astimezone(there.zone).time() != due)
        event.refresh_from_db()
        task.refresh_from_db()
        assert event.starts_at == moment_on(there, day, begins)
        assert event.ends_at == moment_on(there, day + timedelta(days=1), begins)
        assert any(skips[:-1]) or task.due_at == moment_on(there, day, due)
        make_due_rounds()
        reckon_anew()
        checklist.refresh_from_db()
        assert checklist.next_at == checklist.recurrence.next_after(now(), calendar_of(there))
