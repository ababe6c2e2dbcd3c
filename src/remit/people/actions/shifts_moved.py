"""Shifts to come, when the clock of their team becomes another."""

from __future__ import annotations

from django.db.models import QuerySet

from remit.core.clock import now
from remit.people.clocks import NewClock
from remit.people.models import Duty, Team


def shifts_to_come(team: Team) -> QuerySet[Duty]:
    """Planned shifts that haven't begun."""
    return Duty.objects.filter(membership__team=team, is_planned=True, starts_at__gt=now())


def count_shifts(team: Team) -> int:
    """How many those are."""
    return shifts_to_come(team).count()


def move_shifts(clock: NewClock) -> int:
    """Move them to the same times on the new clock; inside a write of the caller.

    Returns:
        how many moved.
    """
    shifts = list(shifts_to_come(clock.team))
    for shift in shifts:
        ends = shift.ends_at or shift.starts_at
        shift.starts_at, shift.ends_at = clock.moved_span(shift.starts_at, ends)
    Duty.objects.bulk_update(shifts, ["starts_at", "ends_at"], batch_size=400)
    return len(shifts)
