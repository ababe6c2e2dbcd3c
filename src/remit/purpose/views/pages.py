"""The purpose of a team, and one objective: everybody of the team reads them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from remit.people.access import get_place_for, place_in, teams_for
from remit.people.looking import looking
from remit.purpose.access import get_objective_for, objectives_for, vision_of
from remit.purpose.hanging import hung_on


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The purpose of one's only team, or the teams to choose from."""
    teams = list(teams_for(looking(request)))
    if len(teams) == 1:
        return redirect("purpose:team", teams[0].word)
    return render(request, "purpose/teams.html", {"teams": teams})


@require_safe
def team(request: HttpRequest, team: str) -> HttpResponse:
    """The vision of a team, and the objectives under it."""
    place = get_place_for(looking(request), team)
    values = {
        "place": place,
        "team": place.team,
        "vision": vision_of(place.team),
        "objectives": objectives_for(place.member, place.team).filter(closing=None),
    }
    return render(request, "purpose/team.html", values)


@require_safe
def objective(request: HttpRequest, team: str, key: str) -> HttpResponse:
    """One objective, and what hangs on it."""
    member = looking(request)
    found = get_objective_for(member, f"{team}/{key}")
    values = {
        "place": place_in(member, found.team),
        "team": found.team,
        "objective": found,
        "hung": hung_on(member, found),
    }
    return render(request, "purpose/objective.html", values)
