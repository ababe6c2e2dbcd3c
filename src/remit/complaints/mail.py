"""A message to the customer as a mail: its words, its thread, the link to their page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from email.utils import formataddr
from itertools import islice
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

from remit.complaints.models import Attachment, Complaint, Message, ReceivedMail
from remit.complaints.vocabulary import MailState, MessageForm
from remit.inbox.models import Mailbox
from remit.notices.mail import has_mail

_MOST_REFERENCES: Final = 12
MOST_BYTES: Final = 15 * 1024 * 1024
"""Of files in one mail. On their way they grow by a third, and many servers take 25 MB, some 20."""
_MAIL_ID: Final = re.compile(r"<message-(\d{1,18})[.@][^<>\s]{1,150}>")
_MOST_WITHIN: Final = 20
_SALT: Final = "remit.complaints.mail"


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail that is ready to leave.

    Attributes:
        to: the address.
        subject: one line, with the complaint's number.
        text: what is said, and below it where the customer's page is.
        message_id: the same at every try.
        sender: the team with its own address; "" where it has none.
        files: that go with it; opened by whoever sends it.
        headers: the thread, where an answer goes, and Auto-Submitted (RFC 3834): `no` for what a person
            wrote.
    """

    to: str
    subject: str
    text: str
    message_id: str
    sender: str = ""
    files: tuple[Attachment, ...] = ()
    headers: dict[str, str] = field(default_factory=dict)


def goes_by_mail(complaint: Complaint) -> bool:
    """Whether what is said to the customer leaves by mail too: there are an address and a mail server."""
    return complaint.customer is not None and bool(complaint.customer.email) and has_mail()


def customer_address(complaint: Complaint) -> str:
    """The customer's page, as it stands in a mail."""
    return f"{settings.ADDRESS}{reverse('complaints:customer-page', args=[complaint.token])}"


def mail_id_of(message_id: int) -> str:
    """The Message-ID of a message: the same whenever it is asked for.

    A part of it is signed: who names it in a mail has had ours before them, and didn't only count.
    """
    host = urlsplit(settings.ADDRESS).hostname or settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(" >")
    signed = salted_hmac(_SALT, str(message_id), algorithm="sha256").hexdigest()[:16]
    return f"<message-{message_id}.{signed}@{host or 'localhost'}>"


def message_of(mail_id: str) -> Message | None:
    """The message that went out under a Message-ID, with its complaint at hand; None for none of ours."""
    ours = _MAIL_ID.fullmatch(mail_id)
    if ours is None:
        return None
    sent = Message.objects.select_related("complaint").filter(pk=int(ours[1])).exclude(message_id="").first()
    return sent if sent is not None and sent.message_id == mail_id else None


def ids_within(text: str) -> list[str]:
    """What may be our Message-IDs in a text: machines give a mail back within their own words, too."""
    found = islice(_MAIL_ID.finditer(text), _MOST_WITHIN)
    return [each[0] for each in found]


def letter_of(message: Message) -> Letter:
    """A message to a customer who has an address, as a mail.

    Args:
        message: with its complaint, customer and team at hand.
    """
    complaint = message.complaint
    customer = complaint.customer
    mailbox = Mailbox.objects.filter(team=complaint.team, off_at=None).first()
    thread, is_answer_to_theirs = _thread_of(message)
    title = " ".join(complaint.title.split())
    files = tuple(message.attachments.order_by("id"))
    are_with_it = sum(each.size for each in files) <= MOST_BYTES
    return Letter(
        to=customer.email if customer else "",
        subject=f"{'Re: ' if thread else ''}{title} ({complaint.said})",
        text=_text(message, mailbox.signature if mailbox else "", () if are_with_it else files),
        message_id=mail_id_of(message.pk),
        sender=formataddr((complaint.team.name, mailbox.address)) if mailbox else "",
        files=files if are_with_it else (),
        headers=_headers(message, thread, is_answer=is_answer_to_theirs, has_mailbox=mailbox is not None),
    )


def _thread_of(message: Message) -> tuple[list[str], bool]:
    """Message-IDs of the thread of a message, oldest first; and whether it answers a mail by itself.

    The last of them is what it answers: for an automatic word the mail that it was made for.
    """
    complaint = message.complaint
    ours = complaint.messages.filter(mail_state=MailState.SENT).exclude(message_id="").exclude(pk=message.pk)
    said = [*ours.values_list("at", "pk", "message_id")]
    received = complaint.mails_received.exclude(message_id="").exclude(became=None)
    earlier = received.filter(became__at__lte=message.at)
    theirs = [*earlier.values_list("became__at", "became", "message_id")]
    thread = [number for *_, number in sorted(said + theirs)]
    answered = ReceivedMail.objects.filter(word=message).first()
    if answered is not None and answered.message_id:
        thread.append(answered.message_id)
    is_answer = answered is not None or (message.form == MessageForm.AUTOMATIC and bool(theirs) and not said)
    return list(dict.fromkeys(thread)), is_answer


def _headers(message: Message, thread: list[str], *, is_answer: bool, has_mailbox: bool) -> dict[str, str]:
    headers: dict[str, str] = {}
    if thread:
        headers["In-Reply-To"] = thread[-1]
        headers["References"] = " ".join(dict.fromkeys([thread[0], *thread[-_MOST_REFERENCES:]]))
    by_itself = "auto-replied" if is_answer else "auto-generated"
    headers["Auto-Submitted"] = by_itself if message.form == MessageForm.AUTOMATIC else "no"
    if settings.MAIL_REPLY_TO and not has_mailbox:
        headers["Reply-To"] = settings.MAIL_REPLY_TO
    return headers


def _text(message: Message, signature: str, too_large: Sequence[Attachment]) -> str:
    complaint = message.complaint
    foot = signature.strip() or complaint.team.name
    lines = [
        message.text,
        *_on_the_page(too_large),
        "",
        "-- ",
        f"{foot} · {complaint.said}" if "\n" not in foot else f"{foot}\n{complaint.said}",
    ]
    if customer_address(complaint) not in message.text:
        lines += ["Read everything and answer on your page:", customer_address(complaint)]
    return "\n".join(lines)


def _on_the_page(too_large: Sequence[Attachment]) -> list[str]:
    """Where files are that no mail carries."""
    if not too_large:
        return []
    names = ", ".join(each.name for each in too_large)
    return ["", f"Too large for a mail, and on your page: {names}"]
