"""Erasing: what somebody said of tasks goes with them; where others named them, the name does."""

from __future__ import annotations

from typing import Final

from remit.core.erasing import ERASED, Traces
from remit.core.writing import write
from remit.people.models import Member
from remit.work.actions.photos import remove_photos
from remit.work.models import CalendarLink, ClosedDays, Photo, Round, Task, Turn

_OF_A_TASK: Final = ("title", "why", "text", "place")


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
        for each in Round.objects.filter(traces.in_any("words")):
            Round.objects.filter(pk=each.pk).update(words=traces.out_of(each.words))
        for turn in Turn.objects.filter(traces.in_any("words")):
            Turn.objects.filter(pk=turn.pk).update(words=traces.out_of(turn.words))
        for days in ClosedDays.objects.filter(traces.in_any("why")):
            ClosedDays.objects.filter(pk=days.pk).update(why=traces.out_of(days.why))
        for task in Task.objects.filter(traces.in_any(*_OF_A_TASK)):
            kept = {name: traces.out_of(getattr(task, name)) for name in _OF_A_TASK}
            Task.objects.filter(pk=task.pk).update(**kept)
