"""Who computes: what a rollout would find, and whether something worked. Apps above do, as jobs."""

from __future__ import annotations

from typing import Any, Final

from django_tasks.base import Task

from remit.jobs.queue import later

_answering: Final[list[Task[Any, Any]]] = []
_reckoning: Final[list[Task[Any, Any]]] = []


def computed_by(answering: Task[Any, Any], reckoning: Task[Any, Any]) -> None:
    """Say which jobs compute; called when an app is ready.

    Args:
        answering: takes the number of an answer that is open.
        reckoning: takes the number of a change with a plan.
    """
    _answering[:], _reckoning[:] = [answering], [reckoning]


def answer_later(number: int) -> None:
    """Have an answer computed."""
    later(_answering[0], unique_key=f"did-it-work:{number}", number=number)


def reckon_later(number: int) -> None:
    """Have it reckoned what a rollout would find."""
    later(_reckoning[0], unique_key=f"rollout:{number}", number=number)
