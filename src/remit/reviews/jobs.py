"""Work of the reviews that is done later. Each does all of it or nothing, and nothing twice."""

from __future__ import annotations

from django_tasks import task

from remit.jobs.schedule import every
from remit.reviews.actions import asking, weekly


@every(hours=1)
@task()
def keep_weeks() -> None:
    """Open weeks of reviews before they begin, and draw those that are over."""
    weekly.open_rounds()
    for number in weekly.rounds_to_draw():
        weekly.draw_round(number)
    for number in asking.rounds_to_ask_for():
        asking.ask_reviewers(number)


@task()
def ask_reviewers(number: int) -> None:
    """Ask a reviewer for every decision that was drawn."""
    asking.ask_reviewers(number)


@every(hours=1)
@task()
def pass_on_overdue() -> None:
    """Pass reviews on that weren't done by their day."""
    for number in asking.overdue():
        asking.pass_on(number)
    for number in asking.lots_without_anybody():
        asking.give_up_lot(number)
