"""When complaints come in: a restaurant's day, its week, its seasons, and one week of storm."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import accumulate
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

_HOURS: Final = (2, 1, 0, 0, 0, 0, 0, 0, 1, 1, 2, 6, 13, 12, 6, 3, 3, 6, 12, 19, 20, 13, 8, 4)
"""How many complaints come in at each hour of the day: lunch and dinner."""
_WEEKDAYS: Final = (0.75, 0.8, 0.9, 1.0, 1.55, 1.3, 1.0)
_MONTHS: Final = (0.95, 0.95, 0.95, 1.0, 1.0, 0.9, 0.85, 0.85, 1.0, 1.0, 1.1, 1.35)
_STORM_DAYS: Final = range(74, 81)
"""Days before the end on which it stormed."""
_STORM: Final = 2.6
_FRIDAY, _EVENING = 4, range(18, 23)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A complaint comes in.

    Attributes:
        is_storm: whether it storms.
    """

    at: datetime
    is_storm: bool


def arrivals(rng: Random, zone: str, begin: datetime, end: datetime, number: int) -> list[Arrival]:
    """So many moments between two, as they are likely, oldest first."""
    hours = list(_hours(zone, begin, end))
    if not hours:
        return []
    totals = list(accumulate(weight for _, weight, _ in hours))
    drawn = rng.choices(hours, cum_weights=totals, k=number)
    found = (
        Arrival(begins + timedelta(seconds=rng.randrange(3600)), is_storm) for begins, _, is_storm in drawn
    )
    return sorted((each for each in found if begin <= each.at <= end), key=lambda each: each.at)


def _hours(zone: str, begin: datetime, end: datetime) -> Iterator[tuple[datetime, float, bool]]:
    """Every hour between two moments, how likely it is, and whether it storms."""
    place = ZoneInfo(zone)
    last = end.astimezone(place).date()
    for ago in range((end - begin).days + 1, -1, -1):
        day = last - timedelta(days=ago)
        is_storm = ago in _STORM_DAYS
        of_day = _WEEKDAYS[day.weekday()] * _MONTHS[day.month - 1] * (_STORM if is_storm else 1.0)
        for hour, weight in enumerate(_HOURS):
            rush = 1.4 if day.weekday() == _FRIDAY and hour in _EVENING else 1.0
            begins = datetime.combine(day, time(hour), tzinfo=place).astimezone(ZoneInfo("UTC"))
            yield begins, of_day * weight * rush, is_storm
