"""When Harbour Street asks, and when it gets its answer. Wall clock of Europe/Berlin throughout."""

from __future__ import annotations

from datetime import date

import numpy as np
import numpy.typing as npt

from remit_engine.moments import in_zone

ZONE = "Europe/Berlin"
FIRST_DAY = date(2025, 9, 1)
LAST_DAY = date(2026, 10, 31)
TIME_OUT = np.timedelta64(72 * 60, "m")

Moments = npt.NDArray[np.datetime64]

_OPEN, _LAST_ORDER = 11 * 60, 22 * 60 + 45
_LUNCH_SHARE = 0.35
_BACK_IN_THE_OFFICE = 9 * 60
_SATURDAY = 5
_WEEKDAY = np.array([0.7, 0.8, 0.9, 1.0, 1.4, 1.5, 1.1])
_BUSY_MONTHS = (6, 7, 8, 12)


def asked(rng: np.random.Generator, rows: int, since: date | None, volume: float) -> Moments:
    """Moments of asking inside opening hours: lunch and dinner, busy weekends, busy seasons.

    From `since` on there are `volume` times as many a day.
    """
    days = np.arange(np.datetime64(FIRST_DAY), np.datetime64(LAST_DAY) + np.timedelta64(1, "D"))
    weight = _WEEKDAY[_weekday(days)] * np.where(np.isin(_month(days), _BUSY_MONTHS), 1.35, 1.0)
    weight *= rng.lognormal(0.0, 0.2, len(days))
    if since is not None:
        weight[days >= np.datetime64(since)] *= volume
    day = rng.choice(days, size=rows, p=weight / weight.sum())
    return within_opening_hours(rng, day)


def within_opening_hours(rng: np.random.Generator, day: Moments) -> Moments:
    """A moment of asking on each of the days."""
    lunch = rng.random(len(day)) < _LUNCH_SHARE
    minute = np.where(lunch, rng.normal(13 * 60, 50, len(day)), rng.normal(19.5 * 60, 80, len(day)))
    return _at(day, minute.clip(_OPEN, _LAST_ORDER))


def answered(rng: np.random.Generator, asked_at: Moments) -> Moments:
    """Moments of answering: log-normal waits, longer at weekends, never at night, all before the time-out."""
    weekend = _weekday(asked_at.astype("datetime64[D]")) >= _SATURDAY
    hours = rng.lognormal(np.log(np.where(weekend, 6.0, 3.2)), 0.9).clip(0.05, 58.0)
    answer = asked_at + (hours * 60).astype("timedelta64[m]")
    day = answer.astype("datetime64[D]")
    asleep = answer - day < np.timedelta64(_BACK_IN_THE_OFFICE, "m")
    next_morning = _at(day, _BACK_IN_THE_OFFICE + rng.exponential(35.0, len(day)).clip(0, 150))
    return np.where(asleep, next_morning, answer)


def timed_out(asked_at: Moments) -> Moments:
    """72 hours after asking; an hour off on the wall clock where the clocks change in between."""
    # Clocks change at night, when nobody asks: the offset at noon is the offset of every question that day.
    noon = _at(asked_at.astype("datetime64[D]"), np.full(len(asked_at), 12 * 60.0))
    utc = asked_at + (noon - in_zone(noon, ZONE))
    return in_zone((utc + TIME_OUT).astype("datetime64[s]"), ZONE).astype("datetime64[m]")


def _at(day: Moments, minute: npt.NDArray[np.float64]) -> Moments:
    moment: Moments = day.astype("datetime64[m]") + minute.astype(np.int64).astype("timedelta64[m]")
    return moment


def _weekday(day: Moments) -> npt.NDArray[np.int64]:
    """Monday is 0; 1970-01-01 was a Thursday."""
    weekday: npt.NDArray[np.int64] = (day.astype(np.int64) + 3) % 7
    return weekday


def _month(day: Moments) -> npt.NDArray[np.int64]:
    month: npt.NDArray[np.int64] = day.astype("datetime64[M]").astype(np.int64) % 12 + 1
    return month
