"""Objectives that move by themselves: what happened just now shows, and every night all are looked at."""

from __future__ import annotations

from django_tasks import task

from remit.jobs.schedule import every
from remit.purpose.actions.moving import move, moving, to_move_now


@every(minutes=1)
@task()
def move_lately() -> None:
    """Measure the objectives about which something was done just now."""
    for number in to_move_now():
        move(number)


@every(days=1)
@task()
def move_all() -> None:
    """Measure all objectives: days pass, though nothing happens."""
    for number in moving().values_list("pk", flat=True):
        move(number)


@task()
def move_one(number: int) -> None:
    """Measure one that was opened or changed."""
    move(number)
