"""An event moves to another day: its plan moves with it, at the same times on the wall."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from remit.events.models import Event, Placing


def move_plan(event: Event, days: int) -> None:
    """Move what is planned by so many days; inside a write of the caller.

    Args:
        event: with its team at hand.
        days: below 0 for an earlier day.
    """
    zone, by = event.team.zone, timedelta(days=days)

    def moved(moment: datetime) -> datetime:
        there = moment.astimezone(zone).replace(fold=0)
        return (there + by).astimezone(UTC)

    for placing in Placing.objects.filter(task__event=event):
        length = placing.ends_at - placing.starts_at
        placing.starts_at = moved(placing.starts_at)
        placing.ends_at = placing.starts_at + length
        placing.save(update_fields=["starts_at", "ends_at"])
