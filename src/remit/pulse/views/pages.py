"""The pulse of a team, and single results: whoever is in the team reads what their manager reads."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from remit.people.access import get_place_for, teams_for
from remit.people.looking import looking
from remit.people.middleware import ones_own
from remit.pulse.access import get_wave_for
from remit.pulse.queries.pages import result_of, team_page, words_page


@require_safe
@ones_own
def mine(request: HttpRequest) -> HttpResponse:
    """The pulse of one's only team, or the teams to choose from."""
    teams = list(teams_for(looking(request)))
    if len(teams) == 1:
        return redirect("pulse:team", teams[0].word)
    return render(request, "pulse/teams.html", {"teams": teams})


@require_safe
@ones_own
def team(request: HttpRequest, team: str) -> HttpResponse:
    """Where the pulse of a team stands, and its last result."""
    place = get_place_for(looking(request), team)
    page = team_page(place, request.GET.get("page"))
    return render(request, "pulse/team.html", {"place": place, "team": place.team, "page": page})


@require_safe
@ones_own
def wave(request: HttpRequest, team: str, number: int) -> HttpResponse:
    """What came of one wave, with what was written in it."""
    place = get_place_for(looking(request), team)
    found = get_wave_for(place, number)
    values = {
        "place": place,
        "team": place.team,
        "result": result_of(place, found),
        "wave": found,
        "words": words_page(found, request.GET.get("page")),
    }
    return render(request, "pulse/wave.html", values)
