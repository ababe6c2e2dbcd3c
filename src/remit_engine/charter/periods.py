"""The periods of allowances: which days belong together, and when they begin and end in a time zone.

Calendar periods follow the wall clock of the team: a day may last 23 or 25 hours, a week starts on Monday
(ISO 8601). Rolling windows are whole days, so that they can be kept in buckets of a day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from remit_engine.charter.frozen import Frozen

MOST_ROLLING_DAYS = 3660
"""Longest rolling window, in days."""


class Span(StrEnum):
    """The form of a period."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    ROLLING = "rolling"
    EVER = "ever"


@dataclass(frozen=True, slots=True)
class Period(Frozen):
    """Over which time an allowance adds up.

    Attributes:
        span: day, week, month, rolling or ever.
        days: length of a rolling window, today included; 0 for the others.
    """

    span: Span
    days: int = 0

    @property
    def words(self) -> str:
        """As the charter writes it: `week`, `rolling 30 days`."""
        return f"rolling {self.days} days" if self.span is Span.ROLLING else self.span.value

    def days_around(self, day: date) -> tuple[date, date]:
        """First and last day of the period in which something given on `day` is judged, both included.

        A rolling window ends on the day itself: what comes later is not known yet.
        """
        if self.span is Span.DAY:
            return day, day
        if self.span is Span.WEEK:
            return _shifted(day, -day.weekday()), _shifted(day, 6 - day.weekday())
        if self.span is Span.MONTH:
            following = date(day.year + day.month // 12, day.month % 12 + 1, 1) if day < _LAST_MONTH else None
            return day.replace(day=1), following - timedelta(days=1) if following else date.max
        if self.span is Span.ROLLING:
            return _shifted(day, 1 - self.days), day
        return date.min, date.max

    def covers(self, given: date, day: date) -> bool:
        """Whether what was given on one day counts for a request on another."""
        first, last = self.days_around(day)
        return first <= given <= last


_LAST_MONTH = date(date.max.year, 12, 1)


def _shifted(day: date, days: int) -> date:
    """Days later, held inside the calendar."""
    number = min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal())
    return date.fromordinal(number)


def day_of(moment: datetime, zone: str) -> date:
    """The day of a moment (with its offset) on the wall clock of a zone (IANA name)."""
    return moment.astimezone(ZoneInfo(zone)).date()


def start_of(day: date, zone: str) -> datetime:
    """The first moment (UTC) of a day on the wall clock of a zone.

    Where the clock jumps over midnight the day starts when the jump ends; where midnight comes twice, it
    starts with the first.
    """
    local = datetime.combine(day, time.min, tzinfo=ZoneInfo(zone))
    instant = local.astimezone(UTC)
    back = instant.astimezone(ZoneInfo(zone))
    if back.date() < day or back.time() != time.min:
        # Midnight does not exist: inside the gap both readings of it are beside the jump; look for its end.
        return _end_of_gap(day, zone, instant)
    return instant


def _end_of_gap(day: date, zone: str, near: datetime) -> datetime:
    low, high = near - timedelta(hours=26), near + timedelta(hours=26)
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        low, high = (middle, high) if day_of(middle, zone) < day else (low, middle)
    return high.replace(microsecond=0)


def bounds(period: Period, moment: datetime, zone: str) -> tuple[datetime | None, datetime | None]:
    """When the period of a moment begins and ends (UTC, the end excluded); None for ever.

    Args:
        period: day, week, month, rolling or ever.
        moment: with its offset.
        zone: IANA name of the team's time zone.
    """
    if period.span is Span.EVER:
        return None, None
    first, last = period.days_around(day_of(moment, zone))
    return start_of(first, zone), start_of(_shifted(last, 1), zone)
