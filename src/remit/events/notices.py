"""What members are told about big days: that somebody needs help on the day."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.urls import reverse

from remit.events.models import Task
from remit.events.vocabulary import HELP_NEEDED
from remit.notices.actions import Message

_LONGEST: Final = 200


def help_needed(task: Task, by: str, words: str) -> Message:
    """To whoever runs the event and leads there: somebody needs help now."""
    return Message(
        code=HELP_NEEDED,
        subject=f"event-task:{task.pk}",
        title=f"{by} needs help: {task.title}"[:_LONGEST],
        body=words or f"Why it matters: {task.why}",
        address=f"{reverse('events:run', args=[task.event_id])}#task-{task.pk}",
        is_urgent=True,
    )


def examples(task: Task) -> Iterable[Message]:
    """One of each, so that all of them can be looked at."""
    yield help_needed(task, "Ana", "The second tap leaks.")
