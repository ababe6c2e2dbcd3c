"""What comes back by itself."""

from __future__ import annotations

from django_tasks import task

from remit.jobs.schedule import every
from remit.voice.actions import trials


@every(minutes=15)
@task()
def ask_what_came() -> None:
    """Ask what came of the trials whose time is over."""
    trials.ask_what_came()
