"""Waves open and close by themselves."""

from __future__ import annotations

from django_tasks import task

from remit.jobs.schedule import every
from remit.pulse.actions.closing import close_due
from remit.pulse.actions.opening import open_due


@every(minutes=15)
@task()
def turn() -> None:
    """Close the waves whose time is over, and open those whose day has come."""
    close_due()
    open_due()
