"""On duty: by a tap, by a shift, forgotten, and across a change of the clocks."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit.core import clock
from remit.core.errors import NotAllowed, NotThere, Refusal
from remit.people.access import get_membership_for, place_in
from remit.people.actions.duty import (
    change_shift,
    copy_week,
    go_off_duty,
    go_on_duty,
    moment_on,
    plan_shift,
    remove_shift,
    span_of,
)
from remit.people.facts import people_of
from remit.people.models import Duty, Membership, Role, Team
from remit.people.queries import duties_of, monday_of, week_of, week_words
from remit.trail.models import Entry

MONDAY = date(2026, 11, 23)


@pytest.fixture
def ana(house):
    """Ana's place, with nothing planned."""
    membership = Membership.objects.select_related("member", "team", "role").get(member=house.ana)
    membership.duties.all().delete()
    return membership


def is_on(house, word="ana"):
    return {person.member: person.on_duty for person in people_of(house.harbour)}[word]


@pytest.mark.django_db
def test_people_of_a_team_are_its_members_and_the_owners(house):
    people = {person.member: person for person in people_of(house.harbour)}
    assert set(people) == {"ana", "ben", "sam", "mia", "ola"}
    assert {person.member for person in people_of(house.hill)} == {"eve", "ola"}
    assert (people["sam"].role, people["sam"].rank, people["sam"].owner) == ("lead", 20, False)
    assert (people["ola"].role, people["ola"].rank, people["ola"].owner) == ("manager", 100, True)
    assert all(person.on_duty for person in people.values())


@pytest.mark.django_db
def test_somebody_in_two_teams_is_who_they_are_here(house):
    Membership.objects.create(
        member=house.ola, team=house.hill, role=Role.objects.get(word="lead"), since=clock.now()
    )
    here = {person.member: person for person in people_of(house.hill)}["ola"]
    assert (here.team, here.role, here.on_duty) == ("hill", "lead", False)


@pytest.mark.django_db
def test_whoever_left_is_nobody_to_ask(house, noon):
    house.ana.memberships.update(until=noon)
    house.ben.left_at = noon
    house.ben.save()
    assert {person.member for person in people_of(house.harbour)} == {"sam", "mia", "ola"}


@pytest.mark.django_db
def test_a_tap_lasts_until_the_next_and_twice_is_once(house, ana, noon):
    assert not is_on(house)
    go_on_duty(ana)
    go_on_duty(ana)
    assert is_on(house)
    assert ana.duties.count() == 1
    with clock.at(noon + timedelta(hours=3)):
        go_off_duty(ana)
        go_off_duty(ana)
        assert not is_on(house)
    assert list(Entry.objects.values_list("act", flat=True)) == ["duty-begun", "duty-ended"]


@pytest.mark.django_db
def test_a_forgotten_tap_ends_after_fourteen_hours(house, ana, noon):
    go_on_duty(ana)
    with clock.at(noon + timedelta(hours=13, minutes=59)):
        assert is_on(house)
    with clock.at(noon + timedelta(hours=14)):
        assert not is_on(house)
        go_on_duty(ana)
        assert is_on(house)
    old, new = ana.duties.order_by("starts_at")
    assert old.ends_at == noon + timedelta(hours=14)
    assert new.ends_at is None


@pytest.mark.django_db
def test_off_and_on_within_one_moment_leaves_nothing_wrong(house, ana):
    go_on_duty(ana)
    go_off_duty(ana)
    assert not is_on(house)
    go_on_duty(ana)
    assert is_on(house)


@pytest.mark.django_db
def test_a_shift_is_on_duty_from_its_begin_to_before_its_end(house, ana, noon):
    shift = plan_shift(place_in(house.sam, house.harbour), ana, MONDAY, time(14), time(22))
    for moment, expected in (
        (shift.starts_at - timedelta(seconds=1), False),
        (shift.starts_at, True),
        (shift.ends_at - timedelta(seconds=1), True),
        (shift.ends_at, False),
    ):
        with clock.at(moment):
            assert is_on(house) is expected
            assert shift.covers(moment) is expected


@pytest.mark.django_db
def test_off_during_a_shift_ends_it_there(house, ana, noon):
    plan_shift(place_in(house.sam, house.harbour), ana, MONDAY, time(9), time(22))
    go_off_duty(ana)
    assert not is_on(house)
    assert ana.duties.get().ends_at == noon


@pytest.mark.django_db
def test_a_night_shift_ends_on_the_next_day(house, ana):
    shift = plan_shift(place_in(house.sam, house.harbour), ana, MONDAY, time(22), time(6))
    assert shift.ends_at - shift.starts_at == timedelta(hours=8)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "times", "hours"),
    [
        (date(2027, 3, 27), (time(22), time(6)), 7),  # the clocks go on at two
        (date(2026, 10, 24), (time(22), time(6)), 9),  # and back at three
        (date(2027, 3, 28), (time(2, 30), time(4)), 0.5),  # half past two isn't there: half past three
        (date(2026, 10, 25), (time(2, 30), time(4)), 2.5),  # it is there twice: the first
    ],
)
def test_a_shift_across_a_change_of_the_clocks(house, ana, day, times, hours):
    shift = plan_shift(place_in(house.sam, house.harbour), ana, day, *times)
    assert (shift.ends_at - shift.starts_at).total_seconds() / 3600 == hours
    for minutes in range(0, int(hours * 60), 15):
        with clock.at(shift.starts_at + timedelta(minutes=minutes)):
            assert is_on(house)


@given(
    zone=st.sampled_from(
        ["Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"]
    ),
    day=st.dates(min_value=date(2020, 1, 1), max_value=date(2035, 12, 31)),
    begins=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    ends=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
)
def test_a_span_is_what_the_wall_clock_says(zone, day, begins, ends):
    team = Team(time_zone=zone)
    start, end = span_of(team, day, begins, ends)
    assert timedelta(hours=-1) < end - start <= timedelta(hours=25)
    there = moment_on(team, day, begins).astimezone(ZoneInfo(zone))
    assert there.replace(tzinfo=None) - datetime.combine(day, begins) in {
        timedelta(),
        timedelta(hours=1),
        timedelta(minutes=30),
    }


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["ana"])
def test_only_leads_plan(house, ana, who):
    place = place_in(house.ana, house.harbour)
    with pytest.raises(NotAllowed):
        plan_shift(place, ana, MONDAY, time(9), time(17))
    with pytest.raises(NotAllowed):
        copy_week(place, MONDAY)


@pytest.mark.django_db
def test_nobody_of_another_team_is_planned(house):
    eve = Membership.objects.select_related("member", "team").get(member=house.eve)
    with pytest.raises(NotThere):
        plan_shift(place_in(house.sam, house.harbour), eve, MONDAY, time(9), time(17))


@pytest.mark.django_db
def test_shifts_that_meet_or_are_too_long_are_refused(house, ana):
    place = place_in(house.sam, house.harbour)
    first = plan_shift(place, ana, MONDAY, time(9), time(17))
    plan_shift(place, ana, MONDAY, time(17), time(20))
    with pytest.raises(Refusal, match="on from 09:00 to 17:00 already"):
        plan_shift(place, ana, MONDAY, time(16), time(18))
    with pytest.raises(Refusal, match="longer than 16 hours"):
        plan_shift(place, ana, MONDAY + timedelta(2), time(9), time(9))
    change_shift(place, first.pk, MONDAY, time(10), time(17))
    with pytest.raises(Refusal, match="already"):
        change_shift(place, first.pk, MONDAY, time(10), time(18))
    remove_shift(place, first.pk)
    remove_shift(place, first.pk)
    with pytest.raises(NotThere):
        change_shift(place, first.pk, MONDAY, time(10), time(17))


@pytest.mark.django_db
def test_a_week_is_copied_by_the_wall_clock_and_twice_is_once(house, ana, noon):
    Duty.objects.all().delete()
    place = place_in(house.sam, house.harbour)
    before = date(2027, 3, 22)  # the clocks go on at the end of this week
    plan_shift(place, ana, before, time(9), time(17))
    plan_shift(place, ana, before + timedelta(6), time(22), time(6))
    assert copy_week(place, before + timedelta(7)) == 2
    assert copy_week(place, before + timedelta(7)) == 0
    (line,) = [line for line in week_of(place, before + timedelta(7)) if line.membership.pk == ana.pk]
    assert [shift.words for _, shifts in line.days for shift in shifts] == ["9:00–17:00", "22:00–6:00"]
    assert line.hours == 16


@pytest.mark.django_db
def test_whoever_left_is_not_copied(house, ana, noon):
    Duty.objects.all().delete()
    place = place_in(house.sam, house.harbour)
    plan_shift(place, ana, MONDAY, time(9), time(17))
    Membership.objects.filter(pk=ana.pk).update(until=noon)
    assert copy_week(place, MONDAY + timedelta(7)) == 0


@pytest.mark.django_db
def test_the_frame_shows_the_tap_and_it_works(house, signed_in, noon):
    client = signed_in(house.ana)
    assert "On duty until 20:00" in client.get("/me/").content.decode()
    off = client.post("/teams/harbour/duty/", {"duty": "off", "next": "/me/"})
    assert off["Location"] == "/me/"
    assert "Go on duty" in client.get("/me/").content.decode()
    assert client.post("/teams/harbour/duty/", {"duty": "on", "next": "//evil.example"})["Location"] == "/"
    assert client.get("/teams/harbour/duty/").status_code == 405
    (line,) = duties_of(house.ana)
    assert line.is_on
    assert line.until is None


@pytest.mark.django_db
def test_an_owner_who_works_elsewhere_has_no_duty_here(house, signed_in):
    client = signed_in(house.ola)
    assert client.post("/teams/hill/duty/", {"duty": "on"}).status_code == 404


@pytest.mark.django_db
def test_the_week_page_plans_changes_and_removes(house, signed_in, noon):
    Duty.objects.all().delete()
    client = signed_in(house.sam)
    ana = get_membership_for(place_in(house.sam, house.harbour), "ana")
    fields = {"who": ana.pk, "day": "2026-11-25", "begins": "14:00", "ends": "22:00"}
    assert client.post("/teams/harbour/shifts/", fields)["Location"].endswith("?week=2026-11-23")
    again = client.post("/teams/harbour/shifts/", fields)
    assert again.status_code == 422
    assert "already" in again.content.decode()
    assert 'value="14:00"' in again.content.decode()
    shift = Duty.objects.get()
    assert shift.starts_at == datetime(2026, 11, 25, 13, tzinfo=UTC)
    page = client.get("/teams/harbour/shifts/").content.decode()
    assert "14:00–22:00" in page
    changed = {"day": "2026-11-26", "begins": "15:00", "ends": "23:00"}
    assert client.post(f"/teams/harbour/shifts/{shift.pk}/", changed).status_code == 302
    copied = client.post("/teams/harbour/shifts/copy/", {"week": "2026-11-30"})
    assert copied["Location"].endswith("?week=2026-11-30")
    assert Duty.objects.count() == 2
    assert client.post(f"/teams/harbour/shifts/{shift.pk}/", {"remove": "yes"}).status_code == 302
    assert client.post(f"/teams/harbour/shifts/{shift.pk}/", {"remove": "yes"}).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["", "nonsense", "2026-13-45", "0001-01-01", "9999-12-31"])
def test_any_week_in_the_address_shows_a_page(house, signed_in, typed):
    client = signed_in(house.sam)
    assert client.get("/teams/harbour/shifts/", {"week": typed}).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    "typed",
    [
        {"who": "999999"},
        {"day": "yesterday"},
        {"begins": "25:00"},
        {"ends": ""},
        {"day": "0001-01-01"},
        {"day": "9999-12-31", "begins": "22:00", "ends": "06:00"},
    ],
)
def test_a_wrong_shift_keeps_what_was_typed(house, signed_in, typed):
    client = signed_in(house.sam)
    ana = get_membership_for(place_in(house.sam, house.harbour), "ana")
    fields = {"who": ana.pk, "day": "2026-12-25", "begins": "14:17", "ends": "22:00"} | typed
    response = client.post("/teams/harbour/shifts/", fields)
    assert response.status_code == 422
    assert fields["begins"] in response.content.decode()


def test_a_week_is_named_by_its_days():
    assert week_words(MONDAY) == "23 – 29 November 2026"
    assert week_words(date(2026, 11, 30)) == "30 November – 6 December 2026"
    assert monday_of(date(2026, 11, 29)) == MONDAY
