"""When work comes back, against a plain walk through the calendar; and single days that are easily wrong."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.recurrence.walking import DAY, recurrences, walk
from tests.examples import examples

from remit_engine.recurrence.calendar import Calendar
from remit_engine.recurrence.offered import (
    every_day,
    every_month_on,
    every_month_on_the,
    every_week,
    every_year_on,
)
from remit_engine.recurrence.reading import read_rule
from remit_engine.recurrence.recurrence import Anchor, OnClosedDays, Recurrence

pytestmark = pytest.mark.once

BERLIN = Calendar(ZoneInfo("Europe/Berlin"))
TUESDAY_TO_SATURDAY = ((), *(((1020, 1380),),) * 5, ())
CLOSED_ON_MONDAYS = Calendar(ZoneInfo("Europe/Berlin"), TUESDAY_TO_SATURDAY)


def there(moments, calendar=BERLIN):
    return [f"{each.astimezone(calendar.zone):%Y-%m-%d %H:%M}" for each in moments]


def first(recurrence, many, calendar=BERLIN):
    moment, found = datetime(2020, 1, 1, tzinfo=UTC), []
    while len(found) < many and (moment := recurrence.next_after(moment, calendar)):
        found.append(moment)
    return there(found, calendar)


@settings(max_examples=examples(10_000))
@given(
    recurrences(),
    st.one_of(st.integers(-2, 100), st.integers(-2, 1500)),
    st.integers(1, 400),
    st.integers(0, 1440),
)
def test_comes_when_a_plain_walk_finds_it(drawn, offset, length, into):
    recurrence, calendar = drawn
    after = datetime.combine(recurrence.start, time(), tzinfo=UTC) + offset * DAY - timedelta(minutes=into)
    until = after + length * DAY
    plain = walk(recurrence, calendar, after, until)
    assert list(recurrence.between(after, until, calendar)) == plain
    following = recurrence.next_after(after, calendar)
    if plain:
        assert following == plain[0]
    else:
        assert following is None or following > until


def test_a_time_that_is_skipped_is_counted_on_from_before():
    at_night = Recurrence(every_day(), date(2026, 3, 28), time(2, 30))
    assert first(at_night, 3) == ["2026-03-28 02:30", "2026-03-29 03:30", "2026-03-30 02:30"]


def test_a_time_that_is_there_twice_comes_once_at_the_first():
    at_night = Recurrence(every_day(), date(2026, 10, 24), time(2, 30))
    moments = list(
        at_night.between(datetime(2026, 10, 24, tzinfo=UTC), datetime(2026, 10, 26, 12, tzinfo=UTC), BERLIN)
    )
    assert [f"{each:%d %H:%M}" for each in moments] == ["24 00:30", "25 00:30", "26 01:30"]


def test_the_29_of_february_comes_in_leap_years():
    assert first(Recurrence(every_year_on(2, 29), date(2026, 1, 1)), 2) == [
        "2028-02-29 09:00",
        "2032-02-29 09:00",
    ]


def test_the_last_day_of_each_month():
    last = Recurrence(every_month_on(-1), date(2028, 1, 15), time(17))
    assert first(last, 3) == ["2028-01-31 17:00", "2028-02-29 17:00", "2028-03-31 17:00"]


def test_the_first_monday_and_where_it_is_closed_the_day_after():
    first_monday = Recurrence(every_month_on_the(1, 0), date(2026, 11, 1), time(9))
    assert first(first_monday, 2) == ["2026-11-02 09:00", "2026-12-07 09:00"]
    moved = Recurrence(every_month_on_the(1, 0), date(2026, 11, 1), time(9), OnClosedDays.DAY_AFTER)
    assert first(moved, 2, CLOSED_ON_MONDAYS) == ["2026-11-03 09:00", "2026-12-08 09:00"]


def test_every_opening_is_each_time_the_team_opens():
    twice = Calendar(ZoneInfo("Europe/Berlin"), ((), *(((660, 900), (1080, 1440)),) * 6), {date(2026, 12, 2)})
    opening = Recurrence(every_day(), date(2026, 11, 30), Anchor.OPENING)
    assert first(opening, 4, twice) == [
        "2026-12-01 11:00",
        "2026-12-01 18:00",
        "2026-12-03 11:00",
        "2026-12-03 18:00",
    ]
    closing = Recurrence(every_week([5]), date(2026, 11, 30), Anchor.CLOSING)
    assert first(closing, 2, twice) == ["2026-12-05 15:00", "2026-12-06 00:00"]


def test_a_team_that_never_closes_never_opens():
    always = Calendar(ZoneInfo("Europe/Berlin"), (((0, 1440),),) * 7)
    assert first(Recurrence(every_day(), date(2026, 11, 30), Anchor.OPENING), 1, always) == []
    holiday = Calendar(always.zone, always.week, {date(2026, 12, 25)})
    assert first(Recurrence(every_day(), date(2026, 11, 30), Anchor.OPENING), 1, holiday) == [
        "2026-12-26 00:00"
    ]
    assert first(Recurrence(every_day(), date(2026, 11, 30), Anchor.CLOSING), 1, holiday) == [
        "2026-12-25 00:00"
    ]


def test_a_team_that_says_no_hours_never_opens_by_them():
    assert first(Recurrence(every_day(), date(2026, 11, 30), Anchor.OPENING), 1) == []


def test_what_never_comes_is_known_at_once():
    never = Recurrence(read_rule("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"), date(2026, 1, 1))
    assert never.next_after(datetime(2026, 1, 1, tzinfo=UTC), BERLIN) is None


def test_a_start_far_away_ends_with_the_calendar():
    far = Recurrence(every_week([4]), date(9999, 12, 20))
    assert first(far, 5) == ["9999-12-24 09:00", "9999-12-31 09:00"]
