"""Mail that a service posts to us: the body of its webhook into the bytes of the mail.

Pure: a request's headers and body in, bytes out, or a refusal. Only services that hand over the whole mail
are here; Amazon's announcements (SNS) are not, since what they point to has to be fetched.

Sources: Mailgun, "Securing webhooks" (HMAC-SHA256 over timestamp and token) and "Forwarded messages"
(`body-mime`); Twilio SendGrid, "Inbound Parse", with "send raw" (field `email`); Postmark, "Inbound webhook",
with raw content (`RawEmail`).
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from remit.core.errors import NotAllowed, Refusal

REPLAY_WINDOW: Final = timedelta(minutes=5)
"""For how long a signed request is believed, before and after the moment that it bears."""

SHORTEST_KEY: Final = 20
"""Characters that a key has at least: it is all that stands between anybody and a team's complaints."""

_TOKEN: Final = re.compile(r"[0-9A-Za-z_-]{10,200}\Z")


def from_mailgun(fields: Mapping[str, str | bytes], *, key: str, at: datetime) -> bytes:
    """A mail from Mailgun, by a route that forwards to an address that ends in `/mime`.

    Args:
        fields: of the form that it posts.
        key: for signing webhooks, as Mailgun shows it.
        at: now, with a zone.

    Returns:
        the mail. The same request again within `REPLAY_WINDOW` is believed: who takes it in knows the mail.

    Raises:
        NotAllowed: it isn't signed with this key, or too long ago.
        Refusal: it holds no whole mail.
    """
    timestamp, token, signature = (_word(fields, name) for name in ("timestamp", "token", "signature"))
    _needs_key(key)
    expected = hmac.new(key.encode(), f"{timestamp}{token}".encode(), hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected.encode(), signature.encode()) or not _TOKEN.match(token):
        raise _not_signed("Mailgun")
    if not timestamp.isdecimal() or abs(at.timestamp() - int(timestamp[:15])) > REPLAY_WINDOW.total_seconds():
        raise NotAllowed(
            "hook-too-old",
            "This request was signed too long ago, or in the future.",
            "Check the clock of this machine; Mailgun tries again by itself.",
        )
    return _mail(fields.get("body-mime", ""), "Mailgun", "a route to an address that ends in /mime")


def from_sendgrid(fields: Mapping[str, str | bytes], *, given: str, key: str) -> bytes:
    """A mail from SendGrid's Inbound Parse, which signs nothing: its address or password bears our key.

    Args:
        fields: of the form that it posts.
        given: the key that came with the request.
        key: ours.

    Raises:
        NotAllowed: the key is another one.
        Refusal: it holds no whole mail.
    """
    _same_key(given, key)
    return _mail(fields.get("email", ""), "SendGrid", "“POST the raw, full MIME message”")


def from_postmark(body: bytes, *, given: str, key: str) -> bytes:
    """A mail from Postmark's inbound webhook, which signs nothing: its address or password bears our key.

    Args:
        body: JSON that it posts.
        given: the key that came with the request.
        key: ours.

    Raises:
        NotAllowed: the key is another one.
        Refusal: it holds no whole mail.
    """
    _same_key(given, key)
    try:
        said = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Refusal(
            "hook-no-json", "What came isn't the JSON that Postmark posts.", "Check what posts here."
        ) from error
    raw = said.get("RawEmail", "") if isinstance(said, dict) else ""
    return _mail(
        raw if isinstance(raw, str) else "", "Postmark", "“Include raw email content in JSON payload”"
    )


def from_anybody(body: bytes, *, given: str, key: str) -> bytes:
    """A mail as it is (`message/rfc822`), from whoever knows our address.

    Args:
        body: of the request.
        given: the key that came with the request.
        key: ours.

    Raises:
        NotAllowed: the key is another one.
        Refusal: it is empty.
    """
    _same_key(given, key)
    return _mail(body, "the sender", "the whole mail, headers first, as the body")


def _word(fields: Mapping[str, str | bytes], name: str) -> str:
    value = fields.get(name, "")
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value


def _mail(raw: str | bytes, service: str, setting: str) -> bytes:
    """The bytes of a mail that came as a field."""
    mail = raw if isinstance(raw, bytes) else raw.encode("utf-8", "surrogateescape")
    if not mail.strip():
        raise Refusal(
            "hook-no-mail", f"{service} posted no whole mail.", f"Set it so that it posts one: {setting}."
        )
    return mail


def _needs_key(key: str) -> None:
    if len(key) < SHORTEST_KEY:
        raise NotAllowed(
            "hook-no-key", "No key is set for this address.", f"Set one of {SHORTEST_KEY} characters or more."
        )


def _same_key(given: str, key: str) -> None:
    _needs_key(key)
    if not hmac.compare_digest(given.encode("utf-8", "replace"), key.encode("utf-8", "replace")):
        raise NotAllowed(
            "hook-wrong-key", "The key of this request isn't ours.", "Check the key on both sides."
        )


def _not_signed(service: str) -> NotAllowed:
    return NotAllowed(
        "hook-not-signed",
        f"This request wasn't signed by {service} with our key.",
        "Check the key on both sides.",
    )
