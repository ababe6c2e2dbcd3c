"""Tasks of the people: mail that follows a write, and what goes once it has ended."""

from __future__ import annotations

from django.urls import reverse
from django_tasks import task

from remit.core.sealing import SealBroken, unseal
from remit.jobs.schedule import every
from remit.notices.mail import send_mail
from remit.people.actions.ended import forget_what_has_ended
from remit.people.actions.forgotten import token_for
from remit.people.models import Member
from remit.people.notices import mail_changed_mail, new_password_mail


@task()
def send_new_password(member: int, address: str) -> None:
    """Send a member the link that lets them set a new password, to the address that is kept.

    Args:
        member: number of the member.
        address: where this Remit is reached.
    """
    person = Member.objects.filter(pk=member, left_at=None).exclude(email=None).first()
    if person is None:
        return
    link = address + reverse("people:new-password", args=(person.word, token_for(person)))
    letter = new_password_mail(person, link)
    send_mail(letter.to, letter.subject, letter.text)


@task()
def send_mail_changed(member: int, sealed: str) -> None:
    """Tell the address of before that somebody signs in with another one now.

    Args:
        member: number of the member.
        sealed: the address of before, see `remit.core.sealing`.
    """
    person = Member.objects.filter(pk=member, left_at=None).first()
    if person is None:
        return
    try:
        old = unseal(sealed)
    except SealBroken:
        return  # restored under another key: nobody can say any more where it was to go
    letter = mail_changed_mail(person, old)
    send_mail(letter.to, letter.subject, letter.text)


@every(days=1)
@task()
def forget_ended() -> None:
    """Remove sessions whose time is over, and names on invitations that nobody took up."""
    forget_what_has_ended()
