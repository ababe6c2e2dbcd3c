"""Working what is due, here and now: for tests, and where there is no worker beside."""

from __future__ import annotations

from typing import Final

from remit.jobs.claiming import claim, finish, give_up, try_later
from remit.jobs.errors import NeedsPerson
from remit.jobs.models import Job
from remit.jobs.tasks import run, words_of

_WORKER: Final = "inline"


def run_due_jobs(*, most: int = 1000, is_forgiving: bool = False) -> int:
    """Work what is due at the moment of the clock, and what comes of it, until nothing is due any more.

    Args:
        most: jobs; more than that is taken for a loop.
        is_forgiving: a job that fails is put back as by a worker; otherwise its error is raised as well.

    Returns:
        how many jobs were worked.
    """
    for worked in range(most):
        job = claim(_WORKER)
        if job is None:
            return worked
        error = work_on(job)
        if error is not None and not is_forgiving and not isinstance(error, NeedsPerson):
            raise error
    raise RuntimeError(f"{most} jobs were worked, and still there are more")


def work_on(job: Job) -> Exception | None:
    """Do a job that was taken, and write down how it ended.

    Returns:
        what went wrong, or None.
    """
    try:
        run(job)
    except NeedsPerson as error:
        give_up(job, words_of(error))
        return error
    except Exception as error:  # noqa: BLE001 (whatever a task raises, the worker goes on)
        try_later(job, words_of(error))
        return error
    finish(job)
    return None
