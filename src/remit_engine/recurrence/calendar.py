"""The calendar of a team: its wall clock, when it opens, and on which days it doesn't."""

from __future__ import annotations

from collections.abc import Container, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from remit_engine.recurrence.closed import ClosedDays

if TYPE_CHECKING:  # what it stands in reckons with arrays, which dates need not load
    from remit_engine.moments import Week

_A_WEEK = 7
_A_DAY = 1440
_SOME_DAY = date(2001, 1, 1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """When a team works.

    Attributes:
        zone: of its wall clock.
        week: for each weekday, Monday first, stretches in minutes after midnight; a stretch may go on past
            the next midnight. A week without any says nothing: then every day is open.
        closed: days on which it is closed although the week says otherwise.
    """

    zone: ZoneInfo
    week: Week = ()
    closed: Container[date] = frozenset()

    def is_open(self, day: date) -> bool:
        """Whether the team works on a day: one on which it begins, not one into which the last night goes."""
        return day not in self.closed and (not self._says_when() or bool(self.week[day.weekday()]))

    def stretches(self, day: date) -> list[tuple[int, int]]:
        """When the team opens and closes on a day, in minutes after its midnight; none where it is closed."""
        if not self.is_open(day) or not self._says_when():
            return []
        return _joined(self.week[day.weekday()])

    def openings(self, day: date) -> list[int]:
        """When it opens on a day, in minutes after midnight: not where the night before simply goes on."""
        before = [closes - _A_DAY for _, closes in self.stretches(day - timedelta(days=1))]
        return [opens for opens, _ in self.stretches(day) if not any(opens <= closed for closed in before)]

    def closings(self, day: date) -> list[int]:
        """When it closes what it opened on a day: not where the next day simply goes on."""
        after = [opens + _A_DAY for opens, _ in self.stretches(day + timedelta(days=1))]
        return [closes for _, closes in self.stretches(day) if not any(opens <= closes for opens in after)]

    def last_opening(self) -> date:
        """The last day on which it may open or close: around the clock, only next to closed days."""
        usual = replace(self, closed=frozenset())
        if any(usual.openings(_SOME_DAY + timedelta(days=each)) for each in range(_A_WEEK)):
            return date.max
        last = _last_of(self.closed) if self._says_when() else None
        if last is None:
            return date.min
        return last + timedelta(days=1) if last < date.max else last

    def moment(self, day: date, minutes: int) -> datetime:
        """So many minutes after midnight on the wall clock, as a moment in UTC.

        As RFC 5545 has it: a time that the clocks skip is counted on from before (half past two is half past
        three then), and of one that they show twice the first is meant.

        Args:
            day: on the wall clock.
            minutes: from 0; 1440 and more is the next day.
        """
        there = datetime.combine(day, time(), tzinfo=self.zone) + timedelta(minutes=minutes)
        return there.astimezone(UTC)

    def day_of(self, moment: datetime) -> date:
        """The day that the wall clock shows at a moment (aware)."""
        return moment.astimezone(self.zone).date()

    def _says_when(self) -> bool:
        return len(self.week) == _A_WEEK and any(self.week)


def _last_of(closed: Container[date]) -> date | None:
    """The last closed day; None where there is none, and the end of the calendar where nobody knows."""
    if isinstance(closed, ClosedDays):
        return closed.last
    return max(closed, default=None) if isinstance(closed, AbstractSet) else date.max


def _joined(stretches: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """Stretches one after the other; what meets is one, as nobody opens in the middle of it."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted((each[0], each[1]) for each in stretches):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((start, end))
    return joined
