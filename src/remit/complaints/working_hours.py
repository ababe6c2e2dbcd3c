"""Deadlines in the working hours of a team. Pure: rows in, moments out.

A moment is working time where the wall clock of the team stands inside one of its stretches. So an hour that
the clocks skip is no working time, and one that comes twice counts twice. A stretch belongs to the day on
which it begins: on a closed day none begins, and the night into it is worked to its end.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Protocol
from zoneinfo import ZoneInfo

_DAY: Final = 1440
_QUARTER: Final = timedelta(minutes=15)
_LONGEST_LOOK: Final = timedelta(days=400)
_NEVER_CLOSED: Final[frozenset[date]] = frozenset()

Opening = Sequence[Sequence[Sequence[int]]]
"""For each day of the week, Monday first, stretches in minutes after midnight; see `people.models.Team`."""
_ALWAYS: Final[Opening] = ([[0, _DAY]],) * 7


class WorkingTeam(Protocol):
    """What is asked of a team."""

    opening: Opening
    first_reply_minutes: int
    next_reply_minutes: int
    resolution_minutes: int

    @property
    def zone(self) -> ZoneInfo:
        """Its time zone."""
        ...


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Until when a customer should hear from us first, next, and have an end."""

    first_reply: datetime
    next_reply: datetime
    resolution: datetime


def deadlines_from(team: WorkingTeam, moment: datetime, closed: Container[date] = _NEVER_CLOSED) -> Deadlines:
    """What a team owes somebody who says something at a moment.

    Args:
        team: whose.
        moment: aware.
        closed: days on the wall clock of the team on which it is closed although its week says otherwise.
    """
    return Deadlines(
        working_time_after(team, moment, team.first_reply_minutes, closed),
        working_time_after(team, moment, team.next_reply_minutes, closed),
        working_time_after(team, moment, team.resolution_minutes, closed),
    )


def working_time_after(
    team: WorkingTeam, moment: datetime, minutes: int, closed: Container[date] = _NEVER_CLOSED
) -> datetime:
    """The moment at which so many minutes of a team's working time have passed.

    A team that never opens, or says nothing about it, is taken to work around the clock, but on closed days.

    Args:
        team: whose.
        moment: aware; from where the time runs.
        minutes: of working time, at least 0.
        closed: days on which it is closed although its week says otherwise.
    """
    left = timedelta(minutes=minutes)
    until = moment.astimezone(UTC) + _LONGEST_LOOK
    for begin, finish in _open_pieces(_Hours(team.opening, closed), team.zone, moment.astimezone(UTC), until):
        if finish - begin >= left:
            return begin + left
        left -= finish - begin
    return until


def _open_pieces(
    hours: _Hours, zone: ZoneInfo, moment: datetime, until: datetime
) -> Iterator[tuple[datetime, datetime]]:
    """Working time from a moment on, in pieces within one day and one offset of the clock."""
    while moment < until:
        offset = _offset(zone, moment)
        wall = (moment + offset).replace(tzinfo=None)
        midnight = datetime.combine(wall.date(), time())
        end = midnight + timedelta(days=1)
        if _offset(zone, moment + (end - wall)) != offset:
            # The clocks change before midnight: in small steps, none of which a change falls into.
            passed = timedelta(minutes=wall.minute % 15, seconds=wall.second, microseconds=wall.microsecond)
            end = min(end, wall - passed + _QUARTER)
        for start_minute, end_minute in hours.on(wall.date()):
            begin = max(wall, midnight + timedelta(minutes=start_minute))
            finish = min(end, midnight + timedelta(minutes=end_minute))
            if begin < finish:
                yield moment + (begin - wall), moment + (finish - wall)
        moment += end - wall


class _Hours:
    """When a team works, day by day."""

    def __init__(self, opening: Opening, closed: Container[date]) -> None:
        says_when = len(opening) == len(_ALWAYS) and any(start < end for day in opening for start, end in day)
        self._opening, self._closed = opening if says_when else _ALWAYS, closed

    def on(self, day: date) -> list[tuple[int, int]]:
        """The stretches of a day, those included that began the day before, one after the other."""
        before = day - timedelta(days=1)
        whole = [
            *((start, min(end, _DAY)) for start, end in self._of(day)),
            *((max(start - _DAY, 0), end - _DAY) for start, end in self._of(before) if end > _DAY),
        ]
        joined: list[tuple[int, int]] = []
        for start, end in sorted(whole):
            if joined and start <= joined[-1][1]:
                joined[-1] = joined[-1][0], max(joined[-1][1], end)
            elif start < end:
                joined.append((start, end))
        return joined

    def _of(self, day: date) -> Sequence[Sequence[int]]:
        return () if day in self._closed else self._opening[day.weekday()]


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()
