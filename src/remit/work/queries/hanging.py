"""What of work hangs on an objective."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from remit.people.models import Member
from remit.purpose.hanging import MOST_SHOWN, Hanging
from remit.purpose.models import Objective
from remit.work.access import tasks_for


def tasks_on(member: Member, objective: Objective) -> Iterator[Hanging]:
    """The tasks of an objective that wait to be done, the latest first."""
    waiting = tasks_for(member).filter(objective=objective, ended_at=None).order_by("-id")
    for task in waiting[: MOST_SHOWN + 1]:
        yield Hanging(task.title, reverse("work:task", args=[task.pk]))
