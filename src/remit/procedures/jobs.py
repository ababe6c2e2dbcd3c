"""Work of procedures that is done later; each can be done twice."""

from __future__ import annotations

from django_tasks import task

from remit.jobs.schedule import every
from remit.procedures.actions import looking_after, pictures


@task()
def tell_readers(team: int) -> None:
    """Tell a team what it has to read."""
    looking_after.tell_readers(team)


@every(hours=24)
@task()
def look_around() -> None:
    """Tell whose procedures are due for review, and remove pictures that nobody sees any more."""
    looking_after.tell_of_reviews()
    pictures.remove_lost()
    pictures.remove_left_pictures()
