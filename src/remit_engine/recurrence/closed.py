"""Days on which a team is closed although its week says otherwise; some of them come back each year."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some days in a row.

    Attributes:
        first, last: both belong to it.
        is_yearly: whether the same days come back each year after. 29 February is left out in other years.
    """

    first: date
    last: date
    is_yearly: bool = False

    def __contains__(self, day: object) -> bool:
        """Whether a day is one of them."""
        if not isinstance(day, date):
            return False
        if not self.is_yearly:
            return self.first <= day <= self.last
        # A stretch over New Year began the year before.
        return any(self._in_year(year, day) for year in (day.year, day.year - 1))

    def _in_year(self, year: int, day: date) -> bool:
        later = year - self.first.year
        if later < 0 or self.last.year + later > date.max.year:
            return False
        begins = _moved(self.first, year, otherwise=(3, 1))
        ends = _moved(self.last, self.last.year + later, otherwise=(2, 28))
        return begins <= day <= ends


@dataclass(frozen=True, slots=True)
class ClosedDays(Container[date]):
    """Everything of that which a team wrote down."""

    stretches: tuple[Stretch, ...] = ()

    @property
    def last(self) -> date | None:
        """The last of these days, the end of the calendar where some come back; None without any."""
        if any(stretch.is_yearly for stretch in self.stretches):
            return date.max
        return max((stretch.last for stretch in self.stretches), default=None)

    def __contains__(self, day: object) -> bool:
        """Whether the team is closed on a day."""
        return any(day in stretch for stretch in self.stretches)


def _moved(day: date, year: int, *, otherwise: tuple[int, int]) -> date:
    """The same day of another year; 29 February becomes another one where there is none."""
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, *otherwise)
