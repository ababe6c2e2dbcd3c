"""Periods follow the wall clock of the team: days of 23 and 25 hours, and days that never come."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from remit_engine.charter.periods import Period, Span, bounds, day_of, start_of

ZONES = (
    "Europe/Berlin",
    "America/Sao_Paulo",
    "Pacific/Apia",
    "Asia/Beirut",
    "Asia/Kathmandu",
    "America/Santiago",
    "Australia/Lord_Howe",
    "UTC",
)
PERIODS = (
    Period(Span.DAY),
    Period(Span.WEEK),
    Period(Span.MONTH),
    Period(Span.ROLLING, 1),
    Period(Span.ROLLING, 30),
    Period(Span.EVER),
)
moments = st.datetimes(datetime(2005, 1, 1), datetime(2035, 1, 1)).map(
    lambda moment: moment.replace(tzinfo=UTC, microsecond=0)
)


@given(st.sampled_from(PERIODS), moments, st.sampled_from(ZONES))
@example(Period(Span.DAY), datetime(2018, 11, 4, 3, 0, tzinfo=UTC), "America/Sao_Paulo")
@example(Period(Span.DAY), datetime(2011, 12, 30, 9, 59, 59, tzinfo=UTC), "Pacific/Apia")
@example(Period(Span.DAY), datetime(2011, 12, 30, 10, 0, tzinfo=UTC), "Pacific/Apia")
def test_a_moment_lies_in_its_period(period, moment, zone):
    begins, ends = bounds(period, moment, zone)
    if period.span is Span.EVER:
        assert (begins, ends) == (None, None)
        return
    assert begins <= moment < ends
    first, last = period.days_around(day_of(moment, zone))
    assert first <= day_of(begins, zone)
    assert day_of(begins - timedelta(seconds=1), zone) < first
    assert day_of(ends - timedelta(seconds=1), zone) <= last < day_of(ends, zone)


@given(st.sampled_from(PERIODS[:3]), moments, st.sampled_from(ZONES))
def test_calendar_periods_follow_one_another(period, moment, zone):
    _, ends = bounds(period, moment, zone)
    following, _ = bounds(period, ends, zone)
    assert following == ends


@pytest.mark.parametrize(
    ("day", "zone", "start", "hours"),
    [
        (date(2026, 3, 29), "Europe/Berlin", "2026-03-28T23:00:00+00:00", 23),
        (date(2026, 10, 25), "Europe/Berlin", "2026-10-24T22:00:00+00:00", 25),
        (date(2018, 11, 4), "America/Sao_Paulo", "2018-11-04T03:00:00+00:00", 23),
        (date(2026, 3, 29), "Asia/Beirut", "2026-03-28T22:00:00+00:00", 23),
        (date(2026, 4, 5), "Australia/Lord_Howe", "2026-04-04T13:00:00+00:00", 24.5),
        (date(2024, 2, 29), "UTC", "2024-02-29T00:00:00+00:00", 24),
    ],
)
def test_days_begin_when_the_wall_clock_says_so(day, zone, start, hours):
    assert start_of(day, zone).isoformat() == start
    assert start_of(day + timedelta(days=1), zone) - start_of(day, zone) == timedelta(hours=hours)


def test_a_day_that_never_came_is_empty():
    """Samoa left out 30 December 2011."""
    never, following = date(2011, 12, 30), date(2011, 12, 31)
    assert start_of(never, "Pacific/Apia") == start_of(following, "Pacific/Apia")


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("year", [2011, 2018, 2024, 2026])
def test_a_start_is_the_first_moment_of_its_day(zone, year):
    place = ZoneInfo(zone)
    for number in range(366):
        day = date(year, 1, 1) + timedelta(days=number)
        start = start_of(day, zone)
        assert start.astimezone(place).date() >= day
        assert (start - timedelta(seconds=1)).astimezone(place).date() < day


def test_weeks_begin_on_monday_and_months_with_their_first():
    week = Period(Span.WEEK).days_around(date(2027, 1, 1))
    assert week == (date(2026, 12, 28), date(2027, 1, 3))
    month = Period(Span.MONTH)
    assert month.days_around(date(2024, 2, 29)) == (date(2024, 2, 1), date(2024, 2, 29))
    assert month.days_around(date(2026, 12, 31)) == (date(2026, 12, 1), date(2026, 12, 31))
    assert month.days_around(date(9999, 12, 31)) == (date(9999, 12, 1), date(9999, 12, 31))


@given(st.dates(), st.integers(1, 400))
def test_a_rolling_window_is_so_many_days_up_to_today(day, days):
    first, last = Period(Span.ROLLING, days).days_around(day)
    assert last == day
    assert (last - first).days == min(days - 1, (day - date.min).days)


@given(st.sampled_from(PERIODS), st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.integers(-800, 800))
def test_what_counts_is_what_lies_in_the_period(period, day, distance):
    given_on = day + timedelta(days=distance)
    first, last = period.days_around(day)
    assert period.covers(given_on, day) == (first <= given_on <= last)
    if period.span in {Span.DAY, Span.WEEK, Span.MONTH}:
        assert period.covers(given_on, day) == period.covers(day, given_on)
