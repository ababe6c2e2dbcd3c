"""Work of the desk that is done later: mail, imports, and what time does to questions."""

from __future__ import annotations

import smtplib
import socket
from typing import Final

from django_tasks import task

from remit.approvals.vocabulary import Form
from remit.complaints.actions.left_files import remove_left_files
from remit.complaints.actions.mail_unread import forget_mails
from remit.complaints.actions.paying import take_found_payment
from remit.complaints.actions.rating import ask_how_it_went
from remit.complaints.actions.reminding import remind_of_credit
from remit.complaints.actions.sending import begin_sending, not_sent, sent, waits_again
from remit.complaints.actions.unsent_files import forget_unsent_of_long_ago
from remit.complaints.actions.waiting import count_down, move_on, open_approvals
from remit.complaints.attachments import opened
from remit.complaints.models import Order
from remit.core.clock import now
from remit.core.errors import Refusal
from remit.core.writing import write
from remit.jobs.errors import NeedsPerson, TryLater
from remit.jobs.queue import later
from remit.jobs.schedule import every
from remit.notices.mail import NotConnected, NotLetIn, send_mail
from remit.remedies import provider_news
from remit.remedies.actions.connections import note_trouble
from remit.remedies.payments import connection_of
from remit.remedies.providers.contract import NotAllowedThere, ProviderError

_NOT_REACHED = (
    NotConnected,
    ConnectionRefusedError,
    socket.gaierror,
    smtplib.SMTPResponseException,
    smtplib.SMTPRecipientsRefused,
)
"""After these the mail certainly didn't leave, and may be tried again; after others nobody knows."""
_FOUND_BY_HAND: Final = (
    "Until the payment of the order is known, its refunds are handed over by hand. Try it again here, or "
    "find the payment from a complaint: Payment, beside its order."
)


@task()
def send_message(message_id: int) -> None:
    """Send a message to a customer by mail, once."""
    letter = begin_sending(message_id)
    if letter is None:
        return
    try:
        files = opened(letter.files)
    except FileNotFoundError:
        not_sent(message_id, "A file that goes with it isn't on the disk any more.")
        return
    try:
        send_mail(
            letter.to,
            letter.subject,
            letter.text,
            headers=letter.headers,
            message_id=letter.message_id,
            sender=letter.sender,
            files=files,
        )
    except NotLetIn as refused:
        # Nothing is wrong with this mail: it waits, and leaves once somebody mended the way.
        waits_again(message_id)
        raise TryLater(refused.words) from refused
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
def find_payment(order: int) -> None:
    """Look for the payment of an order by its number, and link the one that surely is it."""
    row = Order.objects.select_related("team").get(pk=order)
    connection = connection_of(row.team)
    if connection is None:
        return
    try:
        payment = take_found_payment(row, provider_news.find(connection, order=row.number))
        if payment is not None:
            provider_news.link(connection, row.team, row.key, payment.reference, None)
    except Refusal:
        # Somebody said meanwhile that it is another order's: who is at work on this one looks for itself.
        return
    except NotAllowedThere as error:
        note_trouble(connection, error.words)
        raise NeedsPerson(f"{error.words} {_FOUND_BY_HAND}") from error
    except ProviderError as error:
        raise TryLater(f"{error.words} {_FOUND_BY_HAND}") from error


@task()
def ask_for_rating(closure_id: int) -> None:
    """Ask the customer of a closed complaint how it went."""
    with write():
        message = ask_how_it_went(closure_id)
        if message is not None:
            later(send_message, unique_key=f"send-message:{message.pk}", message_id=message.pk)


@every(hours=6)
@task()
def remind_of_ending_credit() -> None:
    """Tell customers by mail that their store credit ends soon."""
    remind_of_credit()


@every(minutes=1)
@task()
def look_at_open_questions() -> None:
    """What time does to open questions: proposals count down, questions go wider or expire."""
    for number, form in open_approvals(now()):
        if form == Form.PROPOSE:
            count_down(number)
        else:
            move_on(number)


@task()
def bring_in(import_id: int) -> None:
    """Bring in what stands in a file, chunk after chunk."""
    # What reads tables of files is large, and every command loads the jobs.
    from remit.complaints.actions import importing  # noqa: PLC0415

    importing.bring_in(import_id)


@every(days=1)
@task()
def forget_old_mails() -> None:
    """Forget mails of long ago that weren't about any complaint."""
    forget_mails()


@every(days=1)
@task()
def forget_left_files() -> None:
    """Remove files of answers that were never sent, and those that a crash left."""
    forget_unsent_of_long_ago()
    remove_left_files()
