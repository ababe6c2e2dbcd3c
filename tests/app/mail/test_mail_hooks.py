"""Mail that services post: believed by its address and its signature, kept before it is answered."""

import base64
import hashlib
import hmac
import json
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.db import OperationalError
from tests.app.mail.conftest import made_mailbox, mail
from tests.inbox import corpus

from remit.complaints.models import Complaint, ReceivedMail
from remit.complaints.views import mail_hooks
from remit.core import clock
from remit.core.sealing import seal
from remit.inbox.models import Mailbox
from remit.inbox.vocabulary import Way
from remit.people.secrets import hash_of

SECRET = "s" * 43
KEY = "key-0123456789abcdef0123"
ADDRESS = f"/mail/post/{SECRET}/"


@pytest.fixture
def posted(house, sending, client):
    """`posted(way, ...)`: the answer to what a service posts."""

    def post(way, body, kind, **more):
        row = Mailbox.objects.filter(team=house.harbour).first() or made_mailbox(
            house, way=way, hook_hash=hash_of(SECRET), sealed_key=seal(KEY)
        )
        assert row.way == way
        return client.post(more.pop("address", ADDRESS), body, content_type=kind, **more)

    return post


def form(**fields):
    """A form as services post it, with a mail in a charset of its own."""
    parts = [
        b'--oUtEr\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (name.encode(), value)
        for name, value in fields.items()
    ]
    return b"".join(parts) + b"--oUtEr--\r\n", "multipart/form-data; boundary=oUtEr"


def of_mailgun(raw, noon, key=KEY, **more):
    at, token = str(int(noon.timestamp())), "t" * 50
    signature = hmac.new(key.encode(), f"{at}{token}".encode(), hashlib.sha256).hexdigest()
    fields = {"timestamp": at, "token": token, "signature": signature} | more
    return {name: value.encode() for name, value in fields.items()} | {"body-mime": raw}


def test_mailgun_as_a_form_of_either_kind(posted, noon):
    raw = mail("Grüße, es war kalt.")
    assert posted(Way.MAILGUN, *form(**of_mailgun(raw, noon))).status_code == 200
    flat = urlencode(of_mailgun(raw, noon)), "application/x-www-form-urlencoded"
    assert posted(Way.MAILGUN, *flat).status_code == 200
    assert [each.messages.order_by("id").first().text for each in Complaint.objects.all()] == [
        "Grüße, es war kalt."
    ]


def test_sendgrid_in_a_charset_of_its_own(posted):
    raw = (
        mail("Grüße")
        .replace(b"utf-8", b"iso-8859-1")
        .replace("ü".encode(), b"\xfc")
        .replace("ß".encode(), b"\xdf")
    )
    assert posted(Way.SENDGRID, *form(email=raw)).status_code == 200
    assert Complaint.objects.get().messages.order_by("id").first().text == "Grüße"


def test_postmark(posted):
    body = json.dumps({"RawEmail": mail().decode(), "From": "x"})
    assert posted(Way.POSTMARK, body, "application/json").status_code == 200
    assert Complaint.objects.count() == 1


def test_anybody_who_knows_the_address(posted):
    assert posted(Way.POST, mail(), "message/rfc822").status_code == 200
    assert Complaint.objects.count() == 1
    assert Mailbox.objects.get().reached_at is not None


def test_thirty_megabytes(posted):
    raw = corpus.of_size(30 * 1024 * 1024)
    assert posted(Way.SENDGRID, *form(email=raw)).status_code == 200
    assert ReceivedMail.objects.get().size == len(raw)


def test_more_than_is_taken(posted, monkeypatch):
    monkeypatch.setattr(mail_hooks, "MOST_POSTED", 1000)
    assert posted(Way.POST, b"x" * 1001, "message/rfc822").status_code == 413
    assert not ReceivedMail.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [{"key": "another-key-0123456789"}, {"signature": "0" * 64}, {"timestamp": "0"}, {"token": "x"}],
)
def test_mailgun_wrongly_signed(posted, noon, wrong):
    assert posted(Way.MAILGUN, *form(**of_mailgun(mail(), noon, **wrong))).status_code == 401
    assert not ReceivedMail.objects.exists()


def test_mailgun_signed_long_ago(posted, noon):
    with clock.at(noon + timedelta(minutes=6)):
        assert posted(Way.MAILGUN, *form(**of_mailgun(mail(), noon))).status_code == 401


@pytest.mark.parametrize(
    ("way", "body", "kind"),
    [
        (Way.POSTMARK, b"{", "application/json"),
        (Way.POSTMARK, b"[" * 100_000, "application/json"),
        (Way.POSTMARK, b"{}", "application/json"),
        (Way.SENDGRID, b"--b\r\n", "multipart/form-data; boundary=b"),
        (Way.SENDGRID, b"x", "multipart/form-data"),
        (Way.SENDGRID, b"&".join([b"a=b"] * 500), "application/x-www-form-urlencoded"),
        (Way.SENDGRID, b"", "text/plain"),
        (Way.POST, b"  ", "message/rfc822"),
    ],
)
def test_what_holds_no_mail(posted, way, body, kind):
    assert posted(way, body, kind).status_code == 400
    assert not ReceivedMail.objects.exists()


def test_no_mail_at_all_is_kept_to_be_looked_at(posted):
    assert posted(Way.POST, b"just words, no headers", "message/rfc822").status_code == 200
    assert ReceivedMail.objects.get().kind == "unreadable"


def test_another_address_leads_nowhere(posted, house):
    assert posted(Way.POST, mail(), "message/rfc822", address=f"/mail/post/{'x' * 43}/").status_code == 404
    Mailbox.objects.update(off_at=house.ana.joined_at)
    assert posted(Way.POST, mail(), "message/rfc822").status_code == 404


def test_only_posts(house, client):
    made_mailbox(house, way=Way.POST, hook_hash=hash_of(SECRET))
    assert client.get(ADDRESS).status_code == 405


def test_what_cannot_be_kept_now_comes_again(posted, monkeypatch):
    def gone(*_, **__):
        raise OperationalError("the database is away")

    monkeypatch.setattr(mail_hooks, "take_in_letter", gone)
    assert posted(Way.POST, mail(), "message/rfc822").status_code == 503


def test_a_key_that_another_secret_key_sealed(posted, house, noon):
    made_mailbox(
        house, way=Way.MAILGUN, hook_hash=hash_of(SECRET), sealed_key=base64.b64encode(b"x").decode()
    )
    assert posted(Way.MAILGUN, *form(**of_mailgun(mail(), noon))).status_code == 503
    assert "another secret key" in Mailbox.objects.get().trouble
