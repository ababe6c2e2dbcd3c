"""What is to come by the wall clock of a team: apps above the people hook in, and move it with the clock.

A team may change its time zone. What was written down for nine o'clock is meant for nine on the new clock,
too: shifts, tasks, checklists, big days. What is over, or has begun, stays at its moment; so does whatever
was promised to somebody by a moment, such as the deadlines of complaints, trials and lent steps.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from remit.people.models import Member, Team


@dataclass(frozen=True, slots=True)
class NewClock:
    """A team whose clock is another from now on.

    Attributes:
        team: with its new time zone.
        before: the old one.
        by: who changed it.
    """

    team: Team
    before: ZoneInfo
    by: Member

    def moved(self, moment: datetime) -> datetime:
        """The same time of the same day on the new clock, in UTC.

        One that the clocks skip is counted on from before, and one that they show twice is the first.
        """
        there = moment.astimezone(self.before)
        return there.replace(tzinfo=self.team.zone, fold=0).astimezone(UTC)

    def moved_span(self, starts: datetime, ends: datetime) -> tuple[datetime, datetime]:
        """The same for a beginning and an end; as long as before where the clocks skip its end."""
        first, last = self.moved(starts), self.moved(ends)
        return first, last if last > first else first + (ends - starts)


@dataclass(frozen=True, slots=True)
class ToCome:
    """One sort of what is to come by the clock of a team.

    Attributes:
        one, many: what it is called: `big day`, `big days`.
        count: how many a team has.
        move: inside a write of the caller; gives how many moved.
    """

    one: str
    many: str
    count: Callable[[Team], int]
    move: Callable[[NewClock], int]

    def counted(self, number: int) -> str:
        """`1 big day`, `3 big days`."""
        return f"{number} {self.one if number == 1 else self.many}"


_sorts: list[ToCome] = []


def goes_by_the_clock(sort: ToCome) -> None:
    """Move what a sort names whenever a team changes its time zone."""
    if sort not in _sorts:
        _sorts.append(sort)


def to_come_in(team: Team) -> list[str]:
    """What would move with the clock of a team: `3 big days`, `12 tasks`; a query for each sort."""
    return [sort.counted(number) for sort in _sorts if (number := sort.count(team))]


def move_with(clock: NewClock) -> dict[str, int]:
    """Move all of it; inside a write of the caller.

    Returns:
        how many of each sort, as they are called when there are many; without those of which there are none.
    """
    moved = {sort.many: sort.move(clock) for sort in _sorts}
    return {many: number for many, number in moved.items() if number}


def said_of(moved: dict[str, int]) -> list[str]:
    """What moved, in words."""
    return [sort.counted(moved[sort.many]) for sort in _sorts if sort.many in moved]
