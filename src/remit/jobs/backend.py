"""Django's task interface in front of the queue: `some_task.enqueue(…)` is a row like any other."""

from __future__ import annotations

from typing import Any

from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskResult, TaskResultStatus

from remit.core.clock import now
from remit.jobs.queue import later


class DatabaseQueue(BaseTaskBackend):
    """Puts tasks into the table of jobs."""

    supports_defer = True
    supports_priority = True

    def enqueue(self, task: Task[Any, Any], args: Any, kwargs: Any) -> TaskResult[Any]:  # noqa: ANN401
        """Add a job; positional arguments aren't taken, so that a waiting job stays readable."""
        self.validate_task(task)
        if args:
            raise TypeError("arguments of a job are given by name")
        later(task, run_at=task.run_after, **kwargs)
        return TaskResult(
            task=task,
            id="",
            status=TaskResultStatus.READY,
            enqueued_at=now(),
            started_at=None,
            finished_at=None,
            last_attempted_at=None,
            args=[],
            kwargs=kwargs,
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )
