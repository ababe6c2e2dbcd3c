"""A team with a mailbox, and mail that leaves into a list."""

from types import SimpleNamespace

import pytest

from remit.complaints.actions.mail_taken_in import take_in_letter
from remit.inbox.models import Mailbox
from remit.inbox.reading.letter import read_letter
from remit.inbox.vocabulary import Way
from remit.notices.mail import our_mark

ADDRESS = "service@harbour.example"


@pytest.fixture
def sending(settings, mailoutbox):
    """Mail leaves Remit, into a list."""
    settings.MAIL = "smtp://mail.example.org"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.DEFAULT_FROM_EMAIL = "Remit <remit@keller.example>"
    settings.ADDRESS = "https://remit.keller.example"
    return mailoutbox


@pytest.fixture
def box(house, sending, noon):
    """The mailbox of Harbour Street: `box.comes(raw)` takes a mail in, `box.sent()` went to customers."""
    row = made_mailbox(house)
    return SimpleNamespace(row=row, sent=lambda: to_customers(sending), comes=lambda raw: comes(row, raw))


def to_customers(mails):
    """Of what left the mails to customers; the others are notices."""
    return [each for each in mails if each.extra_headers["Message-ID"].startswith("<message-")]


def made_mailbox(house, **words):
    usual = {"team": house.harbour, "address": ADDRESS, "way": Way.PIPE, "made_at": house.ana.joined_at}
    return Mailbox.objects.create(made_by=house.ola, **usual | words)


def comes(row, raw):
    return take_in_letter(row, read_letter(raw, our_mark=our_mark()), raw)


def mail(words="The soup was cold.", number=1, sender="Jo Miller <jo@example.com>", to=ADDRESS, **more):
    """A plain mail as bytes."""
    headers = {
        "From": sender,
        "To": to,
        "Subject": "Cold soup",
        "Date": "Mon, 23 Nov 2026 11:00:00 +0100",
        "Message-ID": f"<{number}@there.example>",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
    } | {name.replace("_", "-"): value for name, value in more.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items() if value)
    return f"{head}\r\n{words}\r\n".encode()
