"""What can be typed after an option, and what it means. A value that can't be meant is a usage error."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final
from zoneinfo import available_timezones

import click

_NUMBER: Final = re.compile(r"(\d+(?:[.,]\d+)?|[.,]\d+)\s*(%?)")
_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_HOURS: Final = re.compile(
    r"(?P<days>\D+?)\s+(?P<first>\d{1,2}(?::\d\d)?)\s*[-–]\s*(?P<last>\d{1,2}(?::\d\d)?)"
)
_CURRENCY: Final = re.compile(r"[A-Za-z]{3}")
_MIDNIGHT: Final = 24.0
_MINUTES: Final = 60


class Percent(click.ParamType[float]):
    """A share, typed as `3%`, `3 %` or `0.03`.

    Args:
        low, high: the range, as fractions.
        low_included: whether `low` itself may be meant; `high` may exactly if `low` may not.
    """

    name = "percent"

    def __init__(self, low: float, high: float, *, low_included: bool) -> None:
        self._low, self._high, self._low_included = low, high, low_included

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The share as a fraction."""
        if isinstance(value, float):
            return value
        text = str(value)
        found = _NUMBER.fullmatch(text.strip())
        if found is None:
            self.fail(f"'{text}' is not a share; write it like 3 % or 0.03.", param, ctx)
        number = float(found[1].replace(",", "."))
        if not found[2] and number >= 1:
            self.fail(f"'{text}' may be read in two ways; write {text.strip()} % or 0.03.", param, ctx)
        share = number / 100 if found[2] else number
        inside = self._low <= share < self._high if self._low_included else self._low < share <= self._high
        if not inside:
            self.fail(f"'{text}' is out of range; it must be {self._range()}.", param, ctx)
        return share

    def _range(self) -> str:
        low, high = f"{self._low * 100:g} %", f"{self._high * 100:g} %"
        if self._low_included:
            return f"at least {low} and less than {high}"
        return f"more than {low} and at most {high}"


class Currency(click.ParamType[str]):
    """A currency by its ISO 4217 code."""

    name = "currency"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The code in capital letters."""
        text = str(value).strip()
        if not _CURRENCY.fullmatch(text):
            self.fail(f"'{value}' is not a currency; write its three letters, like EUR.", param, ctx)
        return text.upper()


class Zone(click.ParamType[str]):
    """A time zone by its IANA name, however its letters are written."""

    name = "zone"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name as IANA writes it."""
        known = _zones()
        text = str(value).strip().casefold()
        if text not in known:
            cities = [zone for zone in known if zone.endswith(f"/{text}")]
            near = cities or difflib.get_close_matches(text, known, n=1)
            meant = known[near[0]] if near else "Europe/Berlin"
            self.fail(f"'{value}' is not a time zone; zones are named like {meant}.", param, ctx)
        return known[text]


@cache
def _zones() -> dict[str, str]:
    """All zones by their names in small letters; finding them takes a walk through many files."""
    return {zone.casefold(): zone for zone in available_timezones()}


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """When people work.

    Attributes:
        days: weekdays, Monday is 0.
        hours: first and last hour of the day, after midnight.
    """

    days: frozenset[int]
    hours: tuple[float, float]


class WorkingTimeType(click.ParamType[WorkingTime]):
    """Working time, typed as `Mon-Fri 09:00-17:00` or `Tue,Thu,Sat 11-23`."""

    name = "hours"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> WorkingTime:
        """The days and hours."""
        if isinstance(value, WorkingTime):
            return value
        found = _HOURS.fullmatch(str(value).strip())
        days = _days(found["days"]) if found else None
        first, last = (_hour(found["first"]), _hour(found["last"])) if found else (None, None)
        if not days or first is None or last is None:
            self.fail(f"'{value}' is not working time; write it like Mon-Fri 09:00-17:00.", param, ctx)
        if first >= last:
            self.fail(f"'{value}' ends before it begins; a day may last until 24:00.", param, ctx)
        return WorkingTime(days, (first, last))


class Names(click.ParamType[tuple[str, ...]]):
    """Names, parted by commas."""

    name = "names"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """The names, in order."""
        if isinstance(value, tuple):
            return value
        names = tuple(name.strip() for name in str(value).split(","))
        if not all(names):
            self.fail(f"'{value}' holds an empty name; write it like kind,role.", param, ctx)
        return names


def joined_names(_: click.Context, __: click.Parameter, given: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """The names of an option that was given several times, each once."""
    return tuple(dict.fromkeys(name for names in given for name in names))


def _days(text: str) -> frozenset[int] | None:
    """Weekdays of `Mon-Fri`, `sat,sun`, `Saturday-Monday`; None when one of them is no weekday."""
    days: set[int] = set()
    for part in text.replace("–", "-").split(","):
        ends = [_day(end) for end in part.split("-")]
        known = [end for end in ends if end is not None]
        if len(known) < len(ends) or len(ends) > len(("from", "to")):
            return None
        days.update((known[0] + step) % 7 for step in range((known[-1] - known[0]) % 7 + 1))
    return frozenset(days)


def _day(text: str) -> int | None:
    """The weekday that starts with these letters, three at least."""
    word = text.strip().casefold()
    return _DAYS.index(word[:3]) if word[:3] in _DAYS and word.isalpha() else None


def _hour(text: str) -> float | None:
    """Hours after midnight of `9`, `09:30` or `24:00`; None past midnight."""
    hour, _, minute = text.partition(":")
    minutes = int(minute or 0)
    hours = int(hour) + minutes / _MINUTES
    return hours if minutes < _MINUTES and hours <= _MIDNIGHT else None
