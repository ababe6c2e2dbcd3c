"""The page of a trial, and the drafts that are made of it: kept, widened, taken back."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from remit.charters.in_force import charter_of
from remit.complaints.models import Decision
from remit.core.errors import NotThere, Refusal
from remit.core.form_page import UNPROCESSABLE
from remit.core.sent import number_in
from remit.core.why_form import WhyForm
from remit.findings import actions
from remit.findings.access import get_trial_for, need_manager
from remit.insight.letgo.trials import TAKINGS, Trial, trial_of, ways_on
from remit.insight.letgo.views import draft_address
from remit.insight.looking import place_where
from remit.people.access import Place
from remit.people.middleware import not_at_the_counter

_A_PAGE: Final = 25
_WORDS: Final = {
    "keep": ("Keep it for good", "The grant stays, without an end."),
    "widen": (
        "Try a wider limit",
        "The same grant with the next limit that is watched, for four weeks more.",
    ),
    "back": ("Go back", "The grant goes, and the question is asked again."),
}


@require_safe
@not_at_the_counter
def trial(request: HttpRequest, team: str, number: int) -> HttpResponse:
    """What was promised of a trial beside what came, and the decisions behind it."""
    place, shown = _shown(request, team, number)
    decided = shown.came.decisions if shown.came is not None else ()
    pages = max(1, -(-len(decided) // _A_PAGE))
    at = min(max(number_in(request.GET.get("page")) or 1, 1), pages)
    numbers = decided[(at - 1) * _A_PAGE : at * _A_PAGE]
    rows = Decision.objects.filter(pk__in=numbers, team=place.team).select_related(
        "complaint", "member", "remedy"
    )
    values = {
        "place": place,
        "team": place.team,
        "trial": shown,
        "may_become": ways_on(shown),
        "decisions": rows.order_by("-at", "-pk"),
        "page": at,
        "pages": pages,
    }
    return render(request, "insight/letgo/trial.html", values)


@require_http_methods(["GET", "POST"])
@not_at_the_counter
def end(request: HttpRequest, team: str, number: int, act: str) -> HttpResponse:
    """Makes a draft that keeps, widens or takes back what was tried. Nothing changes by itself."""
    place, shown = _shown(request, team, number)
    if act not in TAKINGS:
        raise NotThere("page")
    form = WhyForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            try:
                taken = actions.end_trial(place, number, TAKINGS[act], form.cleaned_data["why"])
            except Refusal as error:
                form.add_error(error.field or None, str(error))
            else:
                messages.success(request, "A draft was made. See what it changes, then publish it.")
                return redirect(draft_address(place, taken.draft_id))
    title, means = _WORDS[act]
    values = {
        "place": place, "team": place.team, "trial": shown, "form": form, "title": title, "means": means,
    }  # fmt: skip
    return render(request, "insight/letgo/end_trial.html", values, status=status)


def _shown(request: HttpRequest, team: str, number: int) -> tuple[Place, Trial]:
    place = place_where(need_manager, request, team)
    currency = charter_of(place.team).compiled.charter.currency
    return place, trial_of(place.team, get_trial_for(place, number), currency)
