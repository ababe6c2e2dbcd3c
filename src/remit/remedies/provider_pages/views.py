"""Doors of the payment providers; for owners."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from remit.core.errors import Gone, NotThere
from remit.core.form_errors import say_in
from remit.core.form_page import UNPROCESSABLE
from remit.core.pages import address_of
from remit.core.sent import number_in, sent_in
from remit.core.why_form import WhyForm
from remit.jobs.queue import later
from remit.people.access import need_owner, teams_for
from remit.people.looking import looking
from remit.people.middleware import not_at_the_counter
from remit.people.models import Member
from remit.people.proof import asks_again
from remit.remedies.actions.connections import Keys, change_keys, change_teams, connect, switch_off
from remit.remedies.models import Connection
from remit.remedies.provider_pages.forms import ConnectForm, KeysForm, TeamsForm
from remit.remedies.provider_pages.queries import connections_with_figures, latest_looks, on_their_way_through
from remit.remedies.providers import STRIPE
from remit.remedies.providers.contract import ProviderError
from remit.remedies.providers.opening import opened
from remit_engine.errors import RemitError


@require_GET
@not_at_the_counter
def all_connections(request: HttpRequest) -> HttpResponse:
    """Through what money goes back by itself, and whether that works."""
    _owner(request)
    return _page(request, "connections", {"connections": connections_with_figures()}, None)


@asks_again
@require_http_methods(["GET", "POST"])
@not_at_the_counter
def new_connection(request: HttpRequest) -> HttpResponse:
    """Connect an account: the key is tried first."""
    owner = _owner(request)
    mine = teams_for(owner).order_by("name")
    teams = mine.filter(connected=None)
    # Sent twice, the teams are connected already when it comes again: by that very connection.
    form = ConnectForm(mine if request.method == "POST" else teams, sent_in(request))
    if form.is_valid() and (keys := _tried(form)) is not None:
        try:
            made = connect(owner, STRIPE, keys, list(form.cleaned_data["teams"]))
        except RemitError as error:
            say_in(form, error)
        else:
            messages.success(request, f"{made.account} is connected. Now add the webhook.")
            return redirect("providers:connection", made.pk)
    return _page(request, "new", {"form": form, "has_teams": teams.exists()}, form)


@require_GET
@not_at_the_counter
def connection(request: HttpRequest, number: int) -> HttpResponse:
    """One connection: whether it works, what is on its way, what the last looks found."""
    owner = _owner(request)
    return _connection_page(request, owner, _connection(number))


@asks_again
@require_POST
@not_at_the_counter
def keys(request: HttpRequest, number: int) -> HttpResponse:
    """Put new keys in; what stood still goes on."""
    owner, found = _owner(request), _connection(number)
    form = KeysForm(request.POST)
    if form.is_valid() and (tried := _tried(form)) is not None:
        try:
            change_keys(owner, found, tried, seen=_seen(request))
        except RemitError as error:
            say_in(form, error)
        else:
            messages.success(request, "The new key works. What stood still goes on.")
            return redirect("providers:connection", number)
    return _connection_page(request, owner, found, keys=form)


@asks_again
@require_POST
@not_at_the_counter
def teams(request: HttpRequest, number: int) -> HttpResponse:
    """Say anew which teams give back through it."""
    owner, found = _owner(request), _connection(number)
    form = TeamsForm(_free_teams(owner, found), request.POST)
    if form.is_valid():
        try:
            change_teams(owner, found, list(form.cleaned_data["teams"]), seen=_seen(request))
        except RemitError as error:
            say_in(form, error)
        else:
            messages.success(request, "Kept.")
            return redirect("providers:connection", number)
    return _connection_page(request, owner, found, teams=form)


@require_POST
@not_at_the_counter
def look(request: HttpRequest, number: int) -> HttpResponse:
    """Have the books compared with the provider's own list, now."""
    _owner(request)
    found = _connection(number)
    later("remit.remedies.jobs.look_through", unique_key=f"look-through-{found.pk}", connection=found.pk)
    messages.success(request, "It is looked through now. What is found stands here in a moment.")
    return redirect("providers:connection", number)


@asks_again
@require_POST
@not_at_the_counter
def off(request: HttpRequest, number: int) -> HttpResponse:
    """Give back by hand from now on."""
    owner, found = _owner(request), _connection(number)
    form = WhyForm(request.POST)
    if form.is_valid():
        try:
            switch_off(owner, found, form.cleaned_data["why"], seen=_seen(request))
        except RemitError as error:
            say_in(form, error)
        else:
            messages.success(request, "Switched off. Refunds are handed over by hand from now on.")
            return redirect("providers:connections")
    return _connection_page(request, owner, found, off=form)


def _owner(request: HttpRequest) -> Member:
    member = looking(request)
    need_owner(member, "see the payment providers")
    return member


def _connection(number: int) -> Connection:
    found = Connection.objects.filter(pk=number).first()
    if found is None:
        raise NotThere("connection")
    if found.off_at is not None:
        raise Gone(
            "switched-off",
            f"{found.account} was switched off.",
            "Refunds are handed over by hand. Connect it anew if that was a mistake.",
        )
    return found


def _seen(request: HttpRequest) -> int | None:
    """How often the connection had been changed when the form was drawn."""
    return number_in(request.POST.get("seen"))


def _tried(form: KeysForm) -> Keys | None:
    """The keys of a form, when they open something; None when it says why not."""
    key, secret = form.cleaned_data["key"], form.cleaned_data["secret"]
    try:
        account = opened(STRIPE, key).account()
    except ProviderError as error:
        form.add_error("key", error.words)
        return None
    return Keys(
        account=account.name, reference=account.reference, key=key, secret=secret, is_live=form.is_live
    )


def _free_teams(owner: Member, found: Connection) -> Any:  # noqa: ANN401 (a queryset of two that are joined)
    mine = teams_for(owner)
    return (mine.filter(connected=None) | mine.filter(connected__connection=found)).order_by("name")


def _connection_page(request: HttpRequest, owner: Member, found: Connection, **forms: Any) -> HttpResponse:  # noqa: ANN401
    found.refresh_from_db()  # somebody else may have changed it: what is sent next is about how it is now
    sent = next(iter(forms.values()), None)
    chosen = [each.team.word for each in found.teams.select_related("team")]
    shown = {
        "keys": KeysForm(),
        "teams": TeamsForm(_free_teams(owner, found), initial={"teams": chosen}),
        "off": WhyForm(),
    } | forms
    under_way, has_more = on_their_way_through(found)
    values = {
        "connection": found,
        "hook": address_of(request, reverse("providers:hook", args=[found.hook])),
        "looks": latest_looks(found),
        "under_way": under_way,
        "has_more": has_more,
        "forms": shown,
    }
    return _page(request, "connection", values, sent)


def _page(request: HttpRequest, name: str, values: dict[str, Any], form: Any) -> HttpResponse:  # noqa: ANN401
    is_wrong = form is not None and form.is_bound and form.errors
    return render(
        request, f"remedies/provider_pages/{name}.html", values, status=UNPROCESSABLE if is_wrong else 200
    )
