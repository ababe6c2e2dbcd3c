"""Rows into values of the engine."""

from __future__ import annotations

from collections.abc import Iterable

from remit.people.models import Team
from remit.work.models import ClosedDays
from remit_engine.recurrence import closed
from remit_engine.recurrence.calendar import Calendar


def calendar_of(team: Team, rows: Iterable[ClosedDays] | None = None) -> Calendar:
    """When a team works, as recurrences take it: its week, without the days on which it is closed.

    Args:
        team: whose.
        rows: its closed days, where they are at hand already.
    """
    found = ClosedDays.objects.filter(team=team).order_by() if rows is None else rows
    return Calendar(team.zone, team.opening, closed.ClosedDays(tuple(stretch_of(row) for row in found)))


def stretch_of(row: ClosedDays) -> closed.Stretch:
    """An entry of closed days."""
    return closed.Stretch(row.first, row.last, row.is_yearly)
