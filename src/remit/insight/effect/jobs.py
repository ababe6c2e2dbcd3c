"""Looking whether something worked, and what a rollout would find. Statistics are loaded here alone."""

from __future__ import annotations

from django_tasks import task

from remit.jobs.schedule import every


@task()
def look_whether_it_worked(number: int) -> None:
    """Look whether something worked."""
    from remit.insight.effect.answering import answer  # noqa: PLC0415 (statistics, for the worker alone)

    answer(number)


@task()
def reckon_rollout(number: int) -> None:
    """Reckon what a rollout would find."""
    from remit.insight.effect.reckoning import reckon  # noqa: PLC0415 (statistics, for the worker alone)

    reckon(number)


@every(hours=1)
@task()
def look_at_ends() -> None:
    """Begin to look at the rollouts whose end is reached."""
    from remit.insight.effect.answering import answers_due  # noqa: PLC0415 (statistics, for the worker alone)

    answers_due()
