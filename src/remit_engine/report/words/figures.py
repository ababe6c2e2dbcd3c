"""Numbers for people: rounded so that a bound never sounds better than it is."""

from __future__ import annotations

import math
from datetime import date
from fractions import Fraction

from remit_engine.evidence.letgo.values import Interval
from remit_engine.money import decimals, written


def count(number: float) -> str:
    """A number of things: `1,284`."""
    return f"{number:,.0f}"


def things(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: `1 request`, `1,284 requests`."""
    return f"{count(number)} {one if number == 1 else many or one + 's'}"


def share(fraction: float) -> str:
    """An observed share: `9.4 %`; never `0 %` for something, never `100 %` for not quite everything."""
    percent = fraction * 100
    if 0 < percent < 0.05:
        return "less than 0.1 %"
    if 99.5 <= percent < 100:
        return f"{math.floor(percent * 10) / 10:.1f} %"
    return f"{percent:.1f} %" if 0 < percent < 10 else f"{percent:.0f} %"


def bound(fraction: float) -> str:
    """An upper bound of a share, always rounded up: `2.5 %`."""
    percent = min(fraction, 1.0) * 100
    places = 1 if percent >= 0.5 else 2 if percent >= 0.005 else 3
    places = 0 if percent >= 10 else places
    up = math.ceil(percent * 10**places - 1e-6) / 10**places
    return f"{up:.{places}f} %"


def setting(fraction: float) -> str:
    """A share that somebody chose, exactly: `3 %`, `2.5 %`."""
    return f"{round(fraction * 100, 6):g} %"


def in_hundred(fraction: float) -> str:
    """A chosen share in whole numbers: `3 in 100`, `5 in 1,000`."""
    of = 100
    while of < 10**6 and abs(fraction * of - round(fraction * of)) > 1e-6:
        of *= 10
    return f"{count(round(fraction * of))} in {count(of)}"


def times_in(confidence: float) -> str:
    """A confidence in whole numbers: `19 times in 20`."""
    part = Fraction(str(round(confidence, 6)))
    return f"{things(part.numerator, 'time')} in {count(part.denominator)}"


def hours(number: float) -> str:
    """Hours: `48 min`, `3.4 h`, `1,371 h`."""
    if number == 0:
        return "0 h"
    if number < 1:
        minutes = round(number * 60)
        return f"{minutes} min" if minutes else "under a minute"
    return f"{number:.1f} h" if number < 100 else f"{number:,.0f} h"


def few(number: float) -> str:
    """A small average: `7.3`, `0.4`, `12`."""
    return f"{number:,.1f}" if number < 10 else count(number)


def between(interval: Interval) -> str:
    """An interval of counts, rounded outwards: `145 to 225`."""
    return f"{count(math.floor(interval.low))} to {count(math.ceil(interval.high))}"


def money_between(interval: Interval, currency: str) -> str:
    """An interval of amounts (minor units), rounded outwards to whole units: `EUR 92 to EUR 1,202`."""
    unit = 10 ** decimals(currency)
    low = math.floor(interval.low / unit) * unit
    high = math.ceil(interval.high / unit) * unit
    return f"{written(low, currency)} to {written(high, currency)}"


def day(when: date) -> str:
    """A day: `3 May 2026`."""
    return f"{when.day} {when:%B %Y}"
