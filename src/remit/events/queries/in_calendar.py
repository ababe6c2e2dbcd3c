"""What big days put into somebody's own calendar: what they do there, and the briefing before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Max
from django.urls import reverse

from remit.core.clock import now
from remit.events.models import Assignment, Event
from remit.people.access import teams_of
from remit.people.models import Member
from remit.work.queries.calendar import BEHIND, Entry

_BRIEFING: Final = timedelta(minutes=30)


def in_calendar(member: Member) -> Iterator[Entry]:
    """Their tasks of big days and the briefings, from a month behind on; what was called off says so.

    Args:
        member: whose calendar it is.
    """
    since, own = now() - BEHIND, teams_of(member).order_by().values("pk")
    rows = (
        Assignment.objects.select_related("task__event__team", "task__placing__room")
        .filter(person__member=member, task__event__team__in=own, task__placing__ends_at__gt=since)
        .annotate(planned_at=Max("task__event__plannings__ended_at"))
    )
    for row in rows.order_by("task__placing__starts_at", "pk"):
        yield _task(row, row.planned_at)
    events = Event.objects.filter(people__member=member, team__in=own, briefing_at__gt=since)
    for event in events.order_by("briefing_at", "pk"):
        yield _briefing(event)


def _task(row: Assignment, planned_at: datetime | None) -> Entry:
    event, placing = row.task.event, row.task.placing
    return Entry(
        key=f"event-task-{row.task_id}",
        title=f"{row.task.title} ({event.title})",
        begins=placing.starts_at,
        ends=placing.ends_at,
        why=row.task.why or event.why,
        place=placing.room.name if placing.room else event.place,
        path=reverse("events:run", args=[event.pk]),
        changed_at=event.called_off_at or planned_at or event.made_at,
        revision=event.revision + event.plan_revision,
        is_off=not event.is_on,
    )


def _briefing(event: Event) -> Entry:
    begins = event.briefing_at or event.made_at
    return Entry(
        key=f"briefing-{event.pk}",
        title=f"Briefing: {event.title}",
        begins=begins,
        ends=begins + _BRIEFING,
        why=event.why,
        place=event.place,
        path=reverse("events:briefing", args=[event.pk]),
        changed_at=event.called_off_at or event.made_at,
        revision=event.revision,
        is_off=not event.is_on,
    )
