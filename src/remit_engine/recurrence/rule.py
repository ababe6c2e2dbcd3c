"""A rule of RFC 5545 as a value: which days, and at which times, from a first day on.

Days are found by python-dateutil. It looks for the next one up to the year 9999, which takes ten seconds for
a rule that never comes (30 February); so it is asked in a year near that end, where the calendar is the same:
it repeats itself every 400 years, weekdays included.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Final, Literal

from dateutil import rrule

WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FREQUENCIES: Final[dict[str, Literal[0, 1, 2, 3]]] = {
    "DAILY": rrule.DAILY,
    "WEEKLY": rrule.WEEKLY,
    "MONTHLY": rrule.MONTHLY,
    "YEARLY": rrule.YEARLY,
}
LONGEST_LOOK: Final = 40
"""Years after which a rule is taken to come no more: 29 February on a Monday may let 40 pass."""

_CYCLE: Final = 400
_LAST_YEAR: Final = 9999
_MOST_IN_A_MONTH: Final = 5
_MOST_IN_A_YEAR: Final = 53


@dataclass(frozen=True, slots=True)
class Rule:
    """What an RRULE says.

    Attributes:
        frequency: a key of `FREQUENCIES`.
        interval: every so many days, weeks, months or years; at least 1.
        count: how often at most; None for no end.
        until: the last day on which it may come; None for no end.
        months: 1 to 12.
        month_days: 1 to 31, or from the end of the month: -1 is its last day.
        weekdays: pairs of a number and a weekday (Monday is 0): (1, 0) is the first Monday, (-1, 4) the last
            Friday, (0, 4) every Friday.
        weeks: of the year as ISO 8601 counts them, 1 to 53, or from its end.
        year_days: 1 to 366, or from the end of the year.
        places: of all that a period has only these, 1 is the first, -1 the last.
        hours, minutes: of the day, in place of the time that is asked for.
        week_start: weekday with which a week begins, for every second week.
    """

    frequency: str
    interval: int = 1
    count: int | None = None
    until: date | None = None
    months: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    weekdays: tuple[tuple[int, int], ...] = ()
    weeks: tuple[int, ...] = ()
    year_days: tuple[int, ...] = ()
    places: tuple[int, ...] = ()
    hours: tuple[int, ...] = ()
    minutes: tuple[int, ...] = ()
    week_start: int = 0

    @property
    def text(self) -> str:
        """As it stands after `RRULE:`, its parts in one order and nothing that goes without saying."""
        days = ",".join(f"{number or ''}{WEEKDAYS[day]}" for number, day in self.weekdays)
        parts = {
            "FREQ": self.frequency,
            "INTERVAL": str(self.interval) if self.interval > 1 else "",
            "COUNT": str(self.count or ""),
            "UNTIL": f"{self.until:%Y%m%d}" if self.until else "",
            "BYMONTH": _listed(self.months),
            "BYWEEKNO": _listed(self.weeks),
            "BYYEARDAY": _listed(self.year_days),
            "BYMONTHDAY": _listed(self.month_days),
            "BYDAY": days,
            "BYHOUR": _listed(self.hours),
            "BYMINUTE": _listed(self.minutes),
            "BYSETPOS": _listed(self.places),
            "WKST": WEEKDAYS[self.week_start] if self.week_start else "",
        }
        return ";".join(f"{name}={value}" for name, value in parts.items() if value)

    def times(self, start: date, at: time) -> Iterator[datetime]:
        """When it comes, on a wall clock without clock changes: in order, for `LONGEST_LOOK` years.

        Args:
            start: the first day on which it may come; where the rule leaves it open, its weekday, day of the
                month or day of the year is meant.
            at: the time of day, where the rule has none of its own.
        """
        if self.frequency == "DAILY" and self.places and not self._has_places_in_a_day():
            return
        last = _years_later(start, LONGEST_LOOK)
        if self.until is not None:
            last = min(last, self.until)
        found = islice(self._from(start, at), self.count)
        for moment in found:
            if moment.date() > last:
                return
            yield moment

    def _from(self, start: date, at: time) -> Iterator[datetime]:
        years = (_LAST_YEAR - LONGEST_LOOK - 1 - start.year) // _CYCLE * _CYCLE
        try:
            for moment in self._asked(start.replace(year=start.year + years), at):
                there = moment.replace(year=moment.year - years)
                if there.date() >= start:
                    yield there
        except (OverflowError, ValueError):
            return  # the end of the last year, in the middle of a week

    def _asked(self, start: date, at: time) -> Iterator[datetime]:
        weekdays = self.weekdays
        if self.frequency == "WEEKLY":
            # The whole week of the start, so that the first of a week is counted from its beginning.
            weekdays = weekdays or ((0, start.weekday()),)
            start -= timedelta(days=(start.weekday() - self.week_start) % 7)
        if any(number for number, _ in weekdays):
            # dateutil takes a day that is a Friday *and* the first Monday, where both are named.
            weekdays = tuple(pair for each in weekdays for pair in self._numbered(each))
        frequency = self.frequency
        if self._names_days_of_a_year():
            # The same days, looked for in a twelfth of the time: by the year, and not day by day.
            frequency = "YEARLY"
        found = rrule.rrule(
            FREQUENCIES[frequency],
            dtstart=datetime.combine(start, time()),
            interval=self.interval,
            wkst=self.week_start,
            bymonth=self.months or None,
            bymonthday=self.month_days or None,
            byweekday=[rrule.weekday(day, number or None) for number, day in weekdays] or None,
            byweekno=self.weeks or None,
            byyearday=self.year_days or None,
            bysetpos=self.places or None,
            byhour=self.hours or at.hour,
            byminute=self.minutes or at.minute,
            bysecond=0,
        )
        return iter(found)

    def _has_places_in_a_day(self) -> bool:
        """Whether a day has so many times that one of the places is there."""
        times = (len(self.hours) or 1) * (len(self.minutes) or 1)
        return any(abs(each) <= times for each in self.places)

    def _names_days_of_a_year(self) -> bool:
        """Whether a rule for days says which ones of a month or week, and takes every one of these."""
        every = self.frequency == "DAILY" and self.interval == 1 and not self.places
        return every and bool(self.month_days or self.weekdays)

    def _numbered(self, pair: tuple[int, int]) -> list[tuple[int, int]]:
        """A weekday with its number, or with every one that it may have in a month or a year."""
        number, day = pair
        most = _MOST_IN_A_MONTH if self.frequency == "MONTHLY" or self.months else _MOST_IN_A_YEAR
        return [pair] if number else [(each, day) for each in range(1, most + 1)]


def _listed(numbers: tuple[int, ...]) -> str:
    return ",".join(map(str, numbers))


def _years_later(day: date, years: int) -> date:
    return date(min(day.year + years, _LAST_YEAR), 12, 31)
