"""What members are told about ideas, trials, thanks and questions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.urls import reverse

from remit.notices.actions import Message
from remit.voice.models import Idea, Question, Thanks, Trial
from remit.voice.vocabulary import (
    ANSWER_CORRECTED,
    IDEA_ANSWERED,
    IDEA_CAME,
    QUESTION_ANSWERED,
    QUESTION_CAME,
    THANKED,
    TRIAL_ENDED,
    TRIAL_OVER,
    TRIAL_YOURS,
    Came,
    Outcome,
)

_LONGEST: Final = 200


def idea_came(idea: Idea) -> Message:
    """To those who lead: an idea waits for its answer."""
    who = f"{idea.author.name} has an idea" if idea.author else "An idea, without a name"
    return _message(
        IDEA_CAME, idea.subject, f"{who}: {idea.text}", "It was promised an answer, with a why.", _idea(idea)
    )


def idea_answered(idea: Idea, outcome: Outcome, why: str) -> Message:
    """To whoever had an idea, and who supports it."""
    return _message(IDEA_ANSWERED, idea.subject, f"{outcome.label}: {idea.text}", why, _idea(idea))


def trial_yours(trial: Trial, by: str) -> Message:
    """To whoever looks after a trial from now on."""
    title = f"{by} asks you to look after a trial: {trial.what}"
    return _message(TRIAL_YOURS, trial.subject, title, f"It stops if: {trial.limit}", _trial(trial))


def trial_over(trial: Trial) -> Message:
    """To the owner of a trial whose time is over."""
    title = f"What came of it? {trial.what}"
    body = "Its time is over. Keep it or not: what you know now is worth a sentence."
    return _message(TRIAL_OVER, trial.subject, title, body, _trial(trial))


def trial_ended(trial: Trial) -> Message:
    """To whoever had the idea, supports it, or looked after the trial."""
    title = f"{Came(trial.came).label}: {trial.what}"
    thanks = "" if trial.came == Came.KEPT else "Thank you for trying. "
    return _message(TRIAL_ENDED, trial.subject, title, f"{thanks}{trial.learned}", _trial(trial))


def thanked(thanks: Thanks) -> Message:
    """To whoever is thanked."""
    title = f"{thanks.by.name} thanks you: {thanks.text}"
    return _message(THANKED, f"thanks:{thanks.pk}", title, "", reverse("voice:thanks"))


def question_came(question: Question) -> Message:
    """To those who manage: a question waits for an answer for all."""
    who = f"{question.author.name} asks" if question.author else "Somebody asks, without a name"
    title = f"{who}: {question.text}"
    return _message(QUESTION_CAME, question.subject, title, "Your answer is for all.", _question(question))


def question_answered(question: Question) -> Message:
    """To whoever asked."""
    title = f"Answered: {question.text}"
    return _message(QUESTION_ANSWERED, question.subject, title, question.answer, _question(question))


def answer_corrected(question: Question, why: str) -> Message:
    """To whoever asked, and whose answer was corrected."""
    title = f"The answer was corrected: {question.text}"
    return _message(ANSWER_CORRECTED, question.subject, title, why, _question(question))


def examples(idea: Idea, trial: Trial, thanks: Thanks, question: Question) -> Iterable[Message]:
    """One of each, so that all of them can be looked at."""
    yield idea_came(idea)
    yield idea_answered(idea, Outcome.NOT_NOW, "The kitchen is rebuilt until May.")
    yield trial_yours(trial, "Sam")
    yield trial_over(trial)
    yield trial_ended(trial)
    yield thanked(thanks)
    yield question_came(question)
    yield question_answered(question)
    yield answer_corrected(question, "The law changed in May.")


def _message(code: str, subject: str, title: str, body: str, address: str) -> Message:
    return Message(
        code=code,
        subject=subject,
        title=title if len(title) <= _LONGEST else f"{title[: _LONGEST - 1]}…",
        body=body,
        address=address,
    )


def _idea(idea: Idea) -> str:
    return reverse("voice:idea", args=[idea.pk])


def _trial(trial: Trial) -> str:
    return reverse("voice:trial", args=[trial.pk])


def _question(question: Question) -> str:
    return reverse("voice:question", args=[question.pk])
