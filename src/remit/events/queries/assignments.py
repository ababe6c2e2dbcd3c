"""What somebody does for big days, for whoever lists it: a calendar, a first page."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from remit.events.models import Assignment
from remit.people.models import Membership


def assignments_of(membership: Membership, since: datetime, until: datetime) -> QuerySet[Assignment]:
    """What somebody does for the events of a team that aren't called off, by time.

    Args:
        membership: who, and in which team.
        since: from when on, aware: what ends later is in it.
        until: up to when, aware: what begins before is in it.

    Returns:
        assignments, each with its task, the event, when and where (`task.placing`).
    """
    return (
        Assignment.objects.select_related("task__event__team", "task__placing__room")
        .filter(
            person__member=membership.member,
            task__event__team=membership.team,
            task__event__called_off_at=None,
            task__placing__ends_at__gt=since,
            task__placing__starts_at__lt=until,
        )
        .order_by("task__placing__starts_at", "pk")
    )
