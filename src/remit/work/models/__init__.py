"""Tables of work."""

from __future__ import annotations

from remit.work.models.calendar_links import CalendarLink
from remit.work.models.checklists import Checklist, Item, Line, Photo, Press, Round
from remit.work.models.closed import ClosedDays
from remit.work.models.tasks import Task, Turn

__all__ = [
    "CalendarLink",
    "Checklist",
    "ClosedDays",
    "Item",
    "Line",
    "Photo",
    "Press",
    "Round",
    "Task",
    "Turn",
]
