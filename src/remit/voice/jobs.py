"""What comes back by itself."""

from __future__ import annotations

from django_tasks import task

from remit.core.left_files import remove_left
from remit.jobs.schedule import every
from remit.voice.actions import trials
from remit.voice.models import Picture


@every(minutes=15)
@task()
def ask_what_came() -> None:
    """Ask what came of the trials whose time is over."""
    trials.ask_what_came()


@every(hours=24)
@task()
def remove_left_pictures() -> None:
    """Remove files that no idea names, left behind by a crash a day ago or earlier."""
    remove_left("ideas", (Picture.objects, "file"))
