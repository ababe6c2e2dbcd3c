"""Mail to customers, sent after the write that wanted it."""

from __future__ import annotations

import smtplib
import socket

from django_tasks import task

from remit.complaints.actions.rating import ask_how_it_went
from remit.complaints.actions.sending import begin_sending, not_sent, sent, waits_again
from remit.core.writing import write
from remit.jobs.errors import NeedsPerson
from remit.jobs.queue import later
from remit.notices.mail import send_mail

_NOT_REACHED = (
    ConnectionRefusedError,
    socket.gaierror,
    smtplib.SMTPResponseException,
    smtplib.SMTPRecipientsRefused,
)
"""After these the mail certainly didn't leave, and may be tried again; after others nobody knows."""


@task()
def send_message(message_id: int) -> None:
    """Send a message to a customer by mail, once."""
    letter = begin_sending(message_id)
    if letter is None:
        return
    try:
        send_mail(
            letter.to, letter.subject, letter.text, headers=letter.headers, message_id=letter.message_id
        )
    except NeedsPerson as refused:
        not_sent(message_id, refused.words)
    except _NOT_REACHED:
        waits_again(message_id)
        raise
    except (OSError, smtplib.SMTPException):
        not_sent(message_id, "The mail server didn't answer in the end, so nobody knows whether it arrived.")
    else:
        sent(message_id)


@task()
def ask_for_rating(closure_id: int) -> None:
    """Ask the customer of a closed complaint how it went."""
    with write():
        message = ask_how_it_went(closure_id)
        if message is not None:
            later(send_message, unique_key=f"send-message:{message.pk}", message_id=message.pk)
