"""The page on which owners choose how long store credit is valid: its form, and its door."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from remit.core.form_errors import say_in
from remit.core.form_page import UNPROCESSABLE
from remit.core.sent import sent_in
from remit.people.access import need_owner, teams_for
from remit.people.looking import looking
from remit.people.middleware import not_at_the_counter
from remit.people.models import Team
from remit.remedies.actions.credit_ends import set_term
from remit.remedies.credit_law import COMMON_YEARS, ELSEWHERE, LAWS, MOST_YEARS
from remit.remedies.models import CreditTerm
from remit.remedies.provider_pages.forms import TeamsForm
from remit_engine.errors import RemitError

_PLACES: Final = [
    (ELSEWHERE, "Another place"),
    *sorted(((code, law.name) for code, law in LAWS.items()), key=lambda place: place[1]),
]


class CreditTermForm(TeamsForm):
    """How long store credit of teams is valid, and by whose law."""

    years = forms.IntegerField(
        label="Years from issue",
        required=False,
        min_value=1,
        max_value=MOST_YEARS,
        help_text="Leave it empty: then store credit never ends.",
    )
    place = forms.ChoiceField(
        label="Whose law holds?",
        required=False,
        choices=_PLACES,
        help_text="That of the customers, where it is stricter than your own.",
        error_messages={"invalid_choice": "Choose one of the list."},
    )
    is_looked_up = forms.BooleanField(
        label="We have looked up what the law asks of us",
        required=False,
        help_text="Remit knows the least terms of a few places only, and is no lawyer.",
    )

    field_order = ("years", "place", "is_looked_up", "teams")

    def __init__(self, teams: QuerySet[Team], *arguments: Any, **settings: Any) -> None:  # noqa: ANN401
        super().__init__(teams, *arguments, **settings)
        self.fields["teams"].label = "Teams it is for"

    def clean(self) -> dict[str, Any]:
        """An end needs somebody who has looked the law up."""
        said = self.cleaned_data
        if said.get("years") and not said.get("is_looked_up"):
            self.add_error("is_looked_up", "Look it up first: a term that is too short is void, or a fine.")
        return said


@require_http_methods(["GET", "POST"])
@not_at_the_counter
def credit_term(request: HttpRequest) -> HttpResponse:
    """How long the store credit of each team is valid; an owner chooses."""
    owner = looking(request)
    need_owner(owner, "choose how long store credit is valid")
    mine = teams_for(owner).order_by("name")
    terms = {term.team_id: term for term in CreditTerm.objects.filter(team__in=mine).select_related("set_by")}
    form = CreditTermForm(mine, sent_in(request), initial=_as_it_is(mine, terms))
    if form.is_valid():
        said = form.cleaned_data
        try:
            set_term(owner, list(said["teams"]), said["place"], said["years"])
        except RemitError as error:
            say_in(form, error)
        else:
            messages.success(request, "Kept. It holds for what is given from now on.")
            return redirect("providers:credit-term")
    values = {
        "form": form,
        "terms": [(team, terms.get(team.pk), _law_of(terms.get(team.pk))) for team in mine],
        "laws": sorted(LAWS.values(), key=lambda law: law.name),
        "common_years": COMMON_YEARS,
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "remedies/credit_term.html", values, status=status)


def _as_it_is(mine: QuerySet[Team], terms: Mapping[int, CreditTerm]) -> dict[str, Any]:
    """What the form begins with: the first term that holds, and the teams it holds for; else all of them."""
    first = next((terms[team.pk] for team in mine if team.pk in terms), None)
    if first is None:
        return {"teams": [team.word for team in mine]}
    like_it = {
        number for number, term in terms.items() if (term.place, term.years) == (first.place, first.years)
    }
    teams = [team.word for team in mine if team.pk in like_it]
    return {"years": first.years, "place": first.place, "teams": teams}


def _law_of(term: CreditTerm | None) -> str:
    """By whose law a term was chosen, in words."""
    law = LAWS.get(term.place) if term is not None else None
    return f"The law of {law.name}" if law is not None else "A law that Remit doesn't know"
