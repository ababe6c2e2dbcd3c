"""Webhooks of mail services: the mail that they post, and nothing that isn't theirs."""

import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.inbox.corpus import text

from remit.core.errors import NotAllowed, Refusal
from remit.inbox.fetching.hooks import (
    REPLAY_WINDOW,
    from_anybody,
    from_mailgun,
    from_postmark,
    from_sendgrid,
)

KEY = "0123456789abcdef0123456789"
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
MAIL = text("Grüße".encode("cp1252"), "text/plain; charset=cp1252")


def mailgun(at=NOON, key=KEY, **changed):
    timestamp, token = str(int(at.timestamp())), "a" * 50
    signature = hmac.new(key.encode(), (timestamp + token).encode(), hashlib.sha256).hexdigest()
    return {"timestamp": timestamp, "token": token, "signature": signature, "body-mime": MAIL} | changed


def test_mailgun():
    assert from_mailgun(mailgun(), key=KEY, at=NOON) == MAIL
    assert from_mailgun(mailgun(), key=KEY, at=NOON + REPLAY_WINDOW) == MAIL


@pytest.mark.parametrize(
    "fields",
    [
        mailgun(key="another-key-of-some-length"),
        mailgun(token="b" * 50),
        mailgun(timestamp=str(int(NOON.timestamp()) + 1)),
        mailgun(signature=""),
        mailgun(signature="ü"),
        {},
        mailgun(at=NOON - REPLAY_WINDOW - timedelta(seconds=1)),
        mailgun(at=NOON + REPLAY_WINDOW + timedelta(seconds=1)),
    ],
)
def test_mailgun_of_somebody_else(fields):
    with pytest.raises(NotAllowed):
        from_mailgun(fields, key=KEY, at=NOON)


def test_mailgun_without_the_whole_mail():
    with pytest.raises(Refusal, match="no whole mail"):
        from_mailgun(mailgun(**{"body-mime": ""}), key=KEY, at=NOON)


@pytest.mark.parametrize("given_key", ["", "x", KEY + "x", KEY[:-1], "ü"])
def test_a_wrong_key_opens_nothing(given_key):
    with pytest.raises(NotAllowed):
        from_sendgrid({"email": MAIL}, given=given_key, key=KEY)
    with pytest.raises(NotAllowed):
        from_postmark(b"{}", given=given_key, key=KEY)
    with pytest.raises(NotAllowed):
        from_anybody(MAIL, given=given_key, key=KEY)


def test_without_a_key_of_ours_nobody_comes_in():
    for call in (
        lambda: from_anybody(MAIL, given="", key=""),
        lambda: from_sendgrid({"email": MAIL}, given="", key=""),
        lambda: from_mailgun(mailgun(key=""), key="", at=NOON),
    ):
        with pytest.raises(NotAllowed, match="No key"):
            call()


def test_the_right_key():
    assert from_sendgrid({"email": MAIL}, given=KEY, key=KEY) == MAIL
    assert from_anybody(MAIL, given=KEY, key=KEY) == MAIL
    assert from_postmark(json.dumps({"RawEmail": "From: a\r\n\r\nGrüße"}).encode(), given=KEY, key=KEY) == (
        "From: a\r\n\r\nGrüße".encode()
    )


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"{}", b'{"RawEmail": 5}', b"[" * 100_000, b"\xff"])
def test_postmark_without_the_whole_mail(body):
    with pytest.raises(Refusal):
        from_postmark(body, given=KEY, key=KEY)


@given(st.text(max_size=80))
def test_any_key(said):
    with pytest.raises(NotAllowed):
        from_anybody(MAIL, given=said, key=KEY)
