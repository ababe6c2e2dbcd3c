"""Mail to customers, sent after the write that wanted it."""

from __future__ import annotations

from django.core.mail import EmailMessage
from django_tasks import task

from remit.complaints.actions.rating import ask_how_it_went
from remit.complaints.actions.sending import begin_sending, not_sent, sent
from remit.core.writing import write
from remit.jobs.queue import later


@task()
def send_message(message_id: int) -> None:
    """Send a message to a customer by mail, once."""
    letter = begin_sending(message_id)
    if letter is None:
        return
    try:
        EmailMessage(letter.subject, letter.text, to=[letter.to], headers=letter.headers).send()
    except OSError as error:
        not_sent(message_id, f"The mail server said: {error}.")
    else:
        sent(message_id)


@task()
def ask_for_rating(closure_id: int) -> None:
    """Ask the customer of a closed complaint how it went."""
    with write():
        message = ask_how_it_went(closure_id)
        if message is not None:
            later(send_message, unique_key=f"send-message:{message.pk}", message_id=message.pk)
