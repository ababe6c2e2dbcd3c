"""Erasing: what somebody said of tasks goes with them; where others named them, the name does."""

from __future__ import annotations

from typing import Final

from remit.core.erasing import ERASED, Loose, Traces, take_out
from remit.core.writing import write
from remit.people.models import Member
from remit.work.actions.photos import remove_photos
from remit.work.models import CalendarLink, Checklist, ClosedDays, Item, Line, Photo, Round, Task, Turn

_LOOSE: Final[Loose] = (
    (Task, ("title", "why", "text", "place")),
    (Turn, ("words",)),
    (Round, ("words",)),
    (Checklist, ("title", "why")),
    (Item, ("text", "why")),
    (Line, ("text", "why")),
    (ClosedDays, ("why",)),
)


def erase_work(traces: Traces, *, of: Member | None = None) -> None:
    """Take somebody out of what was written of work. That it was done, and by whom, stays.

    Args:
        traces: by what they are found in what others wrote.
        of: somebody who works here or did: what they said with a turn goes as a whole.
    """
    if of is not None:
        remove_photos(Photo.objects.filter(by=of))
    with write():
        if of is not None:
            CalendarLink.objects.filter(member=of).delete()
            Turn.objects.filter(by=of).exclude(words="").update(words=ERASED)
            Round.objects.filter(let_go_by=of).exclude(words="").update(words=ERASED)
        take_out(traces, _LOOSE)
