"""What the frame around every page shows of the one who looks."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from remit.people.counter_turn import device_in, is_turn
from remit.people.models import Member
from remit.people.own_pages import open_until


def around_every_page(request: HttpRequest) -> dict[str, Any]:
    """Values for the frame: nothing yet for somebody who isn't signed in.

    `turn_on` is the counter device on which they have their turn, `own_pages_until` the time on the wall
    until which their own pages are open there; "" where they are closed.
    """
    user = getattr(request, "user", None)
    if not isinstance(user, Member):
        return {"me": None}
    if not is_turn(request):
        return {"me": user, "turn_on": None}
    device, until = device_in(request), open_until(request)
    clock = f"{until.astimezone(device.team.zone):%H:%M}" if until and device else ""
    return {"me": user, "turn_on": device, "own_pages_until": clock}
