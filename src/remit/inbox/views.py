"""Doors of the mailbox of a team; for owners."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from remit.core.clock import now
from remit.core.form_errors import say_in
from remit.core.form_page import UNPROCESSABLE
from remit.core.pages import address_of
from remit.core.sent import sent_in
from remit.inbox.actions.setting_up import new_hook, set_up, switch_off, tried
from remit.inbox.forms import MailboxForm
from remit.inbox.models import Mailbox
from remit.inbox.vocabulary import HOOKS, Way
from remit.jobs.queries import is_nobody_working
from remit.notices.mail import has_mail
from remit.people.access import Place, get_place_for, need_owner
from remit.people.looking import looking
from remit.people.middleware import not_at_the_counter
from remit.people.proof import asks_again
from remit_engine.errors import RemitError


@asks_again
@require_http_methods(["GET", "POST"])
@not_at_the_counter
def mailbox(request: HttpRequest, team: str) -> HttpResponse:
    """The mail of a team: whether it works, and its settings, which are tried before they are kept."""
    place = _place(request, team)
    kept = Mailbox.objects.filter(team=place.team).first()
    form = MailboxForm(kept, sent_in(request))
    if form.is_valid():
        try:
            made, secret = set_up(place.member, place, form.words, tried(form.words, kept))
        except RemitError as error:
            say_in(form, error)
        else:
            if secret:
                return _hook_page(request, place, made, secret)
            messages.success(request, f"It works. Mail to {made.address} comes in from now on.")
            return redirect("inbox:mailbox", team)
    return _page(request, place, kept, form)


@asks_again
@require_POST
@not_at_the_counter
def hook_address(request: HttpRequest, team: str) -> HttpResponse:
    """Another address where mail is posted; the one of before leads nowhere any more."""
    place = _place(request, team)
    secret = new_hook(place.member, place)
    return _hook_page(request, place, Mailbox.objects.get(team=place.team), secret)


@asks_again
@require_POST
@not_at_the_counter
def off(request: HttpRequest, team: str) -> HttpResponse:
    """Take no more mail in; what came in stays."""
    place = _place(request, team)
    switch_off(place.member, place)
    messages.success(request, "Switched off. What came in stays; mail to customers is from Remit again.")
    return redirect("inbox:mailbox", team)


def _place(request: HttpRequest, team: str) -> Place:
    place = get_place_for(looking(request), team)
    need_owner(place.member, "look after the mail of a team")
    return place


def _page(request: HttpRequest, place: Place, kept: Mailbox | None, form: MailboxForm) -> HttpResponse:
    is_on = kept is not None and kept.off_at is None
    values: dict[str, Any] = {
        "place": place,
        "mailbox": kept if is_on else None,
        "form": form,
        "is_posted": is_on and kept is not None and kept.way in HOOKS,
        "is_watched": kept is not None and kept.watched_until is not None and kept.watched_until > now(),
        "is_fetched": is_on and kept is not None and kept.way == Way.IMAP,
        "is_nobody_working": is_nobody_working(),
        "has_mail": has_mail(),
    }
    return render(
        request, "inbox/mailbox.html", values, status=UNPROCESSABLE if form.is_bound and form.errors else 200
    )


def _hook_page(request: HttpRequest, place: Place, made: Mailbox, secret: str) -> HttpResponse:
    """The address where mail is posted, shown once."""
    address = address_of(request, reverse("complaints:mail-hook", args=[secret]))
    return render(request, "inbox/hook.html", {"place": place, "mailbox": made, "address": address})
