"""Work that comes back: declared in code, beside its task; due by a row that only one worker can move.

    @every(hours=1)
    @task()
    def look_for_late_ones() -> None: …

What is declared is in an app's `jobs.py`, which every process reads when it starts.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from django_tasks.base import Task

from remit.core.clock import now
from remit.core.writing import write
from remit.jobs.models import Schedule
from remit.jobs.queue import later

_AnyTask = TypeVar("_AnyTask", bound=Task[Any, Any])
_declared: dict[str, tuple[Task[Any, Any], timedelta]] = {}


def every(*, days: float = 0, hours: float = 0, minutes: float = 0) -> Callable[[_AnyTask], _AnyTask]:
    """Declares that a task without arguments comes back; for the first time as soon as there is a worker."""
    pause = timedelta(days=days, hours=hours, minutes=minutes)
    if pause < timedelta(minutes=1):
        raise ValueError("work comes back at most once a minute")

    def declared(task: _AnyTask) -> _AnyTask:
        _declared[task.module_path] = (task, pause)
        return task

    return declared


def set_up() -> None:
    """Make the rows what the code declares."""
    with write():
        Schedule.objects.exclude(task__in=_declared).delete()
        for name, (_, pause) in _declared.items():
            row, is_new = Schedule.objects.get_or_create(
                task=name, defaults={"every_seconds": pause.total_seconds(), "next_at": now()}
            )
            if not is_new and row.every_seconds != pause.total_seconds():
                row.every_seconds = int(pause.total_seconds())
                row.next_at = min(row.next_at, now() + pause)
                row.save()


def add_due() -> int:
    """Add a job for what is due; what was missed while no worker ran is done once, not again and again.

    What would come later than after its pause was put down before the clock was set back: it is due.

    Returns:
        how many were added.
    """
    added = 0
    for row in Schedule.objects.filter(task__in=_declared):
        task, pause = _declared[row.task]
        if now() < row.next_at <= now() + pause:
            continue
        missed = (now() - row.next_at) // pause
        with write():
            moved = Schedule.objects.filter(pk=row.pk, next_at=row.next_at).update(
                next_at=row.next_at + (missed + 1) * pause
            )
            if moved:
                later(task, unique_key=f"schedule:{row.task}"[:120])
                added += 1
    return added
