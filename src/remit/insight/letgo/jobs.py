"""The nightly look at what could be let go, and the one on demand.

Statistics are loaded only where a look is taken: pages need none of them.
"""

from __future__ import annotations

from django_tasks import task

from remit.core.writing import write
from remit.jobs.queue import later
from remit.jobs.schedule import every
from remit.people.models import Team


@every(days=1)
@task()
def look_at_all_teams() -> None:
    """Look for what is always approved and what is worth a look, team by team."""
    with write():
        for team in Team.objects.filter(closed_at=None).values_list("pk", flat=True):
            look_soon(team)


@task()
def look_at_one_team(team_id: int) -> None:
    """Look for what is always approved in a team, and for what is worth a look."""
    # Statistics, for the worker alone.
    from remit.insight.hold_on.looking import look_at_what_stands_out  # noqa: PLC0415
    from remit.insight.letgo.looking import look_at_team  # noqa: PLC0415

    team = Team.objects.filter(pk=team_id, closed_at=None).first()
    if team is not None:
        look_at_team(team)
        look_at_what_stands_out(team)


def look_soon(team_id: int) -> None:
    """Have a team looked at; while that waits, asking again adds nothing."""
    later(look_at_one_team, unique_key=f"let-go:{team_id}", team_id=team_id)
