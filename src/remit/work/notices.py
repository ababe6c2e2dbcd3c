"""What members are told about work: only what comes to them by somebody else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.urls import reverse

from remit.notices.actions import Message
from remit.work.models import Task
from remit.work.vocabulary import GIVEN, HANDED_OVER, PUT_BACK, Move

_LONGEST: Final = 200


def given(task: Task, by: str, move: Move, words: str) -> Message:
    """To whoever has a task from now on: a lead gave it, or a colleague handed it over."""
    how = "hands over to you" if move == Move.HANDED_OVER else "gives you"
    return Message(
        code=HANDED_OVER if move == Move.HANDED_OVER else GIVEN,
        subject=task.subject,
        title=f"{by} {how}: {task.title}"[:_LONGEST],
        body=words or f"Why: {task.why}",
        address=_page(task),
    )


def put_back(task: Task, by: str) -> Message:
    """To whoever had a task that a lead put back."""
    return Message(
        code=PUT_BACK,
        subject=task.subject,
        title=f"{by} put back: {task.title}"[:_LONGEST],
        body="It is free to take again. Ask them, if you were at it.",
        address=_page(task),
    )


def examples(task: Task) -> Iterable[Message]:
    """One of each, so that all of them can be looked at."""
    yield given(task, "Sam", Move.GIVEN, "")
    yield given(task, "Ben", Move.HANDED_OVER, "Two tables are left.")
    yield put_back(task, "Mia")


def _page(task: Task) -> str:
    return reverse("work:task", args=[task.pk])
