"""A message on its way by mail: taken before it is sent, so that it is never sent twice."""

from __future__ import annotations

from datetime import datetime

from remit.complaints import notices
from remit.complaints.mail import Letter, letter_of, mail_id_of
from remit.complaints.models import Message
from remit.complaints.vocabulary import MailState
from remit.core.clock import now
from remit.core.writing import write
from remit.inbox.brake import held_back_until
from remit.jobs.queue import later
from remit.notices.actions import tell
from remit.trail.actions import record


def begin_sending(message_id: int) -> Letter | None:
    """Take a message to be sent by mail; None when there is nothing to send now.

    More than a team may send within an hour are held back: they leave by themselves later. So does one
    whose moment hasn't come, which happens when the clock is set back.

    One that was taken before and never came back may or may not have arrived: it isn't sent again, and
    its author is told.
    """
    with write():
        ready = Message.objects.filter(pk=message_id, mail_state=MailState.WAITS)
        waiting = ready.select_related("complaint__team").first()
        until = _until(waiting) if waiting else None
        if until is not None:
            _later(message_id, until)
            return None
        if ready.update(mail_state=MailState.SENDING, message_id=mail_id_of(message_id)):
            return letter_of(_with_all(message_id))
        if Message.objects.filter(pk=message_id, mail_state=MailState.SENDING).exists():
            not_sent(message_id, "Nobody knows whether it arrived: sending was interrupted.")
        return None


def sent(message_id: int) -> None:
    """A mail left."""
    with write():
        if not _comes_back(message_id, MailState.SENT):
            return
        complaint = _with_all(message_id).complaint
        record("mail-sent", complaint.subject, by=None, team=complaint.team, message=message_id)


def not_sent(message_id: int, wrong: str) -> None:
    """A mail could not be sent: whoever wrote it is told; on the customer's page it stands all the same.

    Args:
        message_id: of the message.
        wrong: what happened, as one sentence.
    """
    with write():
        if _comes_back(message_id, MailState.FAILED):
            _tell_not_sent(message_id, wrong)


def came_back(message_id: int, wrong: str) -> None:
    """A mail that had left came back; inside a write of the caller. Once: it may come back in two ways."""
    came = Message.objects.filter(pk=message_id, mail_state__in=(MailState.SENT, MailState.SENDING))
    if came.update(mail_state=MailState.FAILED):
        _tell_not_sent(message_id, wrong)


def waits_again(message_id: int) -> None:
    """A mail certainly didn't leave: it waits for the next try."""
    with write():
        _comes_back(message_id, MailState.WAITS)


def _tell_not_sent(message_id: int, wrong: str) -> None:
    message = _with_all(message_id)
    complaint = message.complaint
    author = message.author
    is_here = author is not None and notices.is_with_us(author, complaint.team)
    told = [author] if author is not None and is_here else notices.who_hears(complaint)
    tell(told, notices.not_sent(complaint, wrong))
    record("mail-failed", complaint.subject, by=None, team=complaint.team, message=message_id)


def _until(message: Message) -> datetime | None:
    """When a message may leave; None for now."""
    if message.leaves_at is not None and message.leaves_at > now():
        return message.leaves_at
    return held_back_until(message.complaint.team)


def _later(message_id: int, until: datetime) -> None:
    """Have a message tried again; until then it can't be sent by anybody else either."""
    Message.objects.filter(pk=message_id).update(leaves_at=until)
    later(
        "remit.complaints.jobs.send_message",
        run_at=until,
        unique_key=f"send-message-held:{message_id}",
        message_id=message_id,
    )


def _comes_back(message_id: int, state: MailState) -> int:
    taken = Message.objects.filter(pk=message_id, mail_state=MailState.SENDING)
    return taken.update(mail_state=state)


def _with_all(message_id: int) -> Message:
    return Message.objects.select_related(
        "author", "complaint__team", "complaint__customer", "complaint__assignee"
    ).get(pk=message_id)
