"""What is read first: the path of a team, walked by whoever is new and laid by a lead."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from remit.core.errors import NotAllowed, NotThere, Refusal
from remit.core.sent import number_in
from remit.people.access import Place, get_place_for, teams_for
from remit.people.looking import looking
from remit.people.middleware import not_at_the_counter
from remit.procedures.actions import path as paths
from remit.procedures.queries.listing import tags_of
from remit.procedures.queries.path import beside_path, path_of
from remit.procedures.queries.spoken import name_each

_MOST_CHOICES = 300


@require_safe
def teams(request: HttpRequest) -> HttpResponse:
    """Leads to the path of one's team; with several, to a choice."""
    found = list(teams_for(looking(request)).order_by("name"))
    if len(found) == 1:
        return redirect("procedures:path", found[0].word)
    choices = [(team, reverse("procedures:path", args=(team.word,))) for team in found]
    return render(request, "people/team/choose.html", {"choices": choices, "title": "Read first"})


@require_safe
def path(request: HttpRequest, team: str) -> HttpResponse:
    """What is read first in a team, and how far one has come."""
    place = get_place_for(looking(request), team)
    found = path_of(place.member, place.team)
    name_each(place.member, found.stops)
    values = {"place": place, "team": place.team, "path": found}
    if place.is_lead:
        values["others"] = beside_path(place.member, place.team).values("pk", "title")[:_MOST_CHOICES]
        values["tags"] = tags_of(place.member, place.team)
    return render(request, "procedures/path.html", values)


@require_POST
@not_at_the_counter
def change(request: HttpRequest, team: str) -> HttpResponse:
    """Lay the path: put something on it, take it off, move it."""
    place = get_place_for(looking(request), team)
    act, _, number = request.POST.get("do", "").partition(":")
    try:
        _change(place, act, number_in(number) or 0, request)
    except (NotAllowed, NotThere):
        raise
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("procedures:path", team)


def _change(place: Place, act: str, number: int, request: HttpRequest) -> None:
    match act:
        case "up" | "down":
            paths.move_on_path(place, number, -1 if act == "up" else 1)
        case "off":
            paths.take_off_path(place, number)
        case "tag":
            paths.put_tag_on_path(place, request.POST.get("tag", ""))
        case _:
            paths.put_on_path(place, number_in(request.POST.get("procedure")) or 0)
