"""The ways in: who is it?"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from remit.people.models import Member


class MailAndPassword(BaseBackend):
    """Signs in by mail address and password."""

    def authenticate(
        self,
        request: HttpRequest | None,  # noqa: ARG002 (Django hands it over)
        username: str | None = None,
        password: str | None = None,
        **_: Any,  # noqa: ANN401
    ) -> Member | None:
        """The member with this mail address and password; None for a wrong one, or somebody who left."""
        if not username or password is None:
            return None
        member = Member.objects.filter(email=username.strip().lower(), is_software=False).first()
        if member is None:
            make_password(password)  # takes as long, so that nobody learns who is here
            return None
        return member if member.check_password(password) and member.is_active else None

    def get_user(self, user_id: int) -> Member | None:
        """The member of a session; None once they left."""
        return Member.objects.filter(pk=user_id, left_at=None).first()
