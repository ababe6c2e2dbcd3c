"""What comes back by itself."""

from __future__ import annotations

from django_tasks import task

from remit.jobs.schedule import every
from remit.rollouts.actions import turns


@every(hours=6)
@task()
def tell_turns() -> None:
    """Tell the teams whose turn has come."""
    turns.tell_turns()
