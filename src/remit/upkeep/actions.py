"""What is done about work that stands still."""

from __future__ import annotations

from remit.core.writing import write
from remit.jobs import actions as queue
from remit.jobs.queries import jobs_that_need_a_person
from remit.notices.actions import settle, tell
from remit.notices.models import Notice
from remit.people.models import Member
from remit.trail.actions import record
from remit.upkeep.access import need_stuck_job_for, who_looks_after
from remit.upkeep.notices import work_stands_still
from remit.upkeep.vocabulary import ABOUT_STUCK_JOBS, LEFT, NEEDS_A_PERSON, TRIED_AGAIN


def try_again(member: Member, number: int) -> None:
    """Have a piece of work tried again.

    Raises:
        NotAllowed: they may not.
        NotThere: there is no such work.
        Changed: it doesn't need anybody any more.
    """
    with write():
        need_stuck_job_for(member, number)
        job = queue.try_again(number)
        record(TRIED_AGAIN, f"job:{number}", by=member, task=job.task)
        settle_when_none_is_left()


def leave(member: Member, number: int) -> None:
    """Leave a piece of work undone.

    Raises:
        NotAllowed: they may not.
        NotThere: there is no such work.
        Changed: it doesn't need anybody any more.
    """
    with write():
        need_stuck_job_for(member, number)
        job = queue.leave(number)
        record(LEFT, f"job:{number}", by=member, task=job.task)
        settle_when_none_is_left()


def tell_of_work_that_stands_still() -> None:
    """Tell managers and owners of work that was given up since they were told last."""
    with write():
        newest = jobs_that_need_a_person().first()
        if newest is None or newest.needs_person_at is None:
            return
        told = Notice.objects.filter(
            subject=ABOUT_STUCK_JOBS, code=NEEDS_A_PERSON, created_at__gte=newest.needs_person_at
        )
        if not told.exists():
            tell(who_looks_after(), work_stands_still(jobs_that_need_a_person().count()))


def settle_when_none_is_left() -> None:
    """Where no work stands still any more nobody is told any longer that some does; inside a write."""
    if not jobs_that_need_a_person().exists():
        settle(ABOUT_STUCK_JOBS)
