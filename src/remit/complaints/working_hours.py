"""Deadlines in the working hours of a team. Pure: rows in, moments out.

A moment is working time where the wall clock of the team stands inside one of its stretches. So an hour that
the clocks skip is no working time, and one that comes twice counts twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final, Protocol
from zoneinfo import ZoneInfo

_DAY: Final = 1440
_QUARTER: Final = timedelta(minutes=15)
_LONGEST_LOOK: Final = timedelta(days=400)

Opening = Sequence[Sequence[Sequence[int]]]
"""For each day of the week, Monday first, stretches in minutes after midnight; see `people.models.Team`."""


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


def deadlines_from(team: WorkingTeam, moment: datetime) -> Deadlines:
    """What a team owes somebody who says something at a moment."""
    return Deadlines(
        working_time_after(team, moment, team.first_reply_minutes),
        working_time_after(team, moment, team.next_reply_minutes),
        working_time_after(team, moment, team.resolution_minutes),
    )


def working_time_after(team: WorkingTeam, moment: datetime, minutes: int) -> datetime:
    """The moment at which so many minutes of a team's working time have passed.

    A team that never opens, or says nothing about it, is taken to work around the clock.

    Args:
        team: whose.
        moment: aware; from where the time runs.
        minutes: of working time, at least 0.
    """
    left = timedelta(minutes=minutes)
    end = moment.astimezone(UTC) + left
    if not any(_stretches(team.opening, day) for day in range(7)):
        return end
    until = moment.astimezone(UTC) + _LONGEST_LOOK
    for begin, finish in _open_pieces(team.opening, team.zone, moment.astimezone(UTC), until):
        if finish - begin >= left:
            return begin + left
        left -= finish - begin
    return until


def _open_pieces(
    opening: Opening, zone: ZoneInfo, moment: datetime, until: datetime
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
        for start_minute, end_minute in _stretches(opening, wall.weekday()):
            begin = max(wall, midnight + timedelta(minutes=start_minute))
            finish = min(end, midnight + timedelta(minutes=end_minute))
            if begin < finish:
                yield moment + (begin - wall), moment + (finish - wall)
        moment += end - wall


def _stretches(opening: Opening, weekday: int) -> list[tuple[int, int]]:
    """The stretches of a day, those included that began the day before, one after the other."""
    if len(opening) != 7:  # noqa: PLR2004 (days of a week)
        return []
    whole = [
        *((start, min(end, _DAY)) for start, end in opening[weekday]),
        *((max(start - _DAY, 0), end - _DAY) for start, end in opening[weekday - 1] if end > _DAY),
    ]
    joined: list[tuple[int, int]] = []
    for start, end in sorted(whole):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        elif start < end:
            joined.append((start, end))
    return joined


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()
