"""What the bell in the frame shows."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.http import HttpRequest

from remit.notices.queries import count_unseen


def around_every_page(request: HttpRequest) -> dict[str, Any]:
    """`unseen_notices`: how many wait for whoever looks; counted only where it is shown."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}

    @cache
    def unseen_notices() -> int:
        return count_unseen(user)

    return {"unseen_notices": unseen_notices}
