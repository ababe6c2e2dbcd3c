"""The page of what a team promises, and stands for."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from remit.core.form_errors import is_done
from remit.core.form_page import form_page
from remit.core.sent import sent_in
from remit.people.access import get_place_for, need_rank
from remit.people.looking import looking
from remit.people.middleware import not_at_the_counter
from remit.people.vocabulary import Rank
from remit.voice.access import promise_of
from remit.voice.actions.promises import promise
from remit.voice.forms.promises import PromiseForm
from remit.voice.queries.promise import kept_in
from remit.voice.views.ideas import FORM


@require_http_methods(FORM)
@not_at_the_counter
def settings(request: HttpRequest, team: str) -> HttpResponse:
    """Everybody in the team reads it, managers write it."""
    place = get_place_for(looking(request), team)
    if request.method == "POST":
        need_rank(place, Rank.MANAGER, "promise something for the team")
    promised = promise_of(place.team)
    form = PromiseForm(promised, sent_in(request))

    def act(days: int, values: str, why: str) -> None:
        promise(place, days=days, values=values.splitlines(), why=why)

    if is_done(form, act):
        messages.success(request, "Promised. What came before keeps what was promised then.")
        return redirect("voice:settings", team)
    values = {
        "place": place,
        "form": form,
        "promise": promised,
        "kept": kept_in([place.team])[0],
    }
    return form_page(request, "voice/settings.html", values, form)
