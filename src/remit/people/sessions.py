"""Sessions in the database, found by a hash: who reads the database signs in as nobody.

The key of a session stands in the cookie of its browser and nowhere else. What is kept of it, here and with
the browsers of a member, is `kept_of(key)`.
"""

from __future__ import annotations

from typing import Any, Final

from django.contrib.sessions.backends import db
from django.contrib.sessions.base_session import AbstractBaseSession
from django.http import HttpRequest
from django.utils import timezone

from remit.people.secrets import hash_of

_LENGTH: Final = 40
"""So much of the hash fits into the column of Django: 160 bits, more than a key has."""


def kept_of(key: str) -> str:
    """What is kept of the key of a session; "" for none."""
    return hash_of(key)[:_LENGTH] if key else ""


def session_here(request: HttpRequest) -> str:
    """What is kept of the session of this browser; "" where it has none."""
    return kept_of(request.session.session_key or "")


class SessionStore(db.SessionStore):
    """Django's sessions in the database, but for what stands in their key."""

    def exists(self, session_key: str) -> bool:
        """Whether a session has this key."""
        return super().exists(kept_of(session_key))

    def delete(self, session_key: str | None = None) -> None:
        """End the session of this key, or this one."""
        key = session_key or self.session_key
        if key:
            super().delete(kept_of(key))

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        """The row of this session."""
        row = super().create_model_instance(data)
        row.session_key = kept_of(row.session_key)
        return row

    def _get_session_from_db(self) -> AbstractBaseSession | None:
        kept = kept_of(self.session_key or "")
        row = self.model.objects.filter(session_key=kept, expire_date__gt=timezone.now()).first()
        if row is None:
            self._session_key = None  # a new one is made, and never one that somebody else chose
        return row
