"""What is watched for a team, and who is shown what stands out about somebody."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from remit.charters.in_force import InForce, charter_of
from remit.core.form_page import UNPROCESSABLE
from remit.findings import actions
from remit.findings.access import need_manager, shown_to, window_of
from remit.findings.looking_into import choose_about_people
from remit.findings.models import Window
from remit.findings.vocabulary import AboutPeople
from remit.insight.letgo.forms import PeopleForm, WatchForm
from remit.insight.letgo.jobs import look_soon
from remit.insight.letgo.words import settings_of
from remit.insight.looking import place_where
from remit.people.access import Place, need_owner
from remit.people.middleware import not_at_the_counter
from remit_engine.charter.facts import ChoiceFact
from remit_engine.evidence.letgo.live_values import Watch


@require_http_methods(["GET", "POST"])
@not_at_the_counter
def settings(request: HttpRequest, team: str) -> HttpResponse:
    """What is watched: tolerance, how sure, by which fact. Another one begins to watch anew."""
    place = place_where(need_manager, request, team)
    window, in_force = window_of(place), charter_of(place.team)
    form = WatchForm(
        request.POST if request.method == "POST" else None,
        facts=_choices(in_force),
        initial=_now_watched(window),
    )
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            said = form.cleaned_data
            actions.watch_anew(
                place,
                tolerance=float(said["tolerance"]),
                confidence=float(said["confidence"]),
                split_by=said["split_by"],
                why=said["why"],
            )
            look_soon(place.team.pk)
            messages.success(request, "It is watched anew from now on. The answers are being looked at.")
            return redirect("letgo:team", place.team.word)
    return _settings_page(request, place, form, _people_form(place), status=status)


@require_POST
@not_at_the_counter
def about_people(request: HttpRequest, team: str) -> HttpResponse:
    """Chooses who is shown what stands out about somebody."""
    place = place_where(need_manager, request, team)
    need_owner(place.member, "choose who sees what stands out about somebody")
    form = PeopleForm(request.POST, auto_id="people_%s")
    if form.is_valid():
        said = form.cleaned_data
        choose_about_people(place.member, place.team, AboutPeople(said["shown_to"]), said["why"])
        messages.success(request, "It is so from now on.")
        return redirect("letgo:settings", place.team.word)
    watch = WatchForm(facts=_choices(charter_of(place.team)), initial=_now_watched(window_of(place)))
    return _settings_page(request, place, watch, form, status=UNPROCESSABLE)


def _settings_page(
    request: HttpRequest, place: Place, form: WatchForm, people: PeopleForm, *, status: int
) -> HttpResponse:
    rows = Window.objects.filter(team=place.team).select_related("opened_by").order_by("-number")[:20]
    values: dict[str, Any] = {
        "place": place,
        "team": place.team,
        "form": form,
        "people_form": people,
        "chosen": AboutPeople(shown_to(place.team)).label,
        "windows": [{"window": each, "settings": settings_of(each)} for each in rows],
    }
    return render(request, "insight/letgo/settings.html", values, status=status)


def _people_form(place: Place) -> PeopleForm:
    return PeopleForm(initial={"shown_to": shown_to(place.team)}, auto_id="people_%s")


def _choices(in_force: InForce) -> tuple[str, ...]:
    facts = in_force.compiled.charter.all_facts.values()
    return tuple(fact.name for fact in facts if isinstance(fact, ChoiceFact))


def _now_watched(window: Window | None) -> dict[str, str]:
    if window is None:
        return {"tolerance": "0.03", "confidence": "0.95"}
    watch = Watch.from_record(window.watch)
    return {
        "tolerance": f"{watch.tolerance:g}",
        "confidence": f"{watch.confidence:g}",
        "split_by": window.split_by,
    }
