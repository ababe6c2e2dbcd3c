"""Rows into values of the engine."""

from __future__ import annotations

from remit.people.models import Team
from remit_engine.recurrence.calendar import Calendar


def calendar_of(team: Team) -> Calendar:
    """When a team works, as recurrences take it."""
    return Calendar(team.zone, team.opening)
