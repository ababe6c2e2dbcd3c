"""A rollout by lot: its plan, its order, and how it goes."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from remit.core.errors import NotThere
from remit.core.form_errors import is_done
from remit.core.form_page import form_page
from remit.core.sent import number_in, sent_in
from remit.people.access import need_rank, place_in
from remit.people.looking import looking
from remit.people.middleware import not_at_the_counter
from remit.people.vocabulary import Rank
from remit.rollouts.access import (
    get_change_for,
    managed_by,
    manages_all,
    need_manager,
    need_manager_of_all,
    starts_of,
)
from remit.rollouts.actions.planning import change_plan, draw, give_up, plan
from remit.rollouts.actions.turns import begin_turn
from remit.rollouts.begins import address_of, what_may_begin
from remit.rollouts.forms import BeganForm, GiveUpForm, PlanForm
from remit.rollouts.models import Change, Start
from remit.rollouts.telling import found_in_words, order_to_draw_again
from remit.rollouts.vocabulary import FEWEST_TEAMS, MANY_TEAMS, MEASURED, Outcome

_FORM = ["GET", "HEAD", "POST"]


@require_http_methods(_FORM)
@not_at_the_counter
def new(request: HttpRequest) -> HttpResponse:
    """Plan a rollout."""
    member = looking(request)
    teams = list(managed_by(member).order_by("name", "pk"))
    need_manager(teams)
    form = PlanForm(teams, what_may_begin(member, teams), sent_in(request))
    made: list[Change] = []

    def write_down(stamp: str, **_: object) -> None:
        made.append(plan(member, form.words, stamp=stamp))

    if is_done(form, write_down):
        return redirect("rollouts:rollout", made[0].pk)
    return _form_page(request, form, len(teams))


@require_http_methods(_FORM)
@not_at_the_counter
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Change a plan whose order isn't drawn."""
    member = looking(request)
    found = _planned(request, number)
    starts = starts_of(found)
    need_manager_of_all(member, [start.team_id for start in starts], "change the plan")
    teams = list(managed_by(member).order_by("name", "pk"))
    form = PlanForm(teams, what_may_begin(member, teams), sent_in(request), planned=(found, starts))

    def write_down(revision: int | None, **_: object) -> None:
        change_plan(member, number, form.words, revision=revision or 0)

    if is_done(form, write_down):
        return redirect("rollouts:rollout", number)
    return _form_page(request, form, len(teams), found)


def _form_page(request: HttpRequest, form: PlanForm, teams: int, found: Change | None = None) -> HttpResponse:
    values = {"form": form, "change": found, "teams": teams, "fewest": FEWEST_TEAMS, "many": MANY_TEAMS}
    return form_page(request, "rollouts/plan.html", values, form)


@require_safe
@not_at_the_counter
def rollout(request: HttpRequest, number: int) -> HttpResponse:
    """One rollout: what was fixed before it, its order, and how it goes. What was asked has its answer."""
    found = get_change_for(looking(request), number)
    if not hasattr(found, "plan"):
        return redirect("insight:did-it-work", number)
    return _page(request, found)


@require_POST
@not_at_the_counter
def draw_order(request: HttpRequest, number: int) -> HttpResponse:
    """Draw the order by lot."""
    draw(looking(request), number, revision=number_in(request.POST.get("revision")) or 0)
    messages.success(request, "The lot was drawn. Every team is told when its turn comes.")
    return redirect("rollouts:rollout", number)


@require_POST
@not_at_the_counter
def began(request: HttpRequest, number: int, team: str) -> HttpResponse:
    """Say that a team has begun."""
    member = looking(request)
    found = _planned(request, number)
    start = next((each for each in starts_of(found) if each.team.word == team), None)
    if start is None:
        raise NotThere("turn")
    need_rank(place_in(member, start.team), Rank.MANAGER, "say that a team has begun")
    form = BeganForm(start, request.POST)

    def act(on: date, why: str) -> None:
        begin_turn(member, number, team, on=on, why=why)

    if is_done(form, act):
        return redirect("rollouts:rollout", number)
    return _page(request, found, began_form=form)


@require_POST
@not_at_the_counter
def end(request: HttpRequest, number: int) -> HttpResponse:
    """Give it up."""
    member = looking(request)
    found = _planned(request, number)
    need_manager_of_all(member, [start.team_id for start in starts_of(found)], "give it up")
    form = GiveUpForm(request.POST)

    def act(why: str) -> None:
        give_up(member, number, why=why)

    if is_done(form, act):
        return redirect("rollouts:rollout", number)
    return _page(request, found, give_up_form=form)


def _planned(request: HttpRequest, number: int) -> Change:
    found = get_change_for(looking(request), number)
    if not hasattr(found, "plan"):
        raise NotThere("rollout")
    return found


def _page(
    request: HttpRequest,
    found: Change,
    *,
    began_form: BeganForm | None = None,
    give_up_form: GiveUpForm | None = None,
) -> HttpResponse:
    member = looking(request)
    starts = starts_of(found)
    managed = set(managed_by(member).values_list("pk", flat=True))
    drawn = getattr(found, "draw", None)
    primary = Outcome(drawn.primary if drawn else found.plan.primary)
    values: dict[str, Any] = {
        "change": found,
        "plan": found.plan,
        "draw": drawn,
        "turns": [_turn(start, managed, found, began_form) for start in starts],
        "teams": len(starts),
        "many": MANY_TEAMS,
        "off": [start for start in starts if start.is_off],
        "primary": primary,
        "primary_said": MEASURED[primary].said,
        "found": found_in_words(found, len(starts)),
        "again": order_to_draw_again(found, starts) if drawn else "",
        "what": address_of(found),
        "may_plan": manages_all(member, [start.team_id for start in starts]),
        "give_up": give_up_form or GiveUpForm(),
    }
    shown = [form for form in (began_form, give_up_form) if form is not None]
    return form_page(request, "rollouts/rollout.html", values, *shown)


def _turn(start: Start, managed: set[int], change: Change, sent: BeganForm | None) -> tuple[Start, Any]:
    """A team's turn, with the form for whoever manages it, once its order is drawn."""
    may = start.team_id in managed and start.on is not None and start.begun_on is None
    if not may or change.given_up_at is not None:
        return start, None
    return start, sent if sent is not None and sent.start == start else BeganForm(start)
