"""Deadlines in working hours, against a model that looks at every minute."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from tests.examples import examples

from remit.complaints.working_hours import deadlines_from, working_time_after

pytestmark = pytest.mark.once

NINE_TO_FIVE = [[[540, 1020]]] * 5 + [[], []]
UNTIL_TWO_AT_NIGHT = [[[1080, 1560]]] * 7


@dataclass
class Team:
    opening: list
    zone: ZoneInfo
    first_reply_minutes: int = 60
    next_reply_minutes: int = 240
    resolution_minutes: int = 1440


def is_open(team, moment, closed):
    wall = moment.astimezone(team.zone)
    minute = wall.hour * 60 + wall.minute
    if not any(team.opening):
        return wall.date() not in closed
    days = wall.date(), wall.date() - timedelta(days=1)
    today, yesterday = ([] if day in closed else team.opening[day.weekday()] for day in days)
    return any(a <= minute < b for a, b in today) or any(a <= minute + 1440 < b for a, b in yesterday)


def minute_by_minute(team, moment, minutes, closed=()):
    last = moment
    for _ in range(60 * 24 * 21):
        if not minutes:
            return last
        if is_open(team, moment, closed):
            minutes -= 1
            last = moment + timedelta(minutes=1)
        moment += timedelta(minutes=1)
    return None


stretches = st.lists(
    st.tuples(st.integers(0, 1439), st.integers(1, 900)).map(lambda pair: [pair[0], sum(pair)]), max_size=2
)
weeks = st.lists(stretches, min_size=7, max_size=7)
# Around the days on which clocks change, north and south, by an hour and by half of one.
moments = st.builds(
    lambda day, minutes: day + timedelta(minutes=minutes),
    st.sampled_from(
        [
            datetime(2026, 3, 27, tzinfo=UTC),
            datetime(2026, 10, 23, tzinfo=UTC),
            datetime(2026, 4, 3, tzinfo=UTC),
            datetime(2026, 10, 2, tzinfo=UTC),
            datetime(2026, 6, 1, tzinfo=UTC),
        ]
    ),
    st.integers(0, 4 * 1440),
)
zones = st.sampled_from(
    ["Europe/Berlin", "Australia/Lord_Howe", "America/New_York", "UTC", "Asia/Kathmandu"]
).map(ZoneInfo)


offsets = st.sets(st.integers(-1, 6), max_size=4)
"""Closed days, counted from the day of the moment."""


@settings(max_examples=examples(150), deadline=None)
@given(weeks, zones, moments, st.integers(1, 900), offsets)
@example(UNTIL_TWO_AT_NIGHT, ZoneInfo("Europe/Berlin"), datetime(2026, 10, 24, 22, 0, tzinfo=UTC), 240, {0})
@example(UNTIL_TWO_AT_NIGHT, ZoneInfo("Europe/Berlin"), datetime(2026, 3, 28, 23, 0, tzinfo=UTC), 240, {1})
@example([[]] * 7, ZoneInfo("Europe/Berlin"), datetime(2026, 10, 24, 12, 0, tzinfo=UTC), 900, {1, 2})
def test_working_time_passes_as_a_clock_on_the_wall_tells_it(week, zone, moment, minutes, away):
    team, day = Team(week, zone), moment.astimezone(zone).date()
    closed = {day + timedelta(days=each) for each in away}
    expected = minute_by_minute(team, moment, minutes, closed)
    assume(expected is not None)
    assert working_time_after(team, moment, minutes, closed) == expected


def test_a_friday_evening_is_answered_on_monday():
    team = Team(NINE_TO_FIVE, ZoneInfo("Europe/Berlin"))
    friday_evening = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)
    due = deadlines_from(team, friday_evening)
    assert due.first_reply == datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
    assert due.first_reply < due.next_reply < due.resolution


def test_a_closed_day_is_skipped_as_a_sunday_is():
    team = Team(NINE_TO_FIVE, ZoneInfo("Europe/Berlin"))
    on_christmas_eve = datetime(2026, 12, 24, 15, 30, tzinfo=UTC)
    closed = {date(2026, 12, 25), date(2026, 12, 28)}
    assert deadlines_from(team, on_christmas_eve, closed).first_reply == datetime(
        2026, 12, 29, 8, 30, tzinfo=UTC
    )


def test_seconds_are_kept():
    team = Team(NINE_TO_FIVE, ZoneInfo("UTC"))
    moment = datetime(2026, 11, 23, 10, 0, 17, tzinfo=UTC)
    assert working_time_after(team, moment, 60) == moment + timedelta(hours=1)


def test_a_team_that_says_nothing_works_around_the_clock():
    moment = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
    for opening in ([], [[]] * 7):
        team = Team(opening, ZoneInfo("Europe/Berlin"))
        assert working_time_after(team, moment, 90) == moment + timedelta(minutes=90)
