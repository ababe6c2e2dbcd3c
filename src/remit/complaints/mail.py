"""A message to the customer as a mail: its words, its thread, the link to their page."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from remit.complaints.models import Complaint, Message
from remit.complaints.vocabulary import MailState, MessageForm
from remit.notices.mail import has_mail

_MOST_REFERENCES = 12


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail that is ready to leave.

    Attributes:
        to: the address.
        subject: one line, with the complaint's number.
        text: what is said, and below it where the customer's page is.
        message_id: the same at every try.
        headers: the thread, and Auto-Submitted (RFC 3834): `no` for what a person wrote.
    """

    to: str
    subject: str
    text: str
    message_id: str
    headers: dict[str, str] = field(default_factory=dict)


def goes_by_mail(complaint: Complaint) -> bool:
    """Whether what is said to the customer leaves by mail too: there are an address and a mail server."""
    return complaint.customer is not None and bool(complaint.customer.email) and has_mail()


def customer_address(complaint: Complaint) -> str:
    """The customer's page, as it stands in a mail."""
    return f"{settings.ADDRESS}{reverse('complaints:customer-page', args=[complaint.token])}"


def mail_id_of(message_id: int) -> str:
    """The Message-ID of a message: the same whenever it is asked for."""
    host = urlsplit(settings.ADDRESS).hostname or settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(" >")
    return f"<message-{message_id}@{host or 'localhost'}>"


def letter_of(message: Message) -> Letter:
    """A message to a customer who has an address, as a mail.

    Args:
        message: with its complaint, customer and team at hand.
    """
    complaint = message.complaint
    customer = complaint.customer
    earlier = list(
        complaint.messages.filter(mail_state=MailState.SENT)
        .exclude(message_id="")
        .exclude(pk=message.pk)
        .order_by("at", "id")
        .values_list("message_id", flat=True)
    )
    headers: dict[str, str] = {}
    if earlier:
        headers["In-Reply-To"] = earlier[-1]
        headers["References"] = " ".join(dict.fromkeys([earlier[0], *earlier[-_MOST_REFERENCES:]]))
    headers["Auto-Submitted"] = "auto-generated" if message.form == MessageForm.AUTOMATIC else "no"
    title = " ".join(complaint.title.split())
    return Letter(
        to=customer.email if customer else "",
        subject=f"{'Re: ' if earlier else ''}{title} ({complaint.said})",
        text=_text(message),
        message_id=mail_id_of(message.pk),
        headers=headers,
    )


def _text(message: Message) -> str:
    complaint = message.complaint
    lines = [message.text, "", "-- ", f"{complaint.team.name} · {complaint.said}"]
    if customer_address(complaint) not in message.text:
        lines += ["Read everything and answer on your page:", customer_address(complaint)]
    return "\n".join(lines)
