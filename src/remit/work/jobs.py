"""What comes back by itself."""

from __future__ import annotations

from django_tasks import task

from remit.jobs.schedule import every
from remit.work.actions import photos, rounds


@every(minutes=1)
@task()
def make_due_rounds() -> None:
    """Bring the checklists whose time has come."""
    rounds.make_due_rounds()


@every(hours=1)
@task()
def reckon_anew() -> None:
    """Look when checklists come next, as opening hours may have changed."""
    rounds.reckon_anew()


@every(hours=24)
@task()
def remove_old_photos() -> None:
    """Remove photos whose time is over, and files that a crash left behind."""
    photos.remove_old_photos()
    photos.remove_left_photos()
