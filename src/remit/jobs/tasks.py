"""From a row to the function it names, and in words what that is and what went wrong."""

from __future__ import annotations

import inspect
import traceback
from typing import Any, Final

from django.utils.module_loading import import_string
from django_tasks.base import Task

from remit.jobs.errors import NeedsPerson, TryLater
from remit.jobs.models import Job
from remit_engine.errors import RemitError

_LONGEST_ERROR: Final = 4000


def task_of(job: Job) -> Task[Any, Any]:
    """The task that a job names.

    Raises:
        NeedsPerson: there is none, or it takes other arguments: it was waiting while Remit was changed.
    """
    try:
        task = import_string(job.task)
    except ImportError:
        task = None
    if not isinstance(task, Task):
        raise NeedsPerson(f"This version of Remit knows no work called {job.task}.")
    try:
        inspect.signature(task.func).bind(**job.arguments)
    except TypeError:
        raise NeedsPerson(f"This version of Remit needs other things to know for {job.task}.") from None
    return task


def run(job: Job) -> None:
    """Do it; whatever goes wrong is raised."""
    task_of(job).call(**job.arguments)


def title_of(name: str) -> str:
    """What a task does, in words: the first line of its description."""
    try:
        task = import_string(name)
    except ImportError:
        task = None
    described = inspect.getdoc(task.func) if isinstance(task, Task) else None
    return described.splitlines()[0].rstrip(".") if described else name


def words_of(error: Exception) -> str:
    """What went wrong: first a line for everybody, then where, for those who mend it."""
    if isinstance(error, NeedsPerson | TryLater):
        return error.words
    if isinstance(error, RemitError):
        return f"{error.wrong} {error.next_step}"
    first = f"{type(error).__name__}: {error}".strip().rstrip(":")
    trace = "".join(traceback.format_exception(error))
    return f"{first}\n\n{trace}"[:_LONGEST_ERROR]
