"""Tasks of the people: mail that follows a write."""

from __future__ import annotations

from django.urls import reverse
from django_tasks import task

from remit.notices.mail import send_mail
from remit.people.actions.forgotten import token_for
from remit.people.models import Member
from remit.people.notices import new_password_mail


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
