"""Mail to the address of Remit, for teams without a mailbox: counted, answered by itself, and not read.

A mail that a machine wrote, and one that is
about nothing known here, is counted apart: neither is a customer's word. Those leave no entry in the trail,
which is never cut, since anybody may send as many as they like.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from remit.complaints import notices
from remit.complaints.actions.conversation import MOST_FROM_CUSTOMER_AN_HOUR
from remit.complaints.actions.looked_at_again import our_turn_now
from remit.complaints.actions.mail_threads import complaint_of, is_our_address, is_ours
from remit.complaints.letters import letter_for
from remit.complaints.mail import goes_by_mail
from remit.complaints.models import Complaint, Message, ReceivedMail
from remit.complaints.vocabulary import SET_ASIDE, MailKind, MailState, MessageForm
from remit.core.clock import now
from remit.core.writing import write
from remit.inbox.reading.letter import Letter
from remit.jobs.queue import later
from remit.notices.actions import tell
from remit.trail.actions import record

ONE_WORD_IN: Final = timedelta(hours=24)
KEPT_FOR: Final = timedelta(days=90)


def take_in_mail(mail: Letter) -> ReceivedMail:
    """Count a mail, once; when a customer wrote it, it is our turn, somebody is told, and they get a word.

    The word goes to the customer's address that is known here, whatever the mail says that it is from.
    """
    with write():
        there = ReceivedMail.objects.filter(mailbox=None, key=mail.key).first()
        if there is not None:
            return there
        is_automatic = mail.is_automatic or is_ours(mail)
        complaint = None if is_automatic else complaint_of(mail)
        kind = MailKind.AUTOMATIC if is_automatic else MailKind.UNKNOWN
        back = ReceivedMail(
            key=mail.key,
            kind=MailKind.UNREAD if complaint else kind,
            message_id=mail.message_id,
            complaint=complaint,
            at=now(),
        )
        if complaint is not None:
            back.word = _word_for(complaint) if mail.may_be_answered else None
        back.save()
        if complaint is not None:
            _heard(complaint, back)
        return back


def forget_mails() -> int:
    """Forget old mails that aren't about any complaint: by then nobody delivers them once more.

    Those that were set aside stay until somebody looked at them. Their files go with the files that no row
    names any more.

    Returns:
        how many.
    """
    with write():
        old = ReceivedMail.objects.filter(complaint=None, at__lt=now() - KEPT_FOR)
        return old.exclude(kind__in=SET_ASIDE, done_at=None).delete()[0]


def _heard(complaint: Complaint, back: ReceivedMail) -> None:
    """What a word of the customer brings about, though nobody has read it.

    An answer is due: what they have to say may change everything, and whoever gets no automatic word doesn't
    know that it went unread. The deadline is that of any word of theirs, never later than the one that runs
    already. A closed complaint stays closed, as when they write on their page: only they can say there that
    they want another look.
    """
    complaint.mails_back += 1
    our_turn_now(complaint)
    complaint.save(update_fields=["mails_back", "last_at", "reply_due_at"])
    within_an_hour = complaint.mails_received.filter(at__gt=now() - timedelta(hours=1)).count()
    if within_an_hour > MOST_FROM_CUSTOMER_AN_HOUR:
        return
    tell(notices.who_hears(complaint), notices.mail_came_back(complaint))
    record("mail-came-back", complaint.subject, by=None, team=complaint.team, mail=back.pk, word=back.word_id)


def _word_for(complaint: Complaint) -> Message | None:
    """The automatic word, on its way; None where they had one within a day, or can't be reached by mail."""
    customer = complaint.customer
    if customer is None or not goes_by_mail(complaint) or is_our_address(customer.email):
        return None
    had = complaint.mails_received.filter(at__gt=now() - ONE_WORD_IN).exclude(word=None)
    if had.exists():
        return None
    message = Message.objects.create(
        complaint=complaint,
        form=MessageForm.AUTOMATIC,
        text=letter_for("not-read", complaint),
        at=now(),
        mail_state=MailState.WAITS,
    )
    later(
        "remit.complaints.jobs.send_message", unique_key=f"send-message:{message.pk}", message_id=message.pk
    )
    return message
