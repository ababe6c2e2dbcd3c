"""Days on which a team is closed, against the days written out one by one."""

from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.examples import examples

from remit_engine.recurrence.calendar import Calendar
from remit_engine.recurrence.closed import ClosedDays, Stretch
from remit_engine.recurrence.offered import every_day
from remit_engine.recurrence.recurrence import OnClosedDays, Recurrence

pytestmark = pytest.mark.once
DAY = timedelta(days=1)
DAYS = st.dates(date(2019, 1, 1), date(2029, 12, 31))


def written_out(first, length, is_yearly, day):
    """Whether a day is one of them: by month and day of each, in every year from then on."""
    those = [first + each * DAY for each in range(length)]
    if not is_yearly:
        return day in those
    return day >= first and (day.month, day.day) in {(each.month, each.day) for each in those}


@settings(max_examples=examples(300))
@given(DAYS, st.integers(1, 60), st.booleans(), DAYS)
def test_as_they_are_written_out(first, length, is_yearly, day):
    stretch = Stretch(first, first + (length - 1) * DAY, is_yearly)
    assert (day in stretch) == written_out(first, length, is_yearly, day)


def test_over_new_year_and_the_day_that_is_rarely_there():
    christmas = Stretch(date(2026, 12, 24), date(2027, 1, 2), is_yearly=True)
    assert [date(2027, 1, 2) in christmas, date(2031, 1, 1) in christmas, date(2026, 1, 1) in christmas] == [
        True, True, False,
    ]  # fmt: skip
    leap = Stretch(date(2028, 2, 29), date(2028, 2, 29), is_yearly=True)
    assert [date(2032, 2, 29) in leap, date(2029, 3, 1) in leap, date(2029, 2, 28) in leap] == [
        True,
        False,
        False,
    ]
    assert "no day" not in leap
    assert date.max not in Stretch(date(2026, 12, 31), date(2027, 1, 1))


def test_what_comes_back_skips_them():
    closed = ClosedDays((Stretch(date(2026, 12, 24), date(2026, 12, 26)),))
    daily = Recurrence(every_day(), date(2026, 12, 1), time(9), OnClosedDays.IS_LEFT_OUT)
    calendar = Calendar(ZoneInfo("UTC"), (), closed)
    christmas_eve = calendar.moment(date(2026, 12, 24), 0)
    assert daily.next_after(christmas_eve, calendar) == calendar.moment(date(2026, 12, 27), 540)
