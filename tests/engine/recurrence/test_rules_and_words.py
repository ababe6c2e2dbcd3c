"""Rules read, written, refused with a word what to do, and said as people say them."""

from datetime import date, datetime, time

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from tests.engine.recurrence.walking import recurrences, rules

from remit_engine.recurrence.offered import (
    every_day,
    every_month_on,
    every_month_on_the,
    every_week,
    every_year_on,
)
from remit_engine.recurrence.reading import UnreadableRule, read_rule
from remit_engine.recurrence.recurrence import Anchor, OnClosedDays, Recurrence
from remit_engine.recurrence.words import in_words

pytestmark = pytest.mark.once


@given(rules())
def test_what_is_written_is_read_back(rule):
    assert read_rule(rule.text) == rule
    assert read_rule(f" rrule:{rule.text.lower()};") == rule
    rrulestr(rule.text, dtstart=datetime(2026, 1, 1))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        ("BYDAY=MO", "how often"),
        ("FREQ=HOURLY;INTERVAL=2", "BYHOUR"),
        ("FREQ=FORTNIGHTLY", "unknown"),
        ("FREQ=DAILY;FREQ=WEEKLY", "twice"),
        ("FREQ=DAILY;INTERVAL=0", "from 1 to 1000"),
        ("FREQ=DAILY;INTERVAL=-1", "can't be"),
        ("FREQ=DAILY;COUNT=2;UNTIL=20270101", "both say"),
        ("FREQ=DAILY;UNTIL=20270231", "no day"),
        ("FREQ=DAILY;UNTIL=20270101T000000Z", "without a time"),
        ("FREQ=WEEKLY;BYDAY=2MO", "of a month"),
        ("FREQ=WEEKLY;BYDAY=XX", "no weekday"),
        ("FREQ=WEEKLY;BYMONTHDAY=3", "BYMONTHDAY"),
        ("FREQ=MONTHLY;BYWEEKNO=3", "BYWEEKNO"),
        ("FREQ=MONTHLY;BYYEARDAY=3", "BYYEARDAY"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "from 1 to 31"),
        ("FREQ=MONTHLY;BYMONTHDAY=٣", "can't be"),
        ("FREQ=MONTHLY;BYSETPOS=1", "among nothing"),
        ("FREQ=DAILY;BYHOUR=1,2,3,4,5,6;BYMINUTE=0,10,20,30,40", "30 times a day"),
        ("FREQ=DAILY;BYEASTER=1", "no part"),
        ("FREQ=DAILY;WKST=XX", "no weekday"),
        ("every monday", "no part"),
        ("FREQ=DAILY;BYHOUR=" + "1," * 400, "too long"),
    ],
)
def test_what_is_no_rule_is_refused_with_words(text, said):
    with pytest.raises(UnreadableRule, match=said):
        read_rule(text)


@pytest.mark.parametrize(
    ("rule", "settings", "words"),
    [
        (every_day(), {}, "every day at 09:00"),
        (every_day(3), {}, "every 3 days at 09:00"),
        (every_day(), {"at": Anchor.OPENING}, "at every opening"),
        (every_week([0, 3]), {"at": Anchor.CLOSING}, "every Monday and Thursday, at closing"),
        (every_week([4, 0, 1, 2, 3]), {}, "Monday to Friday at 09:00"),
        (every_week([5, 6]), {}, "every Saturday and Sunday at 09:00"),
        (every_week([2], 2), {}, "every 2 weeks on Wednesday at 09:00"),
        (every_week(range(7)), {}, "every day at 09:00"),
        (every_month_on_the(1, 0), {}, "every first Monday at 09:00"),
        (every_month_on_the(-1, 4), {}, "every last Friday at 09:00"),
        (every_month_on(-1), {"at": time(17, 30)}, "on the last day of every month at 17:30"),
        (every_month_on(22), {}, "on the 22nd of every month at 09:00"),
        (every_month_on(12), {}, "on the 12th of every month at 09:00"),
        (every_year_on(2, 29), {}, "every year on 29 February at 09:00"),
        (read_rule("FREQ=WEEKLY"), {}, "every Wednesday at 09:00"),
        (read_rule("FREQ=MONTHLY;INTERVAL=2"), {}, "on the 28th of every 2 months at 09:00"),
        (read_rule("FREQ=YEARLY"), {}, "every year on 28 January at 09:00"),
        (read_rule("FREQ=DAILY;BYHOUR=13,9"), {}, "every day at 09:00 and 13:00"),
        (read_rule("FREQ=DAILY;COUNT=3"), {}, "every day at 09:00, 3 times"),
        (read_rule("FREQ=DAILY;UNTIL=20271231"), {}, "every day at 09:00, until 31 December 2027"),
        (
            every_month_on(1),
            {"on_closed": OnClosedDays.DAY_BEFORE},
            "on the 1st of every month at 09:00, on the open day before where that is closed",
        ),
        (
            read_rule("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"),
            {},
            "by the rule FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1 at 09:00",
        ),
    ],
)
def test_is_said_as_people_say_it(rule, settings, words):
    assert in_words(Recurrence(rule, date(2026, 1, 28), **settings)) == words


@given(recurrences())
def test_every_rule_has_words(drawn):
    words = in_words(drawn[0])
    assert words
    assert "  " not in words
