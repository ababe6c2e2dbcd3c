"""Handing one encrypted message to a push service."""

from __future__ import annotations

import base64
import hashlib
import http.client
import json
import socket
import ssl
from enum import Enum
from typing import Final

from django.conf import settings
from py_vapid import VapidException

from remit.core.clock import now
from remit.core.writing import is_writing
from remit.jobs.errors import NeedsPerson
from remit.notices.models import Notice, PushSubscription
from remit.notices.push.endpoint import Endpoint, reachable_address, read_endpoint
from remit.notices.push.key import push_key

_SECONDS: Final = 10
_KEPT_HOURS: Final = 12
_LONGEST_BODY: Final = 600
_GONE: Final = frozenset({404, 410})
_LATER: Final = frozenset({408, 425, 429})
_SENT: Final = range(200, 300)
_SERVER_ERRORS: Final = range(500, 600)


class PushAnswer(Enum):
    """What became of a push."""

    SENT = "sent"
    GONE = "gone"
    """The browser takes no notices any more."""


class PushServiceBusyError(Exception):
    """The push service can't take it now."""


def push(notice: Notice, browser: PushSubscription) -> PushAnswer:
    """Send a notice to a browser, now; called by a job, never inside a write.

    Raises:
        NeedsPerson: the push service refuses it for good.
        PushServiceBusyError, OSError: it can't take it now: try again later.
    """
    if is_writing():
        raise RuntimeError("notices are sent by a job, never inside a write")
    from pywebpush import WebPusher  # noqa: PLC0415 (slow, and most processes never push)

    endpoint = read_endpoint(browser.endpoint)
    keys = {"p256dh": browser.public_key, "auth": browser.auth_secret}
    pusher = WebPusher({"endpoint": browser.endpoint, "keys": keys})
    body = pusher.encode(_payload(notice), "aes128gcm")["body"]
    status = _posted(endpoint, body, _headers(notice, endpoint))
    if status in _SENT:
        return PushAnswer.SENT
    if status in _GONE:
        return PushAnswer.GONE
    if status in _LATER or status in _SERVER_ERRORS:
        raise PushServiceBusyError(f"{endpoint.host} answers {status}")
    raise NeedsPerson(f"The push service {endpoint.host} refuses notices of this Remit ({status}).")


def _payload(notice: Notice) -> bytes:
    """What the worker in the browser shows; short enough for every push service."""
    shown = {
        "title": notice.title,
        "body": notice.body[:_LONGEST_BODY],
        "address": f"/notices/{notice.pk}/open/",
        "about": f"{notice.code} {notice.subject}",
        "urgent": notice.is_urgent,
    }
    return json.dumps(shown, ensure_ascii=False, separators=(",", ":")).encode()


def _headers(notice: Notice, endpoint: Endpoint) -> dict[str, str]:
    try:
        signed = push_key().sign(
            {
                "aud": endpoint.origin,
                "exp": int(now().timestamp()) + _KEPT_HOURS * 3600,
                "sub": settings.ADDRESS if settings.IS_SECURE else f"mailto:{settings.DEFAULT_FROM_EMAIL}",
            }
        )
    except VapidException as error:
        raise NeedsPerson(
            f"Notices can't be signed: {error}. REMIT_MAIL_FROM has to be an address."
        ) from error
    about = hashlib.sha256(f"{notice.code} {notice.subject}".encode()).digest()
    return {
        **signed,
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(_KEPT_HOURS * 3600),
        "Urgency": "high" if notice.is_urgent else "normal",
        # One that waits for a browser that is off is replaced by the next about the same.
        "Topic": base64.urlsafe_b64encode(about)[:32].decode("ascii"),
    }


class _Straight:
    """Connects to an address that was looked at already, whatever the name would lead to by now."""

    address: str
    host: str
    port: int

    def reached(self) -> socket.socket:
        """A socket to that address."""
        return socket.create_connection((self.address, self.port), _SECONDS)


class _Plain(_Straight, http.client.HTTPConnection):
    def connect(self) -> None:
        self.sock = self.reached()


class _Secure(_Straight, http.client.HTTPSConnection):
    def connect(self) -> None:
        self.sock = ssl.create_default_context().wrap_socket(self.reached(), server_hostname=self.host)


def _posted(endpoint: Endpoint, body: bytes, headers: dict[str, str]) -> int:
    """The status that a push service answers; where it would send us elsewhere, nobody follows."""
    kind = _Secure if endpoint.scheme == "https" else _Plain
    connection = kind(endpoint.host, endpoint.port, timeout=_SECONDS)
    connection.address = reachable_address(endpoint)
    try:
        connection.request("POST", endpoint.path, body, headers)
        return connection.getresponse().status
    except http.client.HTTPException as error:
        raise PushServiceBusyError(f"{endpoint.host} answers nothing that can be read") from error
    finally:
        connection.close()
