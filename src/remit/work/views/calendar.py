"""One's own calendar: links to it, and what calendar programs read there."""

from __future__ import annotations

import hashlib
from calendar import timegm

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from remit.core.form_errors import is_done
from remit.core.form_page import UNPROCESSABLE
from remit.core.pages import address_of
from remit.core.sent import sent_in
from remit.people.looking import looking
from remit.people.middleware import not_at_the_counter, open_to_everybody
from remit.people.models import Organisation
from remit.people.qr import qr_svg
from remit.work.access import calendar_links_of, get_calendar_link
from remit.work.actions.calendar_links import end_calendar_link, make_calendar_link, note_read
from remit.work.calendar_text import calendar_text
from remit.work.forms.calendar_links import CalendarLinkForm
from remit.work.queries.calendar import entries_of


@require_http_methods(["GET", "POST"])
@not_at_the_counter
def links(request: HttpRequest) -> HttpResponse:
    """The links to one's own calendar; a new one is shown once, when it was made."""
    member = looking(request)
    form = CalendarLinkForm(sent_in(request))
    told: list[str] = []

    def make(name: str, *, has_checklists: bool, stamp: str) -> None:
        _, secret = make_calendar_link(member, name, has_checklists=has_checklists, stamp=stamp)
        told.append(address_of(request, reverse("work:calendar-file", args=[secret])))

    if is_done(form, make):
        return render(request, "work/calendar_link.html", {"address": told[0], "qr": qr_svg(told[0])})
    values = {"links": calendar_links_of(member), "form": form}
    return render(request, "work/calendar.html", values, status=UNPROCESSABLE if form.errors else 200)


@require_POST
@not_at_the_counter
def end_link(request: HttpRequest, number: int) -> HttpResponse:
    """End one of them."""
    end_calendar_link(looking(request), number)
    messages.success(request, "Ended. Who has that address reads nothing any more.")
    return redirect("work:calendar")


@require_safe
@open_to_everybody
def calendar_file(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar itself, for whoever has the link; what a calendar has already isn't sent again."""
    link = get_calendar_link(secret)
    text = calendar_text(
        entries_of(link.member, with_checklists=link.has_checklists),
        here=_here(),
        address_of=lambda path: address_of(request, path),
    )
    mark = hashlib.sha256(text).hexdigest()
    changed_at = timegm(note_read(link, mark).utctimetuple())
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="remit.ics"'
    response["Cache-Control"] = "private, no-cache"
    response["ETag"] = quote_etag(mark)
    response["Last-Modified"] = http_date(changed_at)
    answer = get_conditional_response(request, quote_etag(mark), changed_at, response)
    return answer if isinstance(answer, HttpResponse) else response


def _here() -> str:
    """What names this Remit for ever, also after it moved to another address or another database."""
    begun = Organisation.objects.values_list("created_at", flat=True).first()
    return f"{begun:%Y%m%d%H%M%S%f}.remit" if begun else "remit"
