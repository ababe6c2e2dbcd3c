"""Who looks after work that stands still: managers and owners. It belongs to no team."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from remit.core.errors import NotAllowed, NotThere
from remit.jobs.models import Job
from remit.jobs.queries import jobs_that_need_a_person
from remit.people.access import highest_rank_of
from remit.people.models import Member
from remit.people.vocabulary import Rank


def stuck_jobs_for(member: Member) -> QuerySet[Job]:
    """Work that needs a person, the newest first.

    Raises:
        NotAllowed: they are neither manager nor owner.
    """
    if highest_rank_of(member) < Rank.MANAGER:
        raise NotAllowed(
            "needs-rank",
            "It takes a manager to look after work that stands still.",
            "Ask a manager of your team.",
        )
    return jobs_that_need_a_person()


def need_stuck_job_for(member: Member, number: int) -> Job:
    """One of them, also one that went on meanwhile.

    Raises:
        NotAllowed: they are neither manager nor owner.
        NotThere: there is no such work.
    """
    stuck_jobs_for(member)
    job = Job.objects.filter(pk=number).first()
    if job is None:
        raise NotThere("work")
    return job


def who_looks_after() -> QuerySet[Member]:
    """Everybody who may."""
    is_manager = Q(memberships__until=None, memberships__role__rank__gte=Rank.MANAGER)
    people = Member.objects.filter(Q(is_owner=True) | is_manager, left_at=None, is_software=False)
    return people.distinct()
