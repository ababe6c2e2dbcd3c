"""The look at which hats are asked for, every hour, and what managers are told on Monday."""

from __future__ import annotations

from django_tasks import task

from remit.core.writing import write
from remit.insight.hats.looking import look_at_hats
from remit.insight.hats.monday import tell_managers
from remit.jobs.queue import later
from remit.jobs.schedule import every
from remit.people.models import Team


@every(hours=1)
@task()
def look_at_hats_of_all() -> None:
    """Look which hats each team asks for; what is late at this moment is no matter of a night."""
    with write():
        for team in Team.objects.filter(closed_at=None).values_list("pk", flat=True):
            later(look_at_hats_of_one, unique_key=f"hats:{team}", team_id=team)


@task()
def look_at_hats_of_one(team_id: int) -> None:
    """Look which hats a team asks for."""
    team = Team.objects.filter(pk=team_id, closed_at=None).first()
    if team is not None:
        look_at_hats(team)


@every(minutes=15)
@task()
def tell_on_mondays() -> None:
    """Tell who manages a team where it is Monday morning."""
    for team in Team.objects.filter(closed_at=None):
        tell_managers(team)
