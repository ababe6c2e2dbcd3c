"""The first page: a thin door."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from remit.core.clock import now
from remit.people.counter_turn import is_turn
from remit.people.looking import looking
from remit.today.queries.big_day import next_big_day
from remit.today.queries.changed import new_for_me, to_read
from remit.today.queries.here import here_of
from remit.today.queries.needs import needs_of
from remit.today.queries.said import said_lately
from remit.today.queries.waiting import waiting
from remit.today.vocabulary import MOST_CHANGED, greeting

_OTHERWISE = "UTC"


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """What waits for whoever looks, what is free to take, the next big day, what changed, who is on."""
    member = looking(request)
    here = here_of(member)
    zone = here.mine[0].membership.team.zone if here.mine else None
    moment = now().astimezone(zone)
    is_shared = is_turn(request)
    reading = to_read(member)
    values = {
        "here": here,
        "moment": moment,
        "hello": greeting(moment.hour),
        "waiting": waiting(member),
        "big": next_big_day(member),
        "asked": [] if is_shared else [each for each in here.mine if each.pulse_until],
        "new": new_for_me(here, with_steps=not is_shared),
        "reading": reading[:MOST_CHANGED],
        "more_reading": len(reading) > MOST_CHANGED,
        "said": said_lately(member),
        "needs": None if is_shared else needs_of(here),
    }
    return render(request, "today/today.html", values)
