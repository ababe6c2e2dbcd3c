"""The page of the hats: which to wear now, put one on, leave one for a time, with a why."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from remit.core.errors import NotAllowed, Refusal
from remit.core.form_page import form_page
from remit.findings import hats as actions
from remit.findings.access import get_hat_for, need_lead
from remit.findings.vocabulary import Because, Kind
from remit.insight.hats.forms import LeaveForm
from remit.insight.hats.looking import look_at_hats
from remit.insight.hats.queries import hats_of, line_of
from remit.insight.looking import place_where
from remit.people.access import teams_led_by
from remit.people.looking import looking
from remit.people.middleware import not_at_the_counter


@require_safe
@not_at_the_counter
def hats(request: HttpRequest) -> HttpResponse:
    """The teams that somebody leads; where it is one, its page."""
    teams = list(teams_led_by(looking(request)))
    if len(teams) == 1:
        return redirect("hats:team", teams[0].word)
    return render(request, "insight/hats/teams.html", {"teams": teams})


@require_safe
@not_at_the_counter
def team(request: HttpRequest, team: str) -> HttpResponse:
    """Which hats a team asks for now."""
    place = place_where(need_lead, request, team)
    return render(
        request, "insight/hats/team.html", {"place": place, "team": place.team, "hats": hats_of(place)}
    )


@require_POST
@not_at_the_counter
def look_now(request: HttpRequest, team: str) -> HttpResponse:
    """Looks again, at once: it reads a few rows."""
    place = place_where(need_lead, request, team)
    look_at_hats(place.team)
    messages.info(request, "Looked again.")
    return redirect("hats:team", place.team.word)


@require_POST
@not_at_the_counter
def put_on(request: HttpRequest, team: str, number: int) -> HttpResponse:
    """Puts a hat on, and leads to where it is done."""
    place = place_where(need_lead, request, team)
    finding = get_hat_for(place, number)
    try:
        actions.put_on(place, number)
    except NotAllowed:
        raise
    except Refusal as error:
        messages.info(request, str(error))
        return redirect("hats:team", place.team.word)
    return redirect(line_of(place, finding).said.address)


@require_http_methods(["GET", "POST"])
@not_at_the_counter
def not_now(request: HttpRequest, team: str, number: int) -> HttpResponse:
    """Leaves a hat for a time, with a why."""
    place = place_where(need_lead, request, team)
    line = line_of(place, get_hat_for(place, number))
    form = LeaveForm(request.POST if request.method == "POST" else None, kind=Kind(line.finding.reason))
    if request.method == "POST" and form.is_valid():
        try:
            left = actions.leave(
                place, number, Because(form.cleaned_data["because"]), form.cleaned_data["why"]
            )
        except NotAllowed:
            raise
        except Refusal as error:
            form.add_error(error.field or None, str(error))
        else:
            day = left.until.astimezone(place.team.zone) if left.until else left.at
            messages.success(request, f"Left for now. It may come back from {day.day} {day:%B} on.")
            return redirect("hats:team", place.team.word)
    values = {"place": place, "team": place.team, "line": line, "form": form}
    return form_page(request, "insight/hats/not_now.html", values, form)


@require_POST
@not_at_the_counter
def again(request: HttpRequest, team: str, number: int) -> HttpResponse:
    """Has a hat among those of now again that was put on or left."""
    place = place_where(need_lead, request, team)
    actions.ask_again(place, number)
    messages.success(request, "It is among those of now again.")
    return redirect("hats:team", place.team.word)
