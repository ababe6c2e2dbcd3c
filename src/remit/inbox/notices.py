"""What members are told about the mail of their team."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from remit.inbox.models import Mailbox
from remit.notices.actions import Message
from remit.people.models import Team


def mailbox_in_trouble(mailbox: Mailbox) -> Message:
    """Mail to a team isn't fetched."""
    return Message(
        code="mailbox-in-trouble",
        subject=mailbox.subject,
        title=f"Mail to {mailbox.address} isn't fetched",
        body=mailbox.trouble,
        address=reverse("inbox:mailbox", args=[mailbox.team.word]),
        is_urgent=True,
    )


def mails_held_back(team: Team, most: int) -> Message:
    """More mails to customers would leave than may within an hour."""
    return Message(
        code="mails-held-back",
        subject=f"team:{team.word}",
        title=f"Mails of {team.name} are held back",
        body=f"More than {most:,} were to leave within an hour. They leave later, by themselves: see whether "
        "they are what you wanted, or allow more.",
        address=reverse("inbox:mailbox", args=[team.word]),
        is_urgent=True,
    )


def examples(mailbox: Mailbox) -> Iterable[Message]:
    """One message of each kind."""
    yield mailbox_in_trouble(mailbox)
    yield mails_held_back(mailbox.team, mailbox.most_an_hour)
