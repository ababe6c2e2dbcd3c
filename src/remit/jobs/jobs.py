"""What the queue does for itself."""

from __future__ import annotations

from django_tasks import task

from remit.jobs.actions import sweep
from remit.jobs.schedule import every


@every(days=1)
@task()
def sweep_done_jobs() -> None:
    """Forget jobs that were done long ago."""
    sweep()
