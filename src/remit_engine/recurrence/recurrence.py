"""When work comes back: a rule, at a time or with the opening of a team, and what happens on closed days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import groupby
from typing import Final

from remit_engine.recurrence.calendar import Calendar
from remit_engine.recurrence.rule import Rule

_LONGEST_MOVE: Final = 31
"""Days. A team that is closed for longer has its reasons: what would have come then doesn't come."""
_REACH: Final = timedelta(days=_LONGEST_MOVE + 2)
"""How far before a moment a day of the rule may lie that leads to it: moved, and then late at night."""


class Anchor(StrEnum):
    """A time that moves with the opening hours of a team."""

    OPENING = "opening"
    CLOSING = "closing"


class OnClosedDays(StrEnum):
    """What happens to work that falls on a day on which the team is closed."""

    COMES = "comes"
    IS_LEFT_OUT = "left-out"
    DAY_BEFORE = "day-before"
    DAY_AFTER = "day-after"


@dataclass(frozen=True, slots=True)
class Recurrence:
    """When work comes back.

    Attributes:
        rule: on which days.
        start: the first day on which it may come.
        at: a time on the wall clock, or with the opening: then each time that the team opens, or closes, on
            such a day, and never on a day on which it doesn't.
        on_closed: what happens on closed days; a day before the start never comes of it. Where two days
            become the same one, it comes once.
    """

    rule: Rule
    start: date
    at: time | Anchor = time(9)
    on_closed: OnClosedDays = OnClosedDays.COMES

    def next_after(self, moment: datetime, calendar: Calendar) -> datetime | None:
        """The first time that it comes after a moment, in UTC; None when it comes no more.

        Args:
            moment: aware.
            calendar: of the team.
        """
        first = calendar.day_of(moment) - _REACH
        return next((each for each in self._moments(first, calendar) if each > moment), None)

    def between(self, after: datetime, until: datetime, calendar: Calendar) -> Iterator[datetime]:
        """Every time that it comes after a moment and not after another one, in order and in UTC.

        Args:
            after: aware.
            until: aware.
            calendar: of the team.
        """
        for each in self._moments(calendar.day_of(after) - _REACH, calendar):
            if each > until:
                return
            if each > after:
                yield each

    def _moments(self, first: date, calendar: Calendar) -> Iterator[datetime]:
        """All of them from about a day on. What a late night put behind the next morning is put in order."""
        waiting: set[datetime] = set()
        for day, minutes in self._days(first, calendar):
            begin = calendar.moment(day, 0)
            yield from sorted(each for each in waiting if each < begin)
            waiting = {each for each in waiting if each >= begin}
            waiting |= {calendar.moment(day, each) for each in minutes}
        yield from sorted(waiting)

    def _days(self, first: date, calendar: Calendar) -> Iterator[tuple[date, list[int]]]:
        """Days on which it comes, in order, with minutes after midnight; one may be there twice."""
        at = time() if isinstance(self.at, Anchor) else self.at
        last = calendar.last_opening() if isinstance(self.at, Anchor) else date.max
        for day, moments in groupby(self.rule.times(self.start, at), datetime.date):
            if day < first:
                continue
            if day > last:
                return
            there = self._there(day, calendar)
            if there is not None:
                yield there, self._minutes(there, [each.time() for each in moments], calendar)

    def _minutes(self, day: date, times: list[time], calendar: Calendar) -> list[int]:
        match self.at:
            case Anchor.OPENING:
                return calendar.openings(day)
            case Anchor.CLOSING:
                return calendar.closings(day)
            case _:
                return [each.hour * 60 + each.minute for each in times]

    def _there(self, day: date, calendar: Calendar) -> date | None:
        """The day on which it comes for a day of the rule; None where it doesn't."""
        if calendar.is_open(day) or self.on_closed is OnClosedDays.COMES:
            return day
        if self.on_closed is OnClosedDays.IS_LEFT_OUT:
            return None
        step = -1 if self.on_closed is OnClosedDays.DAY_BEFORE else 1
        near = (day + timedelta(days=step * each) for each in range(1, _LONGEST_MOVE + 1))
        found = next((each for each in near if calendar.is_open(each)), None)
        return found if found is not None and found >= self.start else None
