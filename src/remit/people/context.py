"""What the frame around every page shows of the one who looks."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.http import HttpRequest

from remit.people.counter_turn import device_in, is_turn
from remit.people.models import Member
from remit.people.queries import OnDuty, duties_of


def around_every_page(request: HttpRequest) -> dict[str, Any]:
    """Values for the frame: nothing yet for somebody who isn't signed in.

    `my_duties` says for each of their teams whether they are on duty; `turn_on` is the counter device on
    which they have their turn.
    """
    user = getattr(request, "user", None)
    if not isinstance(user, Member):
        return {"me": None}

    @cache
    def my_duties() -> list[OnDuty]:
        return duties_of(user)

    return {
        "me": user,
        "my_duties": my_duties,
        "turn_on": device_in(request) if is_turn(request) else None,
    }
