"""Django's task interface in front of the queue: `some_task.enqueue(…)` is a row like any other."""

from __future__ import annotations

from typing import Any

from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskResult, TaskResultStatus
from django_tasks.exceptions import InvalidTaskError
from django_tasks.signals import task_enqueued

from remit.jobs.queue import later


class DatabaseQueue(BaseTaskBackend):
    """Puts tasks into the table of jobs.

    What a task returns isn't kept: what lasts is written by the task itself, as rows. So results can't be
    fetched, and the id of one is the number of its job.
    """

    supports_defer = True
    supports_priority = True

    def validate_task(self, task: Task[Any, Any]) -> None:
        """Refuse what this queue can't do.

        Raises:
            InvalidTaskError: saying what.
        """
        super().validate_task(task)
        if task.takes_context:
            raise InvalidTaskError("Tasks of this queue get no context: a try is like any other.")

    def enqueue(self, task: Task[Any, Any], args: Any, kwargs: Any) -> TaskResult[Any]:  # noqa: ANN401
        """Add a job.

        Raises:
            TypeError: arguments are given by place: a waiting job has to stay readable.
        """
        self.validate_task(task)
        if args:
            raise TypeError("arguments of a job are given by name")
        job = later(task, run_at=task.run_after, **kwargs)
        result: TaskResult[Any] = TaskResult(
            task=task,
            id=str(job.pk),
            status=TaskResultStatus.READY,
            enqueued_at=job.created_at,
            started_at=None,
            finished_at=None,
            last_attempted_at=None,
            args=[],
            kwargs=kwargs,
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )
        task_enqueued.send(type(self), task_result=result)
        return result
