"""Time between two moments, by the calendar and in working hours."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

Moments = npt.NDArray[np.datetime64]
Floats = npt.NDArray[np.float64]

Week = Sequence[Sequence[Sequence[int]]]
"""For each weekday, Monday first, stretches in minutes after midnight."""

_HOUR = np.timedelta64(3600, "s")
_DAY_MINUTES = 1440
_A_MONDAY = np.datetime64("1970-01-05T00:00:00", "s")


def hours_between(start: Moments, end: Moments) -> Floats:
    """Calendar hours from `start` to `end` (datetime64[s]); NaN where one of them is NaT."""
    hours: Floats = (end - start) / _HOUR
    return hours


def working_hours_between(
    start: Moments, end: Moments, *, days: AbstractSet[int], hours: tuple[float, float], zone: str | None
) -> Floats:
    """Hours from `start` to `end` that fall into working time.

    Args:
        start: datetime64[s]; UTC when `zone` is given, else wall clock. NaT gives NaN.
        end: the same.
        days: weekdays that are worked, Monday is 0. Public holidays are not known and count as days.
        hours: first and last hour of the working day, after midnight.
        zone: IANA name of the zone in whose wall clock the working day lies.

    Returns:
        float64 hours, one per pair.
    """
    known = ~(np.isnat(start) | np.isnat(end))
    result = np.full(len(start), np.nan)
    opened = _worked_since_epoch(in_zone(start[known], zone), days, hours)
    closed = _worked_since_epoch(in_zone(end[known], zone), days, hours)
    result[known] = closed - opened
    return result


def open_hours_between(start: Moments, end: Moments, *, week: Week, zone: str | None) -> Floats:
    """Hours from `start` to `end` that fall into the opening hours of a week.

    Args:
        start: datetime64[s]; UTC when `zone` is given, else wall clock. NaT gives NaN.
        end: the same.
        week: for each weekday, Monday first, stretches in minutes after midnight; they may go on past the
            next midnight, and those of Sunday into Monday.
        zone: IANA name of the zone in whose wall clock the week lies.

    Returns:
        float64 hours, one per pair.
    """
    known = ~(np.isnat(start) | np.isnat(end))
    result = np.full(len(start), np.nan)
    opened = _open_since_epoch(in_zone(start[known], zone), week)
    closed = _open_since_epoch(in_zone(end[known], zone), week)
    result[known] = closed - opened
    return result


def _open_since_epoch(moments: Moments, week: Week) -> Floats:
    """Open hours from a Monday in 1970 to each wall-clock moment; differences are what counts."""
    is_open = np.zeros(7 * _DAY_MINUTES, dtype=np.bool_)
    for day, stretches in enumerate(week):
        for first, last in stretches:
            minutes_open = np.arange(first, last) + day * _DAY_MINUTES
            is_open[minutes_open % len(is_open)] = True
    before = np.concatenate([[0], np.cumsum(is_open)])
    seconds = (moments - _A_MONDAY).astype("timedelta64[s]").astype(np.int64)
    weeks, of_week = np.divmod(seconds, 7 * _DAY_MINUTES * 60)
    minute, rest = np.divmod(of_week, 60)
    minutes = weeks * int(before[-1]) + before[minute] + is_open[minute] * (rest / 60)
    return np.asarray(minutes / 60, np.float64)


def _worked_since_epoch(moments: Moments, days: AbstractSet[int], hours: tuple[float, float]) -> Floats:
    """Working hours from 1970 to each wall-clock moment; differences are what counts."""
    day = moments.astype("datetime64[D]")
    weekmask = [weekday in days for weekday in range(7)]
    first, last = hours
    if not any(weekmask):
        return np.zeros(len(moments))
    whole = np.busday_count(np.datetime64("1970-01-01"), day, weekmask=weekmask) * (last - first)
    of_day = ((moments - day) / _HOUR).clip(first, last) - first
    return np.asarray(whole + np.where(np.is_busday(day, weekmask=weekmask), of_day, 0.0), np.float64)


def in_zone(moments: Moments, zone: str | None) -> Moments:
    """UTC moments as the wall clock of a zone; unchanged without a zone.

    Offsets are looked up once per distinct quarter of an hour: no zone changes its clock inside one.
    """
    if zone is None or not len(moments):
        return moments
    quarters, place = np.unique(moments.astype("datetime64[15m]"), return_inverse=True)
    place_zone = ZoneInfo(zone)
    seconds = [_offset(quarter, place_zone) for quarter in quarters.astype("datetime64[s]").astype(np.int64)]
    shifted: Moments = moments + np.asarray(seconds, dtype="timedelta64[s]")[place]
    return shifted


def _offset(seconds: int, zone: ZoneInfo) -> int:
    offset = datetime.fromtimestamp(int(seconds), tz=UTC).astimezone(zone).utcoffset()
    return int(offset.total_seconds()) if offset else 0
