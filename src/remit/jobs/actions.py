"""What is done with jobs that stand still, and with those that are through."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from remit.core.clock import now
from remit.core.erasing import Traces
from remit.core.errors import Changed
from remit.core.writing import write
from remit.jobs.models import Job, Worker
from remit.jobs.queue import WAITING

DONE_JOBS_ARE_KEPT: Final = timedelta(days=14)
_SILENT_WORKERS_ARE_KEPT: Final = timedelta(days=1)


def try_again(number: int) -> Job:
    """Put a job that needs a person back into the queue, as if it were new.

    Where another job of its key waits already, that one does the same work, and this one is through.

    Raises:
        Changed: it doesn't need anybody any more.
    """
    with write():
        job = _needing(number)
        job.needs_person_at = None
        job.attempts = 0
        job.run_at = now()
        if job.unique_key and Job.objects.filter(WAITING, unique_key=job.unique_key).exists():
            job.finished_at = now()
        job.save()
        return job


def leave(number: int) -> Job:
    """Take a job off the list that needs a person; it isn't done any more.

    Raises:
        Changed: it doesn't need anybody any more.
    """
    with write():
        job = _needing(number)
        job.finished_at = now()
        job.save(update_fields=("finished_at",))
        return job


def sweep() -> int:
    """Forget jobs that were done long ago, and workers that fell silent.

    Returns:
        how many jobs were forgotten.
    """
    with write():
        Worker.objects.filter(seen_at__lt=now() - _SILENT_WORKERS_ARE_KEPT).delete()
        return Job.objects.filter(finished_at__lt=now() - DONE_JOBS_ARE_KEPT).delete()[0]


def erase_errors(traces: Traces) -> int:
    """Take somebody out of what went wrong with jobs.

    Returns:
        of how many jobs.
    """
    with write():
        found = list(Job.objects.filter(traces.in_any("last_error")))
        for job in found:
            job.last_error = traces.out_of(job.last_error)
            job.save(update_fields=["last_error"])
        return len(found)


def _needing(number: int) -> Job:
    job = (
        Job.objects.select_for_update()
        .filter(pk=number, finished_at=None)
        .exclude(needs_person_at=None)
        .first()
    )
    if job is None:
        raise Changed(
            "job-went-on",
            "This piece of work doesn't need anybody any more.",
            "Somebody was quicker, or it was done meanwhile.",
        )
    return job
