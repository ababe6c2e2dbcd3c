"""What is done about purpose: thin doors."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from remit.core.clock import today
from remit.core.form_errors import is_done
from remit.core.form_page import UNPROCESSABLE
from remit.core.sent import sent_in
from remit.people.access import get_place_for, need_rank
from remit.people.looking import looking
from remit.people.middleware import not_at_the_counter
from remit.people.vocabulary import Rank
from remit.purpose.access import get_objective_for, vision_of
from remit.purpose.actions.measuring import need_measure, type_value
from remit.purpose.actions.objectives import change_objective, close_objective, may_own, open_objective
from remit.purpose.actions.visions import write_vision
from remit.purpose.forms import (
    ChangeForm,
    CloseForm,
    ObjectiveForm,
    ValueForm,
    VisionForm,
    new_objective,
    said_by,
)
from remit.purpose.measures import measures
from remit.purpose.views.pages import show_objective

_FORM = ["GET", "POST"]


@require_http_methods(_FORM)
@not_at_the_counter
def vision(request: HttpRequest, team: str) -> HttpResponse:
    """Write the vision of a team, or change it."""
    place = get_place_for(looking(request), team)
    need_rank(place, Rank.MANAGER, "write the vision of a team")
    there = vision_of(place.team)
    initial: dict[str, Any] = {"number": there.number if there else 0}
    if there is not None:
        initial |= {"so_that": there.so_that, "text": there.text}
    form = VisionForm(sent_in(request), initial=initial)

    def act(**typed: Any) -> None:  # noqa: ANN401 (what the form gives)
        write_vision(place, **typed)

    if is_done(form, act):
        messages.success(request, "That is the vision now; what it said before can be read for ever.")
        return redirect("purpose:team", team)
    newest = vision_of(place.team)
    _looked_at_again(form, "number", newest.number if newest else 0)
    return _form_page(request, "purpose/vision.html", form, team=place.team, vision=newest)


@require_http_methods(_FORM)
@not_at_the_counter
def new(request: HttpRequest, team: str) -> HttpResponse:
    """Open an objective."""
    place = get_place_for(looking(request), team)
    need_rank(place, Rank.MANAGER, "open an objective")
    owners = may_own(place.team.pk)
    initial = new_objective(place.member, owners, today(place.team.time_zone))
    form = ObjectiveForm(sent_in(request), owners=owners, initial=initial)
    opened = []

    def act(**_: object) -> None:
        opened.append(open_objective(place, form.wanted))

    if is_done(form, act):
        messages.success(request, "It is open: procedures, tasks and rules can hang on it now.")
        return redirect("purpose:objective", team, opened[0].key)
    values = {"team": place.team, "vision": vision_of(place.team), "measures": measures()}
    return _form_page(request, "purpose/new.html", form, **values)


@require_http_methods(_FORM)
@not_at_the_counter
def change(request: HttpRequest, team: str, key: str) -> HttpResponse:
    """Change what an objective says."""
    place = get_place_for(looking(request), team)
    need_rank(place, Rank.MANAGER, "change an objective")
    found = get_objective_for(place.member, f"{team}/{key}")
    if not found.is_open:
        messages.info(request, "It is closed: what it said stays as it was.")
        return redirect("purpose:objective", team, key)
    owners = may_own(place.team.pk)
    owners.setdefault(found.owner.word, found.owner)
    form = ChangeForm(sent_in(request), owners=owners, initial=said_by(found))

    def act(*, reason: str, revision: int, **_: object) -> None:
        change_objective(place, found, form.wanted, reason=reason, revision=revision)

    if is_done(form, act):
        messages.success(request, "Changed; what it said before stands in its history.")
        return redirect("purpose:objective", team, key)
    there = get_objective_for(place.member, f"{team}/{key}")
    _looked_at_again(form, "revision", there.revision)
    return _form_page(
        request, "purpose/change.html", form, team=place.team, objective=there, measures=measures()
    )


@require_http_methods(_FORM)
@not_at_the_counter
def close(request: HttpRequest, team: str, key: str) -> HttpResponse:
    """End an objective, with what came of it."""
    place = get_place_for(looking(request), team)
    need_rank(place, Rank.MANAGER, "close an objective")
    found = get_objective_for(place.member, f"{team}/{key}")
    form = CloseForm(sent_in(request))

    def act(**typed: Any) -> None:  # noqa: ANN401 (what the form gives)
        close_objective(place, found, **typed)

    if is_done(form, act):
        messages.success(request, "Closed; what came of it stands on its page.")
        return redirect("purpose:objective", team, key)
    if not found.is_open and not form.is_bound:
        messages.info(request, "It is closed already.")
        return redirect("purpose:objective", team, key)
    return _form_page(request, "purpose/close.html", form, team=place.team, objective=found)


@require_POST
@not_at_the_counter
def value(request: HttpRequest, team: str, key: str) -> HttpResponse:
    """Type where an objective stands."""
    place = get_place_for(looking(request), team)
    found = get_objective_for(place.member, f"{team}/{key}")
    need_measure(place, found)
    form = ValueForm(request.POST)

    def act(**typed: Any) -> None:  # noqa: ANN401 (what the form gives)
        type_value(place, found, **typed)

    if is_done(form, act):
        messages.success(request, "Kept.")
        return redirect("purpose:objective", team, key)
    return show_objective(request, place, key, form)


def _looked_at_again(form: Form, name: str, newest: int) -> None:
    """A form that was refused is sent the next time by somebody who saw what is there now."""
    if form.is_bound:
        form.data = form.data.copy()  # type: ignore[attr-defined]  # always of a request here
        form.data[name] = str(newest)  # type: ignore[index]


def _form_page(request: HttpRequest, template: str, form: Form, **values: object) -> HttpResponse:
    status = UNPROCESSABLE if form.is_bound and form.errors else 200
    return render(request, template, {"form": form, **values}, status=status)
