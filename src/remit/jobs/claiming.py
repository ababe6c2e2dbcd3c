"""Taking a job and giving it back. A worker has a job for a while only, and whoever lost it can't end it.

A job is had by a worker's name and the number of the try: every end of it asks for both. A worker that was
frozen and wakes up after somebody else took over changes nothing any more.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q, QuerySet

from remit.core.clock import now
from remit.core.writing import write
from remit.jobs.models import Job
from remit.jobs.queue import WAITING

MOST_TRIES: Final = 8
"""Then a person is needed: after about two and a half hours."""

_FIRST_PAUSE: Final = timedelta(seconds=5)
_LONGEST_PAUSE: Final = timedelta(hours=1)


def lease() -> timedelta:
    """How long a worker has a job before it has to say again that it is alive."""
    return timedelta(seconds=settings.JOB_LEASE_SECONDS)


def pause_after(attempts: int) -> timedelta:
    """How long to wait after so many tries: 5 s, 20 s, 80 s … an hour."""
    return min(_LONGEST_PAUSE, _FIRST_PAUSE * int(4 ** min(attempts - 1, 10)))


def claim(worker: str) -> Job | None:
    """Take the next job that is due, or whose worker fell silent; None when there is none."""
    while _due().exists():
        with _alone():
            job = _due().select_for_update(skip_locked=True).order_by("-priority", "run_at", "id").first()
            if job is None:
                return None
            if job.attempts < MOST_TRIES:
                job.attempts += 1
                job.worker = worker
                job.lease_until = now() + lease()
                job.save(update_fields=("attempts", "worker", "lease_until"))
                return job
            _set(
                job,
                worker="",
                lease_until=None,
                needs_person_at=now(),
                last_error=f"Its worker stopped in the middle of it, {job.attempts} times.",
            )
    return None


def renew(job: Job) -> bool:
    """Have it for longer; False when it was lost."""
    with write():
        return _set(job, lease_until=now() + lease())


def finish(job: Job) -> bool:
    """It is done; False when it was lost meanwhile."""
    with write():
        return _set(job, finished_at=now(), worker="", lease_until=None, last_error="")


def try_later(job: Job, error: str) -> bool:
    """It failed: again after a pause, or to the list that needs a person; False when it was lost.

    Where another job of its key waits, that one does the same work, and this one is through.
    """
    with write():
        if job.attempts >= MOST_TRIES:
            return _give_up(job, error)
        if _is_followed(job):
            return _set(job, finished_at=now(), worker="", lease_until=None, last_error=error)
        return _set(
            job, run_at=now() + pause_after(job.attempts), worker="", lease_until=None, last_error=error
        )


def give_up(job: Job, error: str) -> bool:
    """Trying again won't help: to the list that needs a person; False when it was lost."""
    with write():
        return _give_up(job, error)


def give_back(job: Job) -> bool:
    """It is begun anew by the next worker, as if this one had never tried; False when it was lost."""
    with write():
        return _set(job, run_at=now(), worker="", lease_until=None, attempts=job.attempts - 1)


def _give_up(job: Job, error: str) -> bool:
    return _set(job, needs_person_at=now(), worker="", lease_until=None, last_error=error)


def _due() -> QuerySet[Job]:
    return Job.objects.filter(
        Q(worker="") | Q(lease_until__lt=now()),
        finished_at=None,
        needs_person_at=None,
        run_at__lte=now(),
    )


def _set(job: Job, **values: object) -> bool:
    """Change it, if this worker still has it."""
    ours = Job.objects.filter(
        pk=job.pk, worker=job.worker, attempts=job.attempts, finished_at=None, needs_person_at=None
    )
    return bool(ours.update(**values))


def _is_followed(job: Job) -> bool:
    return (
        bool(job.unique_key)
        and Job.objects.filter(WAITING, unique_key=job.unique_key).exclude(pk=job.pk).exists()
    )


@contextmanager
def _alone() -> Iterator[None]:
    """Nobody else takes the same job: on PostgreSQL by the row's lock, without waiting for other writes."""
    if connection.vendor == "postgresql":
        with transaction.atomic():
            yield
        return
    with write():
        yield
