"""What members are told about big days: who needs help on the day, what was answered, what is off."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.urls import reverse

from remit.events.models import Event, Question, Task
from remit.events.vocabulary import CALLED_OFF, HELP_NEEDED, QUESTION_ANSWERED
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


def question_answered(question: Question) -> Message:
    """To whoever asked before a briefing: somebody answered."""
    by = question.answered_by.name if question.answered_by else ""
    return Message(
        code=QUESTION_ANSWERED,
        subject=f"event-question:{question.pk}",
        title=f"{by} answered: {question.text}"[:_LONGEST],
        body=question.answer,
        address=reverse("events:briefing", args=[question.event_id]),
    )


def called_off(event: Event, by: str) -> Message:
    """To whoever takes part: it doesn't take place."""
    return Message(
        code=CALLED_OFF,
        subject=event.subject,
        title=f"{by} called it off: {event.title}"[:_LONGEST],
        body=f"Why: {event.called_off_why}",
        address=reverse("events:event", args=[event.pk]),
    )


def examples(task: Task, question: Question) -> Iterable[Message]:
    """One of each, so that all of them can be looked at."""
    yield help_needed(task, "Ana", "The second tap leaks.")
    yield question_answered(question)
    yield called_off(task.event, "Ana")
