"""The lists of big days."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from remit.core.tabs import Tab, open_tab
from remit.events import access
from remit.people.access import teams_led_by
from remit.people.looking import looking

_TABS = {
    "to-come": Tab("To come", access.to_come, "No big day is ahead."),
    "over": Tab("Over", access.over, "None was yet."),
    "templates": Tab("Templates", access.templates, "None is kept yet."),
}


@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """One of the lists; which one stands in the address."""
    member = looking(request)
    rows, shown = open_tab(request, _TABS, member)
    values = {"events": rows, "teams": list(teams_led_by(member)), **shown}
    return render(request, "events/events.html", values)
