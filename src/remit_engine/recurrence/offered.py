"""The rules that a screen offers; whatever else is typed as RFC 5545 writes it."""

from __future__ import annotations

from collections.abc import Iterable

from remit_engine.recurrence.rule import Rule


def every_day(interval: int = 1) -> Rule:
    """Every day, or every so many days."""
    return Rule("DAILY", interval=interval)


def every_week(weekdays: Iterable[int], interval: int = 1) -> Rule:
    """On these days of every week, or of every second one; Monday is 0."""
    return Rule("WEEKLY", interval=interval, weekdays=tuple((0, day) for day in sorted(weekdays)))


def every_month_on(day: int) -> Rule:
    """On a day of every month; -1 is its last one. A month that doesn't have it is left out."""
    return Rule("MONTHLY", month_days=(day,))


def every_month_on_the(number: int, weekday: int) -> Rule:
    """On the first Monday (1, 0) of every month, or its last Friday (-1, 4)."""
    return Rule("MONTHLY", weekdays=((number, weekday),))


def every_year_on(month: int, day: int) -> Rule:
    """On a day of every year; 29 February comes in leap years alone."""
    return Rule("YEARLY", months=(month,), month_days=(day,))
