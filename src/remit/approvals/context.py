"""What the frame around every page shows of the questions."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.http import HttpRequest

from remit.approvals.access import waiting_for
from remit.people.models import Member


def around_every_page(request: HttpRequest) -> dict[str, Any]:
    """`waiting_for_me`: how many questions wait for whoever looks; counted only where it is shown."""
    user = getattr(request, "user", None)
    if not isinstance(user, Member):
        return {}

    @cache
    def waiting_for_me() -> int:
        return waiting_for(user).count()

    return {"waiting_for_me": waiting_for_me}
