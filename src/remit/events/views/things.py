"""Equipment and rooms of a team."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from remit.core.form_errors import is_done
from remit.core.form_page import form_page
from remit.core.paging import paged
from remit.core.sent import sent_in
from remit.events.access import get_thing_for, things_of
from remit.events.actions.things import keep_thing, remove_thing
from remit.events.forms.people import ThingChangeForm, ThingForm
from remit.events.views.events import FORM
from remit.people.access import get_place_for, need_rank
from remit.people.looking import looking
from remit.people.middleware import not_at_the_counter
from remit.people.vocabulary import Rank


@require_http_methods(FORM)
def things(request: HttpRequest, team: str) -> HttpResponse:
    """What there is, and a form for more."""
    place = get_place_for(looking(request), team)
    if request.method == "POST":
        need_rank(place, Rank.LEAD, "say what equipment and rooms there are")
    form = ThingForm(sent_in(request), initial={"kind": "equipment"})

    def keep(kind: str, name: str, count: int) -> None:
        keep_thing(place, kind=kind, name=name, count=count)

    if is_done(form, keep):
        messages.success(request, "It is in the list.")
        return redirect("events:things", team)
    values = {
        "place": place,
        "things": paged(things_of(place), request.GET.get("page")),
        "form": form,
    }
    return form_page(request, "events/things.html", values, form)


@require_http_methods(FORM)
@not_at_the_counter
def thing(request: HttpRequest, team: str, number: int) -> HttpResponse:
    """Change the name or count of one."""
    place = get_place_for(looking(request), team)
    need_rank(place, Rank.LEAD, "say what equipment and rooms there are")
    thing = get_thing_for(place, number)
    form = ThingChangeForm(sent_in(request), initial={"name": thing.name, "count": thing.count})

    def keep(name: str, count: int) -> None:
        keep_thing(place, kind=thing.kind, name=name, count=count, number=number)

    if is_done(form, keep):
        return redirect("events:things", team)
    return form_page(request, "events/thing.html", {"place": place, "thing": thing, "form": form}, form)


@require_POST
@not_at_the_counter
def remove(request: HttpRequest, team: str, number: int) -> HttpResponse:
    """Remove one that no task needs."""
    remove_thing(get_place_for(looking(request), team), number)
    messages.success(request, "It is removed.")
    return redirect("events:things", team)
