"""To which complaint a mail belongs, and whether it is one of our own that came round."""

from __future__ import annotations

import re
from email.utils import parseaddr
from typing import Final

from django.conf import settings

from remit.complaints.mail import message_of
from remit.complaints.models import Complaint, ReceivedMail
from remit.inbox.models import Mailbox
from remit.inbox.reading.letter import Letter

_NUMBER: Final = re.compile(r"(?<![\w-])C-(\d{4,9})(?![\w-])", re.IGNORECASE)
MOST_QUOTED: Final = 50
"""Message-IDs of one mail that are looked for."""


def complaint_of(mail: Letter) -> Complaint | None:
    """The complaint that a mail is about; the one that goes on, where it was merged."""
    found = _answered(mail) or _goes_on(mail) or _named(mail)
    return None if found is None else goes_on_in(found)


def goes_on_in(complaint: Complaint) -> Complaint:
    """The complaint that goes on, where it was merged; with team, customer and assignee at hand."""
    while complaint.merged_into_id is not None:
        complaint = Complaint.objects.get(pk=complaint.merged_into_id)
    return Complaint.objects.select_related("team", "customer", "assignee").get(pk=complaint.pk)


def is_ours(mail: Letter) -> bool:
    """Whether it is one of our own that came round, or is from one of our addresses."""
    return message_of(mail.message_id) is not None or is_our_address(mail.sender)


def is_our_address(address: str) -> bool:
    """Whether Remit or one of its teams writes from an address."""
    if not address:
        return False
    own = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].lower()
    return address.lower() == own or Mailbox.objects.filter(address=address.lower(), off_at=None).exists()


def _answered(mail: Letter) -> Complaint | None:
    """By what it answers: whoever names one of our Message-IDs has had our mail, from whichever address."""
    sent = next(filter(None, map(message_of, mail.quoted[:MOST_QUOTED])), None)
    return sent.complaint if sent else None


def _goes_on(mail: Letter) -> Complaint | None:
    """By the mails of others that it answers: a customer's second one, or that of somebody in copy.

    A Message-ID that nobody saw can't be guessed; those of ours are left to `_answered`.
    """
    ids = [*mail.quoted[:MOST_QUOTED], *([mail.message_id] if mail.message_id else [])]
    found = (
        ReceivedMail.objects.select_related("complaint")
        .filter(message_id__in=ids)
        .exclude(complaint=None)
        .exclude(mailbox=None)
        .order_by("-at", "-id")
        .first()
    )
    return found.complaint if found else None


def _named(mail: Letter) -> Complaint | None:
    """By the one number in its subject, which anybody may guess: so it has to come from its customer."""
    numbers = {int(each) for each in _NUMBER.findall(mail.subject)}
    if len(numbers) != 1 or not mail.sender:
        return None
    return Complaint.objects.filter(number=numbers.pop(), customer__email__iexact=mail.sender).first()
