"""What is looked at every now and then."""

from __future__ import annotations

from django_tasks import task

from remit.jobs.schedule import every
from remit.upkeep.actions import tell_of_work_that_stands_still


@every(minutes=5)
@task()
def look_for_work_that_stands_still() -> None:
    """Look for work that needs a person."""
    tell_of_work_that_stands_still()
