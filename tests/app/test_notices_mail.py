"""Mail through a real mail server: one door, the right headers, gathered, retried, given up."""

import email
import email.policy
import socket
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from remit.core import clock
from remit.core.writing import write
from remit.jobs.errors import NeedsPerson
from remit.jobs.inline import run_due_jobs
from remit.jobs.models import Job
from remit.notices.actions import Message, choose_channels, see, tell
from remit.notices.mail import new_message_id, send_mail
from remit.notices.models import Delivery, Notice

URGENT = Message(
    code="approval-asked",
    subject="approval:1",
    title="Ana asks for 60 €",
    body="Dinner came late.",
    address="/approvals/1/",
    is_urgent=True,
)


def _calm(number):
    return Message(
        code="handed-over",
        subject=f"complaint:{number}",
        title=f"Complaint {number} is yours",
        address=f"/c/{number}/",
    )


class Inbox:
    """Takes mails, or answers as it is told to."""

    def __init__(self):
        self.mails, self.recipients, self.answer_to_recipient, self.answer_to_mail = [], [], "", ""
        self.passwords = []

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 (the server calls it so)
        if self.answer_to_recipient:
            return self.answer_to_recipient
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 (the server calls it so)
        if self.answer_to_mail:
            return self.answer_to_mail
        self.mails.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        self.recipients.append(envelope.rcpt_tos)
        return "250 OK"

    def authenticator(self, server, session, envelope, mechanism, data):
        self.passwords.append((data.login, data.password))
        return AuthResult(success=data.password == b"p@ss word", handled=False)


def _free_port():
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


@pytest.fixture
def inbox(settings):
    """A mail server that Remit was told of."""
    inbox = Inbox()
    server = Controller(inbox, hostname="127.0.0.1", port=_free_port())
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.MAIL = f"smtp://127.0.0.1:{server.port}"
    settings.DEFAULT_FROM_EMAIL = "Remit <remit@keller.example>"
    settings.ADDRESS = "https://remit.keller.example"
    yield inbox
    server.stop()


def test_a_mail_says_what_it_is(inbox):
    number = send_mail(
        "guest@example.org", "Your complaint\n2041", "Grüße", headers={"Reply-To": "desk@keller.example"}
    )
    (mail,) = inbox.mails
    assert mail["To"] == "guest@example.org"
    assert mail["From"] == "Remit <remit@keller.example>"
    assert mail["Subject"] == "Your complaint 2041"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"] == number
    assert number.endswith("@keller.example>")
    assert mail["Reply-To"] == "desk@keller.example"
    assert mail["Date"]
    assert mail.get_content().strip() == "Grüße"


def test_an_answer_says_that_it_is_one(inbox):
    kept = new_message_id()
    assert send_mail("guest@example.org", "Re: late", "…", message_id=kept, is_answer=True) == kept
    assert (inbox.mails[0]["Auto-Submitted"], inbox.mails[0]["Message-ID"]) == ("auto-replied", kept)


def test_a_header_smuggles_nothing_in(inbox):
    with pytest.raises(ValueError):
        send_mail("guest@example.org\nBcc: x@example.org", "late", "…")
    assert inbox.mails == []


def test_never_inside_a_write(inbox, db):
    with pytest.raises(RuntimeError), write():
        send_mail("guest@example.org", "late", "…")
    assert inbox.mails == []


def test_signing_in_with_odd_signs(settings, inbox):
    server = Controller(
        inbox,
        hostname="127.0.0.1",
        port=_free_port(),
        authenticator=inbox.authenticator,
        auth_require_tls=False,
    )
    server.start()
    try:
        port = server.port
        settings.MAIL = f"smtp://remit%40keller:p%40ss%20word@127.0.0.1:{port}"
        send_mail("guest@example.org", "late", "…")
        assert inbox.passwords == [(b"remit@keller", b"p@ss word")]
        settings.MAIL = f"smtp://remit:wrong@127.0.0.1:{port}"
        with pytest.raises(NeedsPerson, match="535"):
            send_mail("guest@example.org", "late", "…")
    finally:
        server.stop()


class TestFailing:
    @pytest.mark.parametrize("where", ["answer_to_recipient", "answer_to_mail"])
    def test_a_refusal_for_good_needs_a_person(self, inbox, where):
        setattr(inbox, where, "550 No such mailbox")
        with pytest.raises(NeedsPerson, match=r"No such mailbox \(550\)"):
            send_mail("guest@example.org", "late", "…")

    @pytest.mark.parametrize("where", ["answer_to_recipient", "answer_to_mail"])
    def test_a_refusal_for_now_is_tried_again(self, inbox, where):
        setattr(inbox, where, "451 Come back later")
        with pytest.raises(OSError):
            send_mail("guest@example.org", "late", "…")

    @pytest.mark.parametrize("address", ["", "mail.example.org", "https://mail.example.org", "smtp://"])
    def test_without_a_server_it_needs_a_person(self, settings, address):
        settings.MAIL = address
        with pytest.raises(NeedsPerson, match="REMIT_MAIL"):
            send_mail("guest@example.org", "late", "…")


class TestNotices:
    def test_what_is_urgent_goes_out_at_once(self, house, inbox, noon):
        tell([house.sam], URGENT)
        run_due_jobs()
        (mail,) = inbox.mails
        assert inbox.recipients == [["sam@example.org"]]
        assert mail["Subject"] == "Ana asks for 60 €"
        text = mail.get_content()
        assert "Dinner came late." in text
        assert f"https://remit.keller.example/notices/{Notice.objects.get().pk}/open/" in text
        assert "https://remit.keller.example/notices/channels/" in text
        assert Delivery.objects.get().sent_at == noon

    def test_what_is_not_is_gathered_for_an_hour(self, house, inbox, noon):
        for number in range(3):
            with clock.at(noon + timedelta(minutes=10 * number)):
                tell([house.sam], _calm(number))
                run_due_jobs()
        assert inbox.mails == []
        with clock.at(noon + timedelta(hours=1)):
            run_due_jobs()
        (mail,) = inbox.mails
        assert mail["Subject"] == "3 notices from Remit"
        assert [f"Complaint {n} is yours" in mail.get_content() for n in range(3)] == [True] * 3

    def test_the_next_hour_brings_only_what_is_new(self, house, inbox, noon):
        tell([house.sam], _calm(1))
        run_due_jobs()
        with clock.at(noon + timedelta(hours=1)):
            run_due_jobs()
            tell([house.sam], _calm(2))
            run_due_jobs()
        with clock.at(noon + timedelta(hours=2)):
            run_due_jobs()
        assert [mail["Subject"] for mail in inbox.mails] == ["Complaint 1 is yours", "Complaint 2 is yours"]

    def test_what_was_seen_is_not_sent(self, house, inbox, noon):
        tell([house.sam], _calm(1))
        run_due_jobs()
        see(house.sam, Notice.objects.get().pk)
        with clock.at(noon + timedelta(hours=1)):
            run_due_jobs()
        assert inbox.mails == []

    def test_only_to_those_who_have_an_address(self, house, inbox):
        house.sam.email = None
        house.sam.save()
        tell([house.sam, house.mia], URGENT)
        run_due_jobs()
        assert inbox.recipients == [["mia@example.org"]]

    def test_not_to_those_who_left(self, house, inbox, noon):
        house.sam.left_at = noon
        house.sam.save()
        tell([house.sam], URGENT)
        run_due_jobs()
        assert inbox.mails == []

    @pytest.mark.parametrize(("wish", "sent"), [("urgent", 1), ("all", 2), ("none", 0)])
    def test_as_its_reader_wishes(self, house, inbox, noon, wish, sent):
        choose_channels(house.sam, push="none", mail=wish)
        tell([house.sam], URGENT)
        tell([house.sam], _calm(1))
        run_due_jobs()
        with clock.at(noon + timedelta(hours=1)):
            run_due_jobs()
        assert len(inbox.mails) == sent

    def test_a_server_that_is_away_is_tried_again(self, house, inbox, noon):
        inbox.answer_to_mail = "451 Come back later"
        tell([house.sam], URGENT)
        run_due_jobs(is_forgiving=True)
        assert Delivery.objects.get().sent_at is None
        inbox.answer_to_mail = ""
        with clock.at(noon + timedelta(minutes=1)):
            run_due_jobs()
        assert len(inbox.mails) == 1
        assert Delivery.objects.get().sent_at

    def test_an_address_that_is_refused_needs_a_person_and_holds_up_nobody(self, house, inbox, noon):
        inbox.answer_to_recipient = "550 No such mailbox"
        tell([house.sam], URGENT)
        run_due_jobs()
        inbox.answer_to_recipient = ""
        tell([house.mia], URGENT)
        run_due_jobs()
        assert inbox.recipients == [["mia@example.org"]]
        assert "No such mailbox" in Job.objects.get(finished_at=None).last_error
        assert "No such mailbox" in Delivery.objects.exclude(failed="").get().failed

    def test_without_an_address_of_its_own_it_says_where_to_look(self, house, inbox, settings):
        settings.ADDRESS = ""
        tell([house.sam], URGENT)
        run_due_jobs()
        assert "on the page of your notices" in inbox.mails[0].get_content()
