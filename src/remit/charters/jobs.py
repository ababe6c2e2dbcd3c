"""What is told when a version comes into force that was published for later."""

from __future__ import annotations

from django_tasks import task

from remit.charters.actions.versions import come_into_force


@task()
def tell_in_force(version: int) -> None:
    """A version is in force, or a trial has ended: the trail and the team hear of it.

    Args:
        version: number of its row.
    """
    come_into_force(version)
