"""Minutes on one line, and what they are called on the wall clock of a place.

All of planning counts whole minutes that really pass, from one moment on. So a task of two hours lasts two
hours and eleven hours of rest are eleven hours, also in the night in which the clocks change. Only words and
days ask the wall clock, and only here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from remit_engine.errors import InputError

_MINUTE: Final = timedelta(minutes=1)
_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS: Final = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
DAY_BEGINS: Final = 4 * 60
"""A day of work begins at four in the morning: who works until two at night, works on the evening before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The line of minutes of an event.

    Attributes:
        origin: the moment of minute 0, aware; whatever stands before it has negative minutes.
        zone: IANA name of the zone on whose wall clock days begin and times are said.
        day_begins: minutes after midnight at which a day of work begins, from 0 to 719.
    """

    origin: datetime
    zone: str
    day_begins: int = DAY_BEGINS

    def __post_init__(self) -> None:
        if self.origin.tzinfo is None:
            raise InputError(
                "moment-without-zone",
                f"The origin {self.origin.isoformat()} doesn't say in which time zone it is.",
                "Give an aware moment, such as datetime(…, tzinfo=ZoneInfo('Europe/Berlin')).",
            )
        if not 0 <= self.day_begins < 12 * 60:
            raise InputError(
                "day-begins",
                f"A day of work can't begin {self.day_begins} minutes after midnight.",
                "Choose from 0 (midnight) to 719 (a minute before noon).",
            )

    def minute(self, moment: datetime) -> int:
        """The minute of an aware moment; seconds are left out.

        Raises:
            InputError: the moment doesn't say in which zone it is.
        """
        if moment.tzinfo is None:
            raise InputError(
                "moment-without-zone",
                f"The moment {moment.isoformat()} doesn't say in which time zone it is.",
                "Give an aware one, such as timeline.local(date, hour, minute).",
            )
        return (moment.astimezone(UTC) - self.origin.astimezone(UTC)) // _MINUTE

    def on(self, day: date, hour: int, minute: int = 0) -> int:
        """The minute at which the wall clock shows this; hours above 23 lie on the days after.

        Of an hour that comes twice the first one is taken; one that is left out counts as an hour later.
        """
        later, hour = divmod(hour, 24)
        local = datetime.combine(day + timedelta(days=later), time(hour, minute), tzinfo=ZoneInfo(self.zone))
        return self.minute(local)

    def moment(self, minute: int) -> datetime:
        """The moment of a minute, on the wall clock of the place."""
        return (self.origin.astimezone(UTC) + minute * _MINUTE).astimezone(ZoneInfo(self.zone))

    def day(self, minute: int) -> date:
        """The day of work that a minute belongs to."""
        return _day(self, minute)

    def bounds(self, day: date) -> tuple[int, int]:
        """First minute of a day of work, and the first one after it: 23 to 25 hours."""
        following = day + timedelta(days=1)
        return self.on(day, *divmod(self.day_begins, 60)), self.on(following, *divmod(self.day_begins, 60))

    def clock(self, minute: int) -> str:
        """What the wall clock shows, such as `18:00`."""
        return self.moment(minute).strftime("%H:%M")

    def day_in_words(self, minute: int) -> str:
        """The day of work of a minute, such as `Saturday 5 June`."""
        day = self.day(minute)
        return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"


@lru_cache(maxsize=100_000)
def _day(timeline: Timeline, minute: int) -> date:
    """Asked for each task and person again and again, while a zone takes its time."""
    return (timeline.moment(minute) - timedelta(minutes=timeline.day_begins)).date()
