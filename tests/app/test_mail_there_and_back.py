"""A mail to a customer and their answer, through a real mail server."""

import smtplib
from email.message import EmailMessage
from io import BytesIO

import pytest
from tests.app.complaint_parts import JO, fresh, opened
from tests.app.mail_server import mail_server

from remit.complaints.actions.mail_unread import take_in_mail
from remit.inbox.reading.letter import read_letter
from remit.jobs.inline import run_due_jobs


@pytest.fixture
def server(settings):
    with mail_server(settings) as keeping:
        yield keeping


def test_there_and_back_through_a_mail_server(house, server):
    complaint = opened(house)
    run_due_jobs()
    sent = server.to(JO.email)[-1]
    answer = EmailMessage()
    answer["From"], answer["To"] = f"Jo Miller <{JO.email}>", "remit@keller.example"
    answer["Subject"], answer["Message-ID"] = f"Re: {sent['Subject']}", "<answer@example.com>"
    answer["In-Reply-To"] = answer["References"] = sent["Message-ID"]
    answer.set_content("It is still cold. Grüße")
    answer.add_attachment(b"\x00\xff" * 5_000, maintype="image", subtype="png", filename="soup.png")
    with smtplib.SMTP("127.0.0.1", server.port) as client:
        client.send_message(answer)
    recipients, raw = server.mails[-1]
    assert recipients == ["remit@keller.example"]
    take_in_mail(read_letter(BytesIO(raw)))
    run_due_jobs()
    assert fresh(complaint).mails_back == 1
    word = server.to(JO.email)[-1]
    assert word["Auto-Submitted"] == "auto-replied"
    assert word["In-Reply-To"] == "<answer@example.com>"
    assert "nobody reads mail" in word.get_content()
    # The word itself, sent round by a forwarding, is no answer.
    back = read_letter(BytesIO(word.as_bytes()))
    assert back.is_automatic
    assert take_in_mail(back).kind == "automatic"
