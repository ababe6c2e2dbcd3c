"""Putting work into the queue: an ordinary row, so that it lives or dies with the write around it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django_tasks.base import Task

from remit.core.clock import now
from remit.jobs.models import Job


def later(
    task: Task[Any, Any] | str, *, run_at: datetime | None = None, unique_key: str = "", **arguments: object
) -> None:
    """Do something after this write.

    Args:
        task: a function with `@task()`, at the top of a module `jobs.py`; or its dotted name, where an
            action puts off what a job of its own app will call it for.
        run_at: not before.
        unique_key: while a job of this key waits, another one isn't added.
        arguments: of the function: identifiers that JSON knows, never objects.
    """
    if (
        unique_key
        and Job.objects.filter(unique_key=unique_key, finished_at=None, needs_person_at=None).exists()
    ):
        return
    Job.objects.create(
        task=task if isinstance(task, str) else task.module_path,
        arguments=arguments,
        unique_key=unique_key,
        run_at=run_at or now(),
        created_at=now(),
        priority=0 if isinstance(task, str) else task.priority,
    )
