"""Mail that was set aside: somebody makes a complaint of it, or leaves it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.db.models import Max, Q

from remit.complaints.access import get_mail_for, mails_set_aside_for
from remit.complaints.actions.conversation import heard
from remit.complaints.actions.mail_taken_in import is_passed_on, open_from
from remit.complaints.actions.mail_threads import goes_on_in
from remit.complaints.letter_words import Words, words_of
from remit.complaints.models import Complaint, Message, ReceivedMail
from remit.complaints.notices import aside_subject
from remit.complaints.vocabulary import SET_ASIDE, MailKind, MessageForm
from remit.core.clock import now
from remit.core.errors import Changed, Gone, Refusal
from remit.core.writing import write
from remit.inbox.models import Mailbox
from remit.inbox.reading.letter import Letter, read_letter
from remit.notices.actions import settle
from remit.people.models import Member
from remit.trail.actions import record

MOST_AT_ONCE: Final = 200
"""Mails that are ticked and left by one press."""


def make_complaint_of(member: Member, number: int) -> Complaint:
    """Make a complaint of a mail that was set aside, or a word in the one that it is about.

    Args:
        member: who looks at it.
        number: identifier of the mail.

    Raises:
        NotThere: there is none, or it came to a team that they aren't in.
        Changed: somebody looked at it already.
        Gone: its file isn't on the disk any more.
        Refusal: what is in it can't be read.
    """
    mail = get_mail_for(member, number)
    mailbox = _mailbox(mail)
    letter = _read(mail)
    words = words_of(letter, is_passed_on=is_passed_on(mailbox, letter))
    with write():
        mail = _waiting(member, number)
        if mail.complaint is not None:
            complaint = goes_on_in(mail.complaint)
            message, _ = heard(complaint, words.text, words.files)
        else:
            complaint = open_from(mailbox, letter, words, by=member)
            message = complaint.messages.get(form=MessageForm.FROM_CUSTOMER)
        _done(mail, member, complaint, message, words)
        record(
            "mail-made-complaint",
            complaint.subject,
            by=member,
            team=complaint.team,
            mail=mail.pk,
            kind=mail.kind,
        )
        return complaint


def leave_aside(member: Member, number: int) -> None:
    """It is no complaint; the mail stays where it is for a while.

    Raises:
        NotThere: there is none, or it came to a team that they aren't in.
        Changed: somebody looked at it already.
    """
    with write():
        mail = _waiting(member, number)
        mail.done_at, mail.done_by = now(), member
        mail.save(update_fields=["done_at", "done_by"])
        mailbox = _mailbox(mail)
        _settle(mailbox)
        record("mail-left-aside", mailbox.subject, by=member, team=mailbox.team, mail=mail.pk)


def leave_some_aside(member: Member, numbers: Sequence[int]) -> int:
    """Some are no complaint: by one press. Those that aren't there, or aren't theirs, are passed over.

    Args:
        member: who looks at them.
        numbers: identifiers of the mails.

    Returns:
        how many were left; others were looked at already.
    """
    return _leave(member, Q(pk__in=list(numbers)))


def leave_all_aside(member: Member, until: int) -> int:
    """All that were set aside in their teams are no complaint; what came after they looked waits on.

    Args:
        member: who looks at them.
        until: identifier of the last mail that they saw.

    Returns:
        how many were left.
    """
    return _leave(member, Q(pk__lte=until))


def _leave(member: Member, which: Q) -> int:
    """Leave all of some, in a few statements, however many they are."""
    with write():
        theirs = mails_set_aside_for(member).filter(which).order_by()
        boxes = sorted(theirs.values_list("mailbox", flat=True).distinct())
        every = 0
        for mailbox in Mailbox.objects.select_related("team").filter(pk__in=boxes).order_by("pk"):
            these = ReceivedMail.objects.filter(which, mailbox=mailbox, done_at=None, kind__in=SET_ASIDE)
            last = these.aggregate(last=Max("pk"))["last"]
            count = these.update(done_at=now(), done_by=member)
            if count:
                _settle(mailbox)
                record(
                    "mails-left-aside", mailbox.subject, by=member, team=mailbox.team, count=count, last=last
                )
            every += count
        return every


def _waiting(member: Member, number: int) -> ReceivedMail:
    mail = get_mail_for(member, number)
    if mail.done_at is not None or mail.kind not in SET_ASIDE:
        raise Changed("looked-at", "Somebody looked at this mail already.", "Nothing is left to do with it.")
    return mail


def _read(mail: ReceivedMail) -> Letter:
    """The letter, once more from the whole mail."""
    if mail.kind == MailKind.UNREADABLE:
        raise Refusal(
            "unreadable",
            "This mail can't be read, so nothing can be made of it.",
            "Open the whole mail in a mail program, and write the complaint down by hand.",
        )
    try:
        with mail.raw.open("rb") as whole:
            return read_letter(whole.read())
    except FileNotFoundError:
        raise Gone(
            "file-gone",
            "The whole mail isn't there any more.",
            "Ask whoever sent it to send it again.",
        ) from None


def _done(mail: ReceivedMail, member: Member, complaint: Complaint, message: Message, words: Words) -> None:
    mail.done_at, mail.done_by = now(), member
    mail.complaint = complaint
    if not hasattr(message, "mail"):
        mail.became = message
    mail.older, mail.left_out = words.older, list(words.left_out)
    mail.save()
    _settle(_mailbox(mail))


def _settle(mailbox: Mailbox) -> None:
    """Once nothing waits any more, nobody is told of it."""
    if not ReceivedMail.objects.filter(mailbox=mailbox, done_at=None, kind__in=SET_ASIDE).exists():
        settle(aside_subject(mailbox.team))


def _mailbox(mail: ReceivedMail) -> Mailbox:
    assert mail.mailbox is not None  # noqa: S101 (only those that came to one are set aside)
    return mail.mailbox
