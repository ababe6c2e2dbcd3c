"""What people are told by mail, as frozen data."""

from __future__ import annotations

from dataclasses import dataclass

from remit.people.models import Member
from remit.people.vocabulary import NEW_PASSWORD_HOURS


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail: to whom, what about, and its text."""

    to: str
    subject: str
    text: str


def new_password_mail(member: Member, link: str) -> Letter:
    """The way back of somebody who forgot their password.

    Args:
        member: who; they have a mail address.
        link: where they set a new one.
    """
    text = (
        f"Hello {member.name},\n\n"
        "somebody, you we hope, wants to set a new password for you in Remit. Here you do it:\n\n"
        f"{link}\n\n"
        f"The link holds for {NEW_PASSWORD_HOURS} hours, and once. If it wasn't you, do nothing: "
        "your password stays as it is.\n"
    )
    return Letter(member.email or "", "A new password for Remit", text)


def mail_changed_mail(member: Member, old: str) -> Letter:
    """What the address of before is told.

    Args:
        member: whose mail is another one now.
        old: the address of before.
    """
    text = (
        f"Hello {member.name},\n\n"
        "your mail address in Remit is another one from now on: you sign in with that one, and a link for a "
        "new password goes there.\n\n"
        "If it wasn't you, tell somebody who manages your team at once: they can end your sessions and make "
        "you a link to come in by.\n"
    )
    return Letter(old, "Your mail address in Remit was changed", text)
