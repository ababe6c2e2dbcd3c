"""A mail that the mail server of this machine pipes in: to the team whose address it names, or to Remit."""

from __future__ import annotations

from remit.complaints.actions.mail_taken_in import take_in_letter
from remit.complaints.actions.mail_threads import complaint_of
from remit.complaints.actions.mail_unread import take_in_mail
from remit.complaints.models import ReceivedMail
from remit.inbox.actions.watching import note_reached
from remit.inbox.models import Mailbox
from remit.inbox.reading.letter import Letter


def take_in_piped(letter: Letter, raw: bytes) -> ReceivedMail:
    """Take in a mail, once.

    It goes to the mailbox of the team whose address it names, or of the complaint that it answers; without
    one it is counted, and not read.

    Raises:
        Refusal: something in it can't be taken.
    """
    mailbox = _addressed(letter) or _answered(letter)
    if mailbox is None:
        return take_in_mail(letter)
    mail = take_in_letter(mailbox, letter, raw)
    note_reached(mailbox)
    return mail


def _addressed(letter: Letter) -> Mailbox | None:
    boxes = Mailbox.objects.select_related("team").filter(off_at=None, address__in=letter.recipients)
    return min(boxes, key=lambda each: letter.recipients.index(each.address), default=None)


def _answered(letter: Letter) -> Mailbox | None:
    complaint = complaint_of(letter)
    if complaint is None:
        return None
    return Mailbox.objects.select_related("team").filter(off_at=None, team=complaint.team).first()
