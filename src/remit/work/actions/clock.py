"""Tasks and checklists to come, when the clock of their team becomes another."""

from __future__ import annotations

from django.db.models import QuerySet

from remit.core.clock import now
from remit.people.clocks import NewClock
from remit.people.models import Team
from remit.work.actions.rounds import reckon_anew
from remit.work.models import Checklist, Task


def _tasks(team: Team) -> QuerySet[Task]:
    return Task.objects.filter(team=team, ended_at=None, due_at__gt=now())


def _checklists(team: Team) -> QuerySet[Checklist]:
    return Checklist.objects.filter(team=team, stopped_at=None, next_at__gt=now())


def count_tasks(team: Team) -> int:
    """How many open tasks of a team are due in time to come."""
    return _tasks(team).count()


def count_checklists(team: Team) -> int:
    """How many checklists of a team come back."""
    return _checklists(team).count()


def move_tasks(clock: NewClock) -> int:
    """Tasks are due at the same time on the new clock; inside a write of the caller.

    Returns:
        how many moved.
    """
    tasks = list(_tasks(clock.team).only("due_at"))
    for task in tasks:
        task.due_at = clock.moved(task.due_at) if task.due_at else None
    Task.objects.bulk_update(tasks, ["due_at"], batch_size=400)
    return len(tasks)


def move_checklists(clock: NewClock) -> int:
    """Checklists come next by the new clock; inside a write of the caller. What has come stays as it is.

    One whose time of today has just gone by, as the new clock is ahead, comes at once: none is left out.

    Returns:
        for how many that is another moment.
    """
    before = {row.pk: row.next_at for row in _checklists(clock.team).only("next_at")}
    reckon_anew(clock.team)
    moved = list(Checklist.objects.filter(pk__in=before))
    for row in moved:
        was = before[row.pk]
        there = clock.moved(was) if was else None
        row.next_at = min((each for each in (there, row.next_at) if each), default=None)
    Checklist.objects.bulk_update(moved, ["next_at"], batch_size=400)
    return sum(row.next_at != before[row.pk] for row in moved)
