"""How the queue stands: what needs a person, and whether anybody works."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import QuerySet

from remit.core.clock import now
from remit.jobs.claiming import lease
from remit.jobs.models import Job, Worker
from remit.jobs.tasks import title_of

_LATE: Final = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Stuck:
    """A piece of work that stands still, in words.

    Attributes:
        number: of its job.
        title: what should be done.
        about: identifiers that it is about, as a person may look for them.
        happened: what is in the way, one line.
        trace: where it happened, for those who mend it; "" for none.
        tries: how often it was tried.
        since: when it was given up.
    """

    number: int
    title: str
    about: str
    happened: str
    trace: str
    tries: int
    since: datetime


def jobs_that_need_a_person() -> QuerySet[Job]:
    """Those that were given up, the newest first."""
    return Job.objects.filter(finished_at=None, needs_person_at__isnull=False).order_by(
        "-needs_person_at", "-id"
    )


def stuck(job: Job) -> Stuck:
    """A job that was given up, in words."""
    happened, _, trace = job.last_error.partition("\n\n")
    return Stuck(
        number=job.pk,
        title=title_of(job.task),
        about=", ".join(f"{name.replace('_', ' ')} {value}" for name, value in job.arguments.items()),
        happened=happened,
        trace=trace,
        tries=job.attempts,
        since=job.needs_person_at or job.created_at,
    )


def is_nobody_working() -> bool:
    """Whether jobs are late, and no worker has said for a while that it is alive."""
    if Worker.objects.filter(seen_at__gt=now() - 2 * lease()).exists():
        return False
    return Job.objects.filter(
        finished_at=None, needs_person_at=None, worker="", run_at__lt=now() - _LATE
    ).exists()
