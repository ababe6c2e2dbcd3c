"""The bell, the list of notices, and the page where its reader says how to be told."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from remit.core.errors import NotThere, Refusal
from remit.core.pages import is_part
from remit.core.sent import number_in, sent_in
from remit.notices.access import browsers_for
from remit.notices.actions import choose_channels, see, see_all, switch_off_push, switch_on_push, try_out
from remit.notices.forms import BrowserForm, ChannelsForm
from remit.notices.mail import has_mail
from remit.notices.push.key import public_key
from remit.notices.queries import channels_of, page_of

_UNUSABLE = 422


@require_safe
@never_cache
def all_notices(request: HttpRequest) -> HttpResponse:
    """What somebody was told, the newest first; htmx asks for the list alone."""
    page = page_of(_reader(request), number_in(request.GET.get("before")))
    template = "notices/all.html#list" if is_part(request) else "notices/all.html"
    return render(request, template, {"page": page})


@require_POST
def seen(request: HttpRequest) -> HttpResponse:
    """Marks all as seen that the page showed, or that are older."""
    see_all(_reader(request), upto=number_in(request.POST.get("upto")) or 0)
    return redirect("notices:all")


@require_GET
def opened(request: HttpRequest, number: int) -> HttpResponse:
    """Goes where a notice leads, and marks it as seen."""
    notice = see(_reader(request), number)
    is_ours = notice.address.startswith("/") and url_has_allowed_host_and_scheme(notice.address, None)
    return redirect(notice.address if is_ours else "notices:all")


@require_safe
@never_cache
def bell(request: HttpRequest) -> HttpResponse:
    """The bell with its count, asked for every now and then; nothing for whoever was signed out meanwhile."""
    if isinstance(request.user, AnonymousUser):
        return HttpResponse(status=204)
    return render(request, "notices/frame/bell_part.html")


bell.is_open = True  # type: ignore[attr-defined]  # a page that stays open must not get the door into its bell


@require_http_methods(["GET", "POST"])
def channels(request: HttpRequest) -> HttpResponse:
    """How somebody is told beside the screen."""
    reader = _reader(request)
    wish = channels_of(reader)
    initial = {"push": wish.push, "mail": wish.mail, "monday": wish.monday}
    form = ChannelsForm(sent_in(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        choose_channels(reader, **form.cleaned_data)
        messages.success(request, "Kept.")
        return redirect("notices:channels")
    values = {
        "form": form,
        "browsers": browsers_for(reader),
        "public_key": public_key(),
        "has_mail": has_mail(),
    }
    return render(request, "notices/channels.html", values, status=_UNUSABLE if form.errors else 200)


@require_POST
def tried(request: HttpRequest) -> HttpResponse:
    """Sends a notice to oneself."""
    try_out(_reader(request))
    messages.success(request, "A notice is on its way to you.")
    return redirect("notices:channels")


@require_POST
def subscribe(request: HttpRequest) -> HttpResponse:
    """A browser was switched on; its script sends this, and shows what is answered."""
    form = BrowserForm(request.POST)
    if not form.is_valid():
        return HttpResponse("This browser didn't say where it can be reached.", status=_UNUSABLE)
    try:
        switch_on_push(_reader(request), **form.cleaned_data)
    except Refusal as error:
        return HttpResponse(f"{error.wrong} {error.next_step}", status=_UNUSABLE)
    return HttpResponse(status=204)


@require_POST
def unsubscribe(request: HttpRequest) -> HttpResponse:
    """A browser is switched off: by its script with its endpoint, or by a button with its number."""
    reader = _reader(request)
    browser = number_in(request.POST.get("browser"))
    if browser is None:
        switch_off_push(reader, endpoint=request.POST.get("endpoint", ""))
        return HttpResponse(status=204)
    switch_off_push(reader, browser=browser)
    messages.success(request, "This browser gets no notices any more.")
    return redirect("notices:channels")


@require_safe
def worker(_: HttpRequest) -> FileResponse:
    """The script that shows notices while Remit is closed; at the root, so that it may open any page."""
    found = finders.find("js/notices-worker.js")
    if not found:
        raise NotThere("file")
    answer = FileResponse(open(found, "rb"), content_type="text/javascript")  # noqa: PTH123, SIM115 (it closes it)
    answer["Cache-Control"] = "no-cache"
    answer["Service-Worker-Allowed"] = "/"
    return answer


for _of_ones_own in (channels, tried, subscribe, unsubscribe):
    # A shared screen would show one member's notices to the next.
    _of_ones_own.is_at_the_counter = False  # type: ignore[attr-defined]

worker.is_open = True  # type: ignore[attr-defined]  # a browser looks for a newer one whoever is signed in


def _reader(request: HttpRequest) -> Any:  # noqa: ANN401 (a member: the middleware lets nobody else in)
    return request.user
