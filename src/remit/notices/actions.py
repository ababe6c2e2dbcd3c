"""Telling somebody something."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from remit.core.clock import now
from remit.notices.models import Notice


class Recipient(Protocol):
    """Who is told: a member."""

    pk: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What is told, the same for all who are told it.

    Attributes:
        code: what it is: `approval-asked`.
        subject: what it is about: `approval:12`.
        title, body: as it is read.
        address: where it leads, a path.
        is_urgent: a customer waits for it: it goes out by push at once.
    """

    code: str
    subject: str
    title: str
    body: str = ""
    address: str
    is_urgent: bool = False


def tell(members: Iterable[Recipient], message: Message) -> None:
    """Tell members something; it is written with its cause, and sent when the write is through."""
    for member in members:
        Notice.objects.create(
            member_id=member.pk,
            code=message.code,
            subject=message.subject,
            title=message.title,
            body=message.body,
            address=message.address,
            is_urgent=message.is_urgent,
            created_at=now(),
        )


def settle(subject: str) -> None:
    """What was told about something is outdated: it waits for nobody any more."""
    Notice.objects.filter(subject=subject, seen_at=None).update(seen_at=now())
