"""Work of big days that is done later."""

from __future__ import annotations

from django_tasks import task

from remit.events.actions.planning import plan_on


@task()
def plan(number: int) -> None:
    """Plan a big day."""
    plan_on(number)
