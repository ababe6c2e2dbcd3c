"""What is told when a version comes into force that was published for later, and when its rules turn."""

from __future__ import annotations

from datetime import date

from django_tasks import task

from remit.charters.actions.turning import rules_turn
from remit.charters.actions.versions import come_into_force


@task()
def tell_in_force(version: int) -> None:
    """A version is in force, or a trial has ended: the trail and the team hear of it.

    Args:
        version: number of its row.
    """
    come_into_force(version)


@task()
def tell_rules_turned(team: int, day: str) -> None:
    """Rules of a charter began or ended on a day of their own.

    Args:
        team: number of its row.
        day: as `2026-12-24`.
    """
    rules_turn(team, date.fromisoformat(day))
