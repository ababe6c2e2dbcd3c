"""Browsers of the bench: signed in, with a connection that stays open, speaking HTTP to a real server."""

from __future__ import annotations

import http.client
import time
from typing import Final, Self
from urllib.parse import urlencode

from django.test import Client

from remit.people.models import Member
from remit.people.signing_in import BACKEND

_CSRF: Final = "b" * 32
"""A browser that sends the same secret in its cookie and in its form is taken for one that saw the form."""
_PATIENCE: Final = 60


class Browser:
    """Somebody who is signed in.

    Args:
        port: of the server, on this machine.
        session: the cookie of their session; "" for a customer.

    Attributes:
        body: of the last answer.
    """

    body = ""

    def __init__(self, port: int, session: str = "") -> None:
        self._connection = http.client.HTTPConnection("localhost", port, timeout=_PATIENCE)
        self._cookie = f"csrftoken={_CSRF}" + (f"; sessionid={session}" if session else "")

    @classmethod
    def of(cls, member: Member, port: int) -> Self:
        """A browser with a session of its own."""
        return cls(port, session_of(member))

    def get(self, address: str) -> tuple[int, float]:
        """Status, and seconds until all of it was there."""
        return self._asked("GET", address, None)

    def post(self, address: str, sent: dict[str, str]) -> tuple[int, float]:
        """Status, and seconds until the answer was there."""
        return self._asked("POST", address, urlencode(sent | {"csrfmiddlewaretoken": _CSRF}))

    def _asked(self, method: str, address: str, body: str | None) -> tuple[int, float]:
        headers = {"Cookie": self._cookie}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        started = time.perf_counter()
        try:
            self._connection.request(method, address, body, headers)
            answer = self._connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionError):
            # The server closed it in the pause before, as it may; a browser opens another one then.
            self._connection.close()
            self._connection.request(method, address, body, headers)
            answer = self._connection.getresponse()
        self.body = answer.read().decode(errors="replace")
        return answer.status, time.perf_counter() - started


def session_of(member: Member) -> str:
    """The cookie of a new session."""
    client = Client(headers={"host": "localhost"})
    client.force_login(member, backend=BACKEND)
    return client.cookies["sessionid"].value
