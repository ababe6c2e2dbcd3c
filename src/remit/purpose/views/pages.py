"""The purpose of a team, its versions, and one objective: everybody of the team reads them."""

from __future__ import annotations

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from remit.core.clock import today
from remit.core.form_page import UNPROCESSABLE
from remit.people.access import Place, get_place_for, teams_for
from remit.people.looking import looking
from remit.purpose.forms import ValueForm
from remit.purpose.queries.pages import objective_page, rows_page, team_page, visions_page


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
    page = team_page(place, request.GET.get("page"), request.GET.get("closed"))
    return render(request, "purpose/team.html", {"place": place, "team": place.team, "page": page})


@require_safe
def visions(request: HttpRequest, team: str) -> HttpResponse:
    """All versions of the vision of a team."""
    place = get_place_for(looking(request), team)
    shown, told = visions_page(place, request.GET.get("page"))
    values = {"place": place, "team": place.team, "shown": shown, "told": told}
    return render(request, "purpose/visions.html", values)


@require_safe
def objective(request: HttpRequest, team: str, key: str) -> HttpResponse:
    """One objective, and what hangs on it."""
    return show_objective(request, get_place_for(looking(request), team), key)


@require_safe
def rows(request: HttpRequest, team: str, key: str) -> HttpResponse:
    """The rows behind a value of an objective."""
    place = get_place_for(looking(request), team)
    page = rows_page(place, key, request.GET.get("day", ""), request.GET.get("page"))
    return render(request, "purpose/rows.html", {"place": place, "team": place.team, "page": page})


def show_objective(request: HttpRequest, place: Place, key: str, form: Form | None = None) -> HttpResponse:
    """The page of an objective; with a form that was refused."""
    page = objective_page(place, key)
    values = {
        "place": place,
        "team": place.team,
        "page": page,
        "objective": page.objective,
        "form": form or ValueForm(initial={"day": today(place.team.time_zone)}),
    }
    return render(request, "purpose/objective.html", values, status=UNPROCESSABLE if form else 200)
