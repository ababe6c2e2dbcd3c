"""Work of big days that is done later."""

from __future__ import annotations

from django_tasks import task

from remit.events.actions.planning import plan_on
from remit.events.erasing import forget_old_helpers
from remit.jobs.schedule import every


@every(days=1)
@task()
def forget_helpers() -> None:
    """Erase the names of those who helped at big days that were over long enough ago."""
    forget_old_helpers()


@task()
def plan(number: int) -> None:
    """Plan a big day."""
    plan_on(number)
