"""The lists of big days."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from remit.core.paging import paged
from remit.events import access
from remit.people.access import teams_led_by
from remit.people.looking import looking

_TABS: Final = {
    "to-come": ("To come", access.to_come, "No big day is ahead."),
    "over": ("Over", access.over, "None was yet."),
    "templates": ("Templates", access.templates, "None is kept yet."),
}


@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """One of the lists; which one stands in the address."""
    member = looking(request)
    wanted = request.GET.get("tab", "")
    tab = wanted if wanted in _TABS else "to-come"
    _, rows, nothing = _TABS[tab]
    values = {
        "tab": tab,
        "tabs": [(word, title) for word, (title, *_) in _TABS.items()],
        "events": paged(rows(member), request.GET.get("page")),
        "nothing": nothing,
        "teams": list(teams_led_by(member)),
    }
    return render(request, "events/events.html", values)
