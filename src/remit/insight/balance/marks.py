"""What a part is counted from: rows with their marks, each in its week."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from remit.people.models import Team
from remit.reviews.weeks import end_of, start_of, week_of
from remit_engine.evidence.balance import FULL


class Mark(NamedTuple):
    """A row that counts.

    Attributes:
        at: when it happened.
        points: 0 to 100.
        sort: what it is, as `behind` tells it.
        row: its identifier.
        whose: the person it came to, where they are counted; kept nowhere.
    """

    at: datetime
    points: int
    sort: str
    row: int
    whose: int = 0


@dataclass(frozen=True, slots=True)
class Weeks:
    """Some weeks of a team, one after the other.

    Attributes:
        team: whose.
        mondays: on its wall clock, the oldest first; one at least.
    """

    team: Team
    mondays: Sequence[date]

    @classmethod
    def until(cls, team: Team, last: date, number: int) -> Weeks:
        """So many weeks, the last of which begins on a Monday."""
        return cls(team, [last - timedelta(weeks=number - 1 - each) for each in range(number)])

    @property
    def since(self) -> datetime:
        """From when on."""
        return start_of(self.team, self.mondays[0])

    @property
    def before(self) -> datetime:
        """Before when."""
        return end_of(self.team, self.mondays[-1])

    def ends(self) -> Iterator[tuple[date, datetime]]:
        """Each week with the moment at which it is over."""
        return ((monday, end_of(self.team, monday)) for monday in self.mondays)

    def by_week(self, marks: Iterable[Mark]) -> Iterator[tuple[date, Mark]]:
        """What happened, each in its week."""
        return ((week_of(self.team, each.at), each) for each in marks)


Look = Callable[[Weeks], Iterable[tuple[date, Mark]]]
"""All marks of a part in some weeks, each with the Monday of its week."""


def full_if(is_so: object) -> int:
    """The mark of a row that is as it should be, or isn't."""
    return FULL if is_so else 0
