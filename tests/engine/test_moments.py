"""Working hours against a plain minute-by-minute model; wall clocks across clock changes."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.examples import examples

from remit_engine.moments import hours_between, in_zone, open_hours_between, working_hours_between

MON_FRI = frozenset(range(5))


def moments(*texts):
    return np.array(texts, dtype="datetime64[s]")


@given(
    st.datetimes(datetime(2024, 2, 26), datetime(2024, 3, 4)),
    st.integers(0, 5 * 24 * 60),
    st.sets(st.integers(0, 6)),
    st.sampled_from([(9.0, 17.0), (0.0, 24.0), (22.0, 23.5)]),
)
@settings(max_examples=examples(60), deadline=None)
def test_working_hours_are_the_working_minutes(start, minutes, days, hours):
    """Around a leap day, for any set of working days."""
    start = start.replace(second=0, microsecond=0)
    first, last = hours
    expected = 0
    for minute in range(minutes):
        moment = start + timedelta(minutes=minute)
        of_day = moment.hour + moment.minute / 60
        expected += moment.weekday() in days and first <= of_day < last
    end = start + timedelta(minutes=minutes)
    got = working_hours_between(moments(start), moments(end), days=frozenset(days), hours=hours, zone=None)
    assert got[0] == pytest.approx(expected / 60)


def test_a_weekend_is_not_waited_through():
    friday, monday = moments("2026-11-20T16:00"), moments("2026-11-23T10:00")
    assert hours_between(friday, monday)[0] == 66
    assert working_hours_between(friday, monday, days=MON_FRI, hours=(9, 17), zone=None)[0] == 2


def test_unknown_times_stay_unknown():
    got = working_hours_between(
        moments("NaT", "2026-11-20T16:00"),
        moments("2026-11-23T10:00", "NaT"),
        days=MON_FRI,
        hours=(9, 17),
        zone=None,
    )
    assert np.isnan(got).all()


@pytest.mark.parametrize(
    "zone", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"]
)
def test_wall_clocks_are_those_of_the_zone(zone):
    """Every quarter of an hour of a year, against the standard library."""
    utc = np.datetime64("2026-01-01", "s") + np.arange(0, 365 * 86400, 900 * 7).astype("timedelta64[s]")
    local = in_zone(utc, zone)
    for i in range(0, len(utc), 97):
        plain = datetime.fromtimestamp(int(utc[i].astype(np.int64)), tz=UTC).astimezone(ZoneInfo(zone))
        assert local[i].item() == plain.replace(tzinfo=None)


def test_working_hours_follow_the_wall_clock_over_a_clock_change():
    """Asked Friday 16:00 Berlin summer time, answered Monday 10:00 winter time, given in UTC."""
    got = working_hours_between(
        moments("2026-10-23T14:00"),
        moments("2026-10-26T09:00"),
        days=MON_FRI,
        hours=(9, 17),
        zone="Europe/Berlin",
    )
    assert got[0] == 2


MINUTES = st.integers(0, 2000)
WEEKS = st.lists(
    st.lists(MINUTES, max_size=4, unique=True).map(
        lambda ends: [sorted(ends)[n : n + 2] for n in range(0, len(ends) - 1, 2)]
    ),
    min_size=7,
    max_size=7,
)


@settings(max_examples=examples(60), deadline=None)
@given(week=WEEKS, start=st.integers(0, 40_000), length=st.integers(0, 30_000), seconds=st.integers(0, 59))
def test_open_hours_are_the_open_minutes_counted(week, start, length, seconds):
    """Minute by minute, from a Monday on; what is left of a minute counts where it is open."""
    monday = np.datetime64("2026-01-05T00:00:00", "s")
    open_at = [
        any(
            first <= minute % 1440 + gone < last
            for gone in (0, 1440)  # what began the day before may go on
            for first, last in week[(minute // 1440 - gone // 1440) % 7]
        )
        for minute in range(start, start + length + 1)
    ]
    moments = monday + np.array([start * 60, (start + length) * 60 + seconds]).astype("timedelta64[s]")
    found = open_hours_between(moments[:1], moments[1:], week=week, zone=None)
    assert found[0] == pytest.approx((sum(open_at[:-1]) + open_at[-1] * seconds / 60) / 60)


def test_open_hours_lie_on_the_wall_clock_of_the_zone():
    """Nine to five in Berlin is eight to four by UTC in winter."""
    asked = np.array(["2026-01-09T15:30:00", "NaT"], dtype="datetime64[s]")
    answered = np.array(["2026-01-12T08:15:00", "2026-01-12T08:15:00"], dtype="datetime64[s]")
    week = [[(540, 1020)]] * 5 + [[], []]
    found = open_hours_between(asked, answered, week=week, zone="Europe/Berlin")
    assert found[0] == 0.75
    assert np.isnan(found[1])
