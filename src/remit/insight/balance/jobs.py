"""The nightly count, and the one on demand."""

from __future__ import annotations

from django_tasks import task

from remit.core.writing import write
from remit.insight.balance.keeping import keep
from remit.jobs.queue import later
from remit.jobs.schedule import every
from remit.people.models import Team


@every(days=1)
@task()
def count_all_balances() -> None:
    """Count the balance of every team, team by team."""
    with write():
        for team in Team.objects.filter(closed_at=None).values_list("pk", flat=True):
            count_soon(team)


@task()
def count_balance(team_id: int) -> None:
    """Count the balance of a team."""
    team = Team.objects.filter(pk=team_id, closed_at=None).first()
    if team is not None:
        keep(team)


def count_soon(team_id: int) -> None:
    """Have the balance of a team counted; while that waits, asking again adds nothing."""
    later(count_balance, unique_key=f"balance:{team_id}", team_id=team_id)
