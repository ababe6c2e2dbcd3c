"""One rule of the charter in force: what it says, why, and what it is for, up to the vision."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from remit.charters.in_force import charter_of
from remit.charters.sentences import SaidRule, rule_name, said_rule
from remit.core.errors import NotThere
from remit.core.form_errors import is_done
from remit.core.form_page import UNPROCESSABLE
from remit.people.access import Place, get_place_for, need_rank
from remit.people.looking import looking
from remit.people.middleware import not_at_the_counter
from remit.people.vocabulary import Rank
from remit.purpose.access import rules_hung_for, vision_of
from remit.purpose.actions.rules import hang_rule
from remit.purpose.models import Objective
from remit.purpose.objective_field import ObjectiveField


class HangForm(forms.Form):
    """On which objective a rule hangs."""


@require_safe
def rule(request: HttpRequest, team: str, rule: str) -> HttpResponse:
    """A rule, for everybody of the team."""
    return _page(request, get_place_for(looking(request), team), rule)


@require_POST
@not_at_the_counter
def hang(request: HttpRequest, team: str, rule: str) -> HttpResponse:
    """Hang a rule on an objective, or take it off."""
    place = get_place_for(looking(request), team)
    need_rank(place, Rank.MANAGER, "hang a rule on an objective")
    hung_on = _hung_on(place, rule)
    _get_rule(place, rule, hung_on)
    form = _form(request, place, hung_on)

    def act(objective: Objective | None) -> None:
        hang_rule(place, rule, objective)

    if is_done(form, act):
        messages.success(request, "Everybody who meets this rule sees what it is for.")
        return redirect("charters:rule", team, rule)
    return _page(request, place, rule, form)


def _page(request: HttpRequest, place: Place, identity: str, form: HangForm | None = None) -> HttpResponse:
    objective = _hung_on(place, identity)
    rule = _get_rule(place, identity, objective)
    values = {
        "place": place,
        "team": place.team,
        "rule": rule,
        "id": identity,
        "title": rule_name(identity),
        "objective": objective,
        "vision": vision_of(place.team),
        "form": form or (_form(request, place, objective) if place.is_manager else None),
    }
    return render(request, "charters/rule.html", values, status=UNPROCESSABLE if form else 200)


def _get_rule(place: Place, identity: str, hung_on: Objective | None) -> SaidRule | None:
    """A rule in force; None where it isn't in the charter any more, but still hangs on an objective.

    Raises:
        NotThere: it neither is there nor hangs anywhere.
    """
    charter = charter_of(place.team).compiled.charter
    found = next((each for each in charter.all_rules if each.id == identity), None)
    if found is None and hung_on is None:
        raise NotThere("rule")
    return said_rule(charter, found) if found is not None else None


def _hung_on(place: Place, identity: str) -> Objective | None:
    hung = rules_hung_for(place.member, place.team).filter(rule=identity).first()
    return hung.objective if hung else None


def _form(request: HttpRequest, place: Place, current: Objective | None) -> HangForm:
    form = HangForm(request.POST if request.method == "POST" else None)
    form.fields["objective"] = ObjectiveField(place.member, place.team, current=current)
    return form
