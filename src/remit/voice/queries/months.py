"""Thanks of a month, on the wall clock of a team."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from remit.core.clock import now
from remit.voice.vocabulary import MOST_AGO

_MONTHS = 12
_SHAPE = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a calendar.

    Attributes:
        number: months since year 0.
        newest: the number of the month that it is now.
        zone: on whose wall clock.
    """

    number: int
    newest: int
    zone: ZoneInfo

    @property
    def first(self) -> date:
        """Its first day."""
        return _first_of(self.number)

    @property
    def stretch(self) -> tuple[datetime, datetime]:
        """From when to before when it lasts."""
        return _midnight(self.number, self.zone), _midnight(self.number + 1, self.zone)

    @property
    def before(self) -> str:
        """The month before, as it stands in an address; "" where the page goes back no further."""
        return _written(self.number - 1) if self.number > self.newest - MOST_AGO else ""

    @property
    def after(self) -> str:
        """The month after; "" where it is still to come."""
        return _written(self.number + 1) if self.number < self.newest else ""


def month_of(text: str, zone: ZoneInfo) -> Month:
    """The month that an address names: `2026-11`; this one for anything else, and for what is to come."""
    today = now().astimezone(zone)
    newest = today.year * _MONTHS + today.month - 1
    found = _SHAPE.fullmatch(text)
    wanted = int(found[1]) * _MONTHS + int(found[2]) - 1 if found and 0 < int(found[2]) <= _MONTHS else newest
    return Month(max(min(wanted, newest), newest - MOST_AGO), newest, zone)


def _first_of(number: int) -> date:
    return date(number // _MONTHS, number % _MONTHS + 1, 1)


def _midnight(number: int, zone: ZoneInfo) -> datetime:
    return datetime.combine(_first_of(number), time.min, zone)


def _written(number: int) -> str:
    return f"{_first_of(number):%Y-%m}"
