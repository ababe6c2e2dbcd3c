"""What members are told about rollouts and their answers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.urls import reverse

from remit.notices.actions import Message
from remit.rollouts.models import Change, Start
from remit.rollouts.vocabulary import ANSWER_THERE, ORDER_DRAWN, TURN_COME

_LONGEST: Final = 200


def turn_subject(start: Start) -> str:
    """How the notices name the turn of a team."""
    return f"turn:{start.pk}"


def order_drawn(change: Change, start: Start) -> Message:
    """To those who manage a team: when its turn will be."""
    title = f"The lot was drawn: {change.named}"
    when = f"{start.on.day} {start.on:%B %Y}" if start.on else ""
    body = f"The turn of {start.team.name} is in the week of {when}. Until then, please do as before."
    return _message(ORDER_DRAWN, turn_subject(start), title, body, _page(change))


def turn_come(start: Start) -> Message:
    """To those who manage a team: its turn has come."""
    title = f"It is the turn of {start.team.name}: {start.change.named}"
    body = "Begin this week if you can, and say so on its page."
    return _message(TURN_COME, turn_subject(start), title, body, _page(start.change))


def answer_there(change: Change) -> Message:
    """To whoever planned a rollout: its end is reached, and there is an answer."""
    title = f"Did it work? {change.named}"
    address = reverse("insight:did-it-work", args=[change.pk])
    return _message(ANSWER_THERE, change.subject, title, "Its end is reached.", address)


def examples(change: Change, start: Start) -> Iterable[Message]:
    """One of each, so that all of them can be looked at."""
    yield order_drawn(change, start)
    yield turn_come(start)
    yield answer_there(change)


def _page(change: Change) -> str:
    return reverse("rollouts:rollout", args=[change.pk])


def _message(code: str, subject: str, title: str, body: str, address: str) -> Message:
    short = title if len(title) <= _LONGEST else f"{title[: _LONGEST - 1]}…"
    return Message(code=code, subject=subject, title=short, body=body, address=address)
