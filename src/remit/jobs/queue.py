"""Putting work into the queue: an ordinary row, so that it lives or dies with the write around it."""

from __future__ import annotations

import inspect
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.module_loading import import_string
from django_tasks.base import Task

from remit.core.clock import now
from remit.core.writing import write
from remit.jobs.models import Job

WAITING = Q(finished_at=None, needs_person_at=None, worker="")
"""Jobs that no worker has in hand."""


def later(
    task: Task[Any, Any] | str, *, run_at: datetime | None = None, unique_key: str = "", **arguments: object
) -> Job:
    """Do something after this write.

    Args:
        task: a function with `@task()`, at the top of a module `jobs.py`; or its dotted name, where an
            action puts off what a job of its own app will call it for.
        run_at: not before.
        unique_key: while a job of this key waits, another one isn't added.
        arguments: of the function: identifiers that JSON knows, never objects.

    Returns:
        the job, or the one of this key that waits already.

    Raises:
        ImportError: there is no task of that name.
        TypeError: the function doesn't take these arguments.
    """
    known: Task[Any, Any] = import_string(task) if isinstance(task, str) else task
    inspect.signature(known.func).bind(**arguments)
    with write():
        return _waiting(unique_key) or Job.objects.create(
            task=known.module_path,
            arguments=arguments,
            unique_key=unique_key,
            run_at=run_at or now(),
            created_at=now(),
            priority=known.priority,
        )


def _waiting(unique_key: str) -> Job | None:
    """The job of a key that waits; locked, so that no worker takes it before it can see this write."""
    if not unique_key:
        return None
    return Job.objects.select_for_update().filter(WAITING, unique_key=unique_key).first()
