"""Mail to the mailbox of a team: each becomes, once, a complaint or a word in one, or is set aside.

The one action behind every door: IMAP, what services post, and what a mail server pipes in. Nobody's
authority hangs on a mail: it only brings words, and answers go to the address that is known here, whoever it
claims to be from.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import InterfaceError, OperationalError

from remit.complaints import notices
from remit.complaints.actions.conversation import MOST_FROM_CUSTOMER_AN_HOUR, heard
from remit.complaints.actions.customers import CustomerWords, customer_with
from remit.complaints.actions.mail_threads import MOST_QUOTED, complaint_of, is_our_address
from remit.complaints.actions.opening import open_complaint
from remit.complaints.actions.sending import came_back
from remit.complaints.letter_words import Words, words_of
from remit.complaints.mail import ids_within, message_of
from remit.complaints.models import Complaint, Message, ReceivedMail
from remit.complaints.quoted_links import without_links
from remit.complaints.vocabulary import SET_ASIDE, Channel, MailKind, MessageForm
from remit.core.clock import now
from remit.core.errors import Refusal
from remit.core.writing import write
from remit.inbox.actions.watching import keep_place
from remit.inbox.fetching.account import Fetched, NotNow, Place, Unreadable
from remit.inbox.models import Mailbox
from remit.inbox.reading.automatic import Writer
from remit.inbox.reading.letter import Letter
from remit.notices.actions import tell
from remit.people.models import Member
from remit.people.queries import leads_of
from remit.trail.actions import record

MOST_NEW_AN_HOUR: Final = 200
"""Complaints that a mailbox opens within an hour by itself; beyond it mails are set aside."""

MOST_WORDS_A_DAY: Final = 3
"""Automatic words that one customer gets within a day, however many mails come from their address."""

_BY_MACHINES: Final = frozenset({Writer.ABSENCE, Writer.RECEIPT, Writer.LOOP, Writer.SPAM_REPORT})
"""What these say is never a complaint. A help desk says of its people's words, too, that it wrote them."""
_IN_SHORT: Final = 500


@dataclass(frozen=True, slots=True)
class _Came:
    """A mail on its way in.

    Attributes:
        mail: its row, not saved yet.
        letter: what is in it.
        words: as the conversation shows it.
    """

    mail: ReceivedMail
    letter: Letter
    words: Words


def take_in(mailbox: Mailbox, each: Fetched | Unreadable, place: Place | None) -> None:
    """Take in a mail of a mailbox, and keep the place after it: all of it, or nothing.

    Raises:
        NotNow: the database can't, just now.
        Refusal: what is in it can't be taken; it can be kept as unreadable.
    """
    try:
        if isinstance(each, Fetched):
            take_in_letter(mailbox, each.letter, each.raw, place)
        else:
            keep_unreadable(mailbox, each.raw, each.words, place)
    except (InterfaceError, OperationalError) as error:
        raise NotNow from error


def take_in_letter(mailbox: Mailbox, letter: Letter, raw: bytes, place: Place | None = None) -> ReceivedMail:
    """Take in a letter to a mailbox; the one of before where it was taken in already.

    Args:
        mailbox: of the team, with the team at hand.
        letter: read.
        raw: the whole, as it came; it is kept without links of customers that it quotes.
        place: how far the mailbox is read with it; None where nothing is fetched.

    Raises:
        Refusal: something in it can't be taken.
    """
    words = words_of(letter, is_passed_on=is_passed_on(mailbox, letter))
    raw = without_links(raw)
    with _kept(raw) as name, write():
        if place is not None:
            keep_place(mailbox, place)
        there = ReceivedMail.objects.filter(mailbox=mailbox, key=letter.key).first()
        if there is not None:
            return there
        mail = ReceivedMail(
            mailbox=mailbox,
            key=letter.key,
            message_id=letter.message_id,
            sender=letter.sender[:254],
            sender_name=letter.sender_name[:120],
            subject=letter.subject[:300],
            older=words.older,
            left_out=list(words.left_out),
            raw=name.taken(),
            size=len(raw),
            at=now(),
        )
        _sort(_Came(mail, letter, words))
        return mail


def keep_unreadable(mailbox: Mailbox, raw: bytes, words: str, place: Place | None = None) -> ReceivedMail:
    """Keep a mail that can't be read, so that somebody looks at it.

    Args:
        mailbox: of the team.
        raw: as much of it as came; b"" for nothing.
        words: why it can't be read.
        place: as for `take_in_letter`.
    """
    # Of one that never came the words say which it is.
    key = hashlib.sha256(raw or words.encode()).hexdigest()
    raw = without_links(raw)
    with _kept(raw) as name, write():
        if place is not None:
            keep_place(mailbox, place)
        there = ReceivedMail.objects.filter(mailbox=mailbox, key=key).first()
        if there is not None:
            return there
        mail = ReceivedMail(
            mailbox=mailbox,
            key=key,
            kind=MailKind.UNREADABLE,
            words=words[:500],
            raw=name.taken() if raw else "",
            at=now(),
        )
        mail.size = len(raw)
        mail.save()
        _tell_set_aside(mailbox)
        return mail


def open_from(mailbox: Mailbox, letter: Letter, words: Words, *, by: Member | None = None) -> Complaint:
    """Open a complaint of what a letter says; inside a write of the caller.

    Args:
        mailbox: to which it came.
        letter: read.
        words: as the conversation shows it.
        by: the member who makes it one; None where it becomes one by itself.
    """
    customer = None if is_passed_on(mailbox, letter) else _customer(mailbox, letter)
    complaint = open_complaint(
        mailbox.team,
        text=words.text,
        title=words.title,
        channel=Channel.MAIL,
        by=by,
        customer=customer,
        files=words.files,
        acknowledges=customer is not None and letter.may_be_answered and _may_hear_again(mailbox, customer),
    )
    return Complaint.objects.select_related("team", "customer", "assignee").get(pk=complaint.pk)


def is_passed_on(mailbox: Mailbox, letter: Letter) -> bool:
    """Whether somebody of the team passes on what a customer told them; they are no customer themselves.

    A mail may claim to be from anybody, so nothing is written down as theirs.
    """
    members = mailbox.team.memberships.filter(until=None, member__left_at=None)
    return bool(letter.sender) and members.filter(member__email=letter.sender).exists()


def _sort(came: _Came) -> None:
    """What becomes of a mail."""
    letter, mail = came.letter, came.mail
    complaint = complaint_of(letter)
    mail.complaint = complaint
    if letter.bounce is not None:
        _bounced(came)
    elif message_of(letter.message_id) is not None or letter.writer in _BY_MACHINES:
        _by_machine(came, complaint)
    elif is_our_address(letter.sender):
        _set_aside(came, MailKind.OWN)
    elif _is_flood(came):
        _set_aside(came, MailKind.FLOOD)
    elif complaint is not None and not letter.is_automatic:
        _said(came, complaint)
    elif letter.is_automatic:
        _set_aside(came, MailKind.MACHINE)
    elif letter.writer == Writer.LIST and letter.list_address != came.mail.mailbox.address:  # type: ignore[union-attr]
        _set_aside(came, MailKind.LIST)
    else:
        _opened(came)


def _opened(came: _Came) -> None:
    """A mail about nothing known here: a complaint of its own."""
    mailbox = _mailbox(came.mail)
    complaint = open_from(mailbox, came.letter, came.words)
    _saved_with(came.mail, complaint, complaint.messages.get(form=MessageForm.FROM_CUSTOMER))


def _said(came: _Came, complaint: Complaint) -> None:
    """A word about a complaint; too many within an hour are set aside."""
    try:
        message, is_new = heard(complaint, came.words.text, came.words.files)
    except Refusal:  # Before anything was written: there were too many.
        _set_aside(came, MailKind.FLOOD)
        return
    if not is_new and hasattr(message, "mail"):
        came.mail.kind = MailKind.TAKEN
        came.mail.save()
        return
    _saved_with(came.mail, complaint, message)
    if not is_new:
        return
    tell(notices.who_hears(complaint), notices.customer_wrote(complaint, message.text))
    record(
        "customer-wrote",
        complaint.subject,
        by=None,
        team=complaint.team,
        words=message.text,
        message=message.pk,
        mail=came.mail.pk,
    )


def _saved_with(mail: ReceivedMail, complaint: Complaint, message: Message) -> None:
    mail.kind, mail.complaint, mail.became = MailKind.TAKEN, complaint, message
    mail.save()


def _bounced(came: _Came) -> None:
    """A mail of ours came back: whoever wrote it is told, unless it is only late."""
    mail, bounce = came.mail, came.letter.bounce
    mail.kind = MailKind.BOUNCE
    mail.save()
    sent = _sent_that_came_back(came.letter)
    if bounce is None or sent is None or bounce.is_late:
        return
    where = f" to {bounce.address}" if bounce.address else ""
    came_back(sent.pk, f"The mail{where} came back: {bounce.words or 'it could not be delivered'}"[:300])


def _sent_that_came_back(letter: Letter) -> Message | None:
    """The mail of ours that didn't arrive: by the head that is given back, what is answered, or the text."""
    named = letter.bounce.message_id if letter.bounce else ""
    ids = (each for each in (named, *letter.quoted[:MOST_QUOTED], *ids_within(letter.text)) if each)
    return next(filter(None, map(message_of, ids)), None)


def _by_machine(came: _Came, complaint: Complaint | None) -> None:
    """What a machine answers to our mail: it stands in the timeline, and nobody is told."""
    came.mail.kind = MailKind.AUTOMATIC
    came.mail.save()
    if complaint is None or came.letter.writer == Writer.LOOP:
        return
    words = came.letter.new.strip()[:_IN_SHORT]
    record(
        "automatic-mail-came", complaint.subject, by=None, team=complaint.team, words=words, mail=came.mail.pk
    )


def _set_aside(came: _Came, kind: MailKind) -> None:
    came.mail.kind = kind
    came.mail.save()
    _tell_set_aside(_mailbox(came.mail))


def _tell_set_aside(mailbox: Mailbox) -> None:
    """The leads of the team are told; while they haven't seen it, one notice stands for all."""
    waiting = ReceivedMail.objects.filter(mailbox=mailbox, done_at=None, kind__in=SET_ASIDE).count()
    tell(leads_of(mailbox.team), notices.mail_set_aside(mailbox.team, waiting))


def _is_flood(came: _Came) -> bool:
    """Whether its sender, or all together, send more than anybody can read."""
    lately = ReceivedMail.objects.filter(mailbox=came.mail.mailbox, at__gt=now() - timedelta(hours=1))
    if came.letter.sender and lately.filter(sender=came.mail.sender).count() >= MOST_FROM_CUSTOMER_AN_HOUR:
        return True
    return came.mail.complaint is None and lately.filter(kind=MailKind.TAKEN).count() >= MOST_NEW_AN_HOUR


def _customer(mailbox: Mailbox, letter: Letter) -> CustomerWords | None:
    """Who complains: the sender where they are known, else where they want to be answered."""
    known = customer_with(mailbox.team, email=letter.sender)
    address = letter.sender if known or not letter.reply_to else letter.reply_to
    if not address or is_our_address(address):
        return None
    return CustomerWords(name=letter.sender_name[:120] or address, email=address)


def _may_hear_again(mailbox: Mailbox, customer: CustomerWords) -> bool:
    """Whether an automatic word may go to an address: two machines that don't know of each other end here."""
    known = customer_with(mailbox.team, email=customer.email)
    if known is None:
        return True
    lately = Complaint.objects.filter(
        customer=known, opened_at__gt=now() - timedelta(days=1), channel=Channel.MAIL
    )
    return lately.count() < MOST_WORDS_A_DAY


def _mailbox(mail: ReceivedMail) -> Mailbox:
    assert mail.mailbox is not None  # noqa: S101 (these came to one)
    return mail.mailbox


class _Name:
    """The file of a whole mail, on the disk before the write; gone again unless a row names it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.is_taken = False

    def taken(self) -> str:
        """For the row."""
        self.is_taken = True
        return self.name


@contextmanager
def _kept(raw: bytes) -> Iterator[_Name]:
    moment = now()
    name = default_storage.save(
        f"mails/{moment:%Y}/{moment:%m}/{secrets.token_hex(16)}.eml", ContentFile(raw)
    )
    kept = _Name(name)
    try:
        yield kept
    except BaseException:
        kept.is_taken = False
        raise
    finally:
        if not kept.is_taken:
            default_storage.delete(name)
