"""Lending one's authority: what I gave, what I received, and for a manager all of the team."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from remit.charters import actions
from remit.charters.access import delegations_for, get_delegation_for, versions_in_force
from remit.charters.forms import LendForm
from remit.charters.in_force import InForce, charter_of, compiled_version
from remit.charters.models import Delegation
from remit.charters.queries import lent
from remit.core.clock import now, today
from remit.core.errors import NotAllowed, Refusal
from remit.core.form_page import UNPROCESSABLE
from remit.people.access import Place, get_place_for, members_for, teams_for
from remit.people.looking import looking
from remit.people.middleware import not_at_the_counter
from remit.people.models import Member, Membership

_SHOWN = 200


@require_safe
def delegations(request: HttpRequest) -> HttpResponse:
    """What was lent in one's teams."""
    member = looking(request)
    teams = list(teams_for(member))
    versions = versions_in_force(teams)
    memberships: dict[int, dict[int, Membership]] = {}
    for each in Membership.objects.select_related("member", "role", "team").filter(
        team__in=teams, until=None
    ):
        memberships.setdefault(each.team_id, {})[each.member_id] = each
    rows: dict[int, list[Delegation]] = {}
    for row in delegations_for(member).order_by("-until", "-made_at")[:_SHOWN]:
        rows.setdefault(row.team_id, []).append(row)
    shown = [
        _of_team(
            Place(member, team, memberships.get(team.pk, {}).get(member.pk)),
            InForce(versions[team.pk], compiled_version(versions[team.pk])),
            rows.get(team.pk, []),
            memberships.get(team.pk, {}),
        )
        for team in teams
        if team.pk in versions and (team.pk in rows or member.pk in memberships.get(team.pk, {}))
    ]
    return render(request, "charters/delegations.html", {"teams": shown})


def _of_team(
    place: Place, in_force: InForce, rows: list[Delegation], memberships: dict[int, Membership]
) -> dict[str, Any]:
    said = lent.said(rows, in_force, today(place.team.time_zone), memberships)
    me = place.member.pk
    return {
        "team": place.team,
        "place": place,
        "given": [each for each in said if each.row.giver_id == me and each.is_open],
        "received": [each for each in said if each.row.receiver_id == me and each.is_open],
        "others": [
            each for each in said if me not in {each.row.giver_id, each.row.receiver_id} and each.is_open
        ],
        "before": [each for each in said if not each.is_open],
    }


@require_http_methods(["GET", "POST"])
@not_at_the_counter
def lend(request: HttpRequest, team: str) -> HttpResponse:
    """Lend my authority in a team, or a part of it."""
    member = looking(request)
    place = get_place_for(member, team)
    if place.membership is None:
        raise NotAllowed(
            "no-role-here",
            "You have no role in this team, so there is nothing to lend.",
            "Lend where you work.",
        )
    in_force = charter_of(place.team)
    day = today(place.team.time_zone)
    others = members_for(place).exclude(pk=member.pk)
    form = LendForm(
        request.POST if request.method == "POST" else None,
        charter=in_force.compiled.charter,
        receivers=others,
        day=day,
    )
    if request.method == "POST" and request.POST.get("act") == "look":
        form.forget_what_a_look_needs_not()
    elif request.method == "POST" and form.is_valid():
        try:
            row = _lent(form, place)
        except Refusal as error:
            form.add_refusal(error.field, str(error))
        else:
            messages.success(
                request, f"{row.receiver.name} has it until {row.until:%-d %B %Y}, and is told now."
            )
            return redirect("charters:delegations")
    return _page(request, form, place, in_force, day)


def _lent(form: LendForm, place: Place) -> Delegation:
    typed = form.cleaned_data
    return actions.lend(
        place.member,
        place.team,
        receiver=typed["receiver"],
        until=typed["until"],
        since=typed["since"],
        why=typed["why"],
        kinds=typed["kinds"],
        upto=typed["upto"],
        conditions=form.conditions,
        highest=typed["highest"] or "decide",
    )


def _page(request: HttpRequest, form: LendForm, place: Place, in_force: InForce, day: date) -> HttpResponse:
    whole = _unsaved(place.member, None)
    membership = place.membership
    values: dict[str, Any] = {"form": form, "team": place.team, "place": place}
    if membership is not None:
        values["mine"] = lent.really_lent(whole, membership, in_force, day)
        if form.is_bound and form.is_valid():
            values["really"] = lent.really_lent(_unsaved(place.member, form), membership, in_force, day)
    wrong = form.is_bound and bool(form.errors)
    return render(request, "charters/lend.html", values, status=UNPROCESSABLE if wrong else 200)


def _unsaved(giver: Member, form: LendForm | None) -> Delegation:
    """What the form says, or everything, as a row that is written nowhere."""
    row = Delegation(giver=giver, made_at=now(), kinds=[], conditions={}, highest="decide")
    if form is not None:
        typed = form.cleaned_data
        row.kinds, row.upto, row.conditions = typed["kinds"], typed["upto"], form.conditions
        row.highest = typed["highest"] or "decide"
    return row


@require_POST
@not_at_the_counter
def end(request: HttpRequest, number: int) -> HttpResponse:
    """End what was lent, or give it back."""
    member = looking(request)
    row = get_delegation_for(member, number)
    actions.end_lending(member, row)
    messages.info(request, "Ended. What was decided with it stays decided.")
    return redirect("charters:delegations")
