"""Work of growth that is done later; each can be done twice."""

from __future__ import annotations

from typing import Final

from django_tasks import task

from remit.growth.actions import proposing, steps
from remit.jobs.schedule import every

_LATELY: Final = 3
"""Hours: reviews that were done in them are looked at with every round, all others once a day."""


@every(hours=1)
@task()
def look_lately() -> None:
    """See what reviews say that were done lately, and which steps are over."""
    steps.end_what_is_over()
    for number in proposing.memberships_to_look_at(since_hours=_LATELY):
        proposing.look(number)


@every(hours=24)
@task()
def look_at_everybody() -> None:
    """See what all reviews say: one that was given up changes something, too."""
    for number in proposing.memberships_to_look_at():
        proposing.look(number)
