"""When work comes back, as people say it: `every first Monday at 09:00`."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from datetime import date, time
from typing import Final

from remit_engine.recurrence.recurrence import Anchor, OnClosedDays, Recurrence
from remit_engine.recurrence.rule import Rule

_FIRST_NUMBERS: Final = {
    1: "first",
    2: "second",
    3: "third",
    4: "fourth",
    5: "fifth",
    -1: "last",
    -2: "second last",
}
_WORKDAYS: Final = (0, 1, 2, 3, 4)
_WEEKEND: Final = (5, 6)
_TEENS: Final = range(11, 14)


def in_words(recurrence: Recurrence) -> str:
    """A sentence's worth of words, without a capital and without a full stop.

    A rule that no screen offers is said as it was typed.
    """
    rule = recurrence.rule
    days = _days(rule, recurrence.start) or f"by the rule {rule.text}"
    if isinstance(recurrence.at, Anchor):
        when = f"at every {recurrence.at}" if days == "every day" else f"{days}, at {recurrence.at}"
    else:
        when = f"{days} at {_times(rule, recurrence.at)}"
    return when + _end(rule) + _ON_CLOSED[recurrence.on_closed]


_ON_CLOSED: Final = {
    OnClosedDays.COMES: "",
    OnClosedDays.IS_LEFT_OUT: ", not on closed days",
    OnClosedDays.DAY_BEFORE: ", on the open day before where that is closed",
    OnClosedDays.DAY_AFTER: ", on the next open day where that is closed",
}


def _days(rule: Rule, start: date) -> str:
    """Which days; "" where there are no plain words for it."""
    if rule.weeks or rule.year_days or rule.places:
        return ""
    match rule.frequency:
        case "DAILY" if not (rule.months or rule.month_days or rule.weekdays):
            return _every(rule.interval, "day")
        case "WEEKLY" if not rule.months:
            return _of_weeks(rule, start)
        case "MONTHLY" if not rule.months:
            return _of_months(rule, start)
        case "YEARLY" if not rule.weekdays and len(rule.months) <= 1 and len(rule.month_days) <= 1:
            return _of_years(rule, start)
        case _:
            return ""


def _of_weeks(rule: Rule, start: date) -> str:
    days = tuple(sorted(day for _, day in rule.weekdays)) or (start.weekday(),)
    named = {_WORKDAYS: "Monday to Friday", _WEEKEND: "Saturday and Sunday", tuple(range(7)): "day"}
    words = named.get(days) or _and(calendar.day_name[day] for day in days)
    if rule.interval == 1:
        return words if days == _WORKDAYS else f"every {words}"
    return f"{_every(rule.interval, 'week')} on {'all days' if len(days) == 7 else words}"  # noqa: PLR2004


def _of_months(rule: Rule, start: date) -> str:
    months = _every(rule.interval, "month")
    if rule.weekdays and rule.month_days:
        return ""
    if rule.weekdays:
        if any(number not in _FIRST_NUMBERS for number, _ in rule.weekdays):
            return ""
        named = _and(f"{_FIRST_NUMBERS[number]} {calendar.day_name[day]}" for number, day in rule.weekdays)
        return f"every {named}" if rule.interval == 1 else f"{months} on the {named}"
    return f"on the {_and(_of_month(day) for day in rule.month_days or (start.day,))} of {months}"


def _of_years(rule: Rule, start: date) -> str:
    if (rule.month_days and rule.month_days[0] < 1) or (rule.month_days and not rule.months):
        return ""
    month = rule.months[0] if rule.months else start.month
    day = rule.month_days[0] if rule.month_days else start.day
    return f"{_every(rule.interval, 'year')} on {day} {calendar.month_name[month]}"


def _times(rule: Rule, at: time) -> str:
    times = sorted(
        time(hour, minute) for hour in rule.hours or (at.hour,) for minute in rule.minutes or (at.minute,)
    )
    return _and(f"{each:%H:%M}" for each in times)


def _end(rule: Rule) -> str:
    if rule.until:
        return f", until {rule.until.day} {rule.until:%B %Y}"
    if rule.count:
        return ", once" if rule.count == 1 else f", {rule.count} times"
    return ""


def _every(interval: int, what: str) -> str:
    return f"every {what}" if interval == 1 else f"every {interval} {what}s"


def _of_month(day: int) -> str:
    if day < 0:
        return "last day" if day == -1 else f"{_ordinal(-day)} last day"
    return _ordinal(day)


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in _TEENS else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _and(words: Iterable[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last
