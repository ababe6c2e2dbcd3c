"""Whether a team has given money: its currency stays from then on. Apps above know, and hook in."""

from __future__ import annotations

from collections.abc import Callable

from remit.people.models import Team

Question = Callable[[Team], bool]

_questions: list[Question] = []


def on_asking(question: Question) -> None:
    """Let an app answer whether a team has given money already."""
    if question not in _questions:
        _questions.append(question)


def has_given_money(team: Team) -> bool:
    """Whether any app says that a team has given money."""
    return any(question(team) for question in _questions)
