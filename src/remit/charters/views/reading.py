"""The page of a charter that everybody in the team can read, and asking it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from remit.charters import actions
from remit.charters.access import (
    delegations_for,
    drafts_for,
    get_version_for,
    versions_for,
    versions_in_force,
    versions_to_come_for,
)
from remit.charters.forms import AskForm
from remit.charters.in_force import InForce, charter_of, compiled_version
from remit.charters.models import Publication, Version
from remit.charters.queries import lent
from remit.charters.queries.above import latest_of
from remit.charters.queries.asking import Reply, asked
from remit.charters.queries.board import board_of
from remit.charters.queries.drafting import is_large_board
from remit.charters.queries.mine import allowances_for, changed_for_me
from remit.charters.sentences import dated_said, grants_said, guardrails_said
from remit.charters.vocabulary import LEVEL_MEANS
from remit.core.clock import today
from remit.core.errors import NotAllowed
from remit.core.paging import paged
from remit.people.access import Place, get_place_for, teams_for
from remit.people.looking import looking
from remit_engine.errors import InputError

_DRAFTS_SHOWN = 4
"""One more than the page of a charter names; all others stand in their list."""
_VERSIONS_SHOWN = 8
CASES_SHOWN = 15
"""Of one kind of a charter with very many: each is a card of its own on a phone."""


@require_safe
def charters(request: HttpRequest) -> HttpResponse:
    """The charters of one's teams; with one team, that of it."""
    member = looking(request)
    teams = list(teams_for(member))
    if len(teams) == 1 and not member.is_owner:
        return redirect("charters:team", teams[0].word)
    latest = versions_in_force(teams)
    rows = [{"team": team, "version": latest.get(team.pk)} for team in teams]
    organisation = latest_of(None) if member.is_owner else None
    return render(request, "charters/charters.html", {"rows": rows, "organisation": organisation})


@require_safe
def team_charter(request: HttpRequest, team: str) -> HttpResponse:
    """The charter in force: ladders, sentences, text; what it means for the one who looks."""
    place = get_place_for(looking(request), team)
    versions = list(versions_for(place)[: _VERSIONS_SHOWN + 1])
    if not versions:
        return render(request, "charters/none_yet.html", {"place": place, "team": place.team})
    in_force = InForce(versions[0], compiled_version(versions[0]))
    return render(request, "charters/charter.html", _page(request, place, in_force, versions))


def _page(request: HttpRequest, place: Place, in_force: InForce, versions: list[Version]) -> dict[str, Any]:
    charter = in_force.compiled.charter
    day = today(place.team.time_zone)
    running = [
        each
        for each in lent.said(
            delegations_for(place.member)
            .filter(team=place.team, ended_at=None, until__gte=day)
            .order_by("until"),
            in_force,
            day,
            {},
        )
        if each.is_open
    ]
    return {
        "place": place,
        "team": place.team,
        "version": in_force.version,
        "charter": charter,
        **_ladders(place, in_force, day, request),
        "dated": dated_said(charter, day),
        "grants": paged(grants_said(charter, day), request.GET.get("grants")),
        "guardrails": paged(guardrails_said(charter, day), request.GET.get("guardrails")),
        "allowances": allowances_for(place, in_force, day),
        "changed": changed_for_me(place, in_force, day),
        "lines": in_force.version.text.splitlines(),
        "versions": versions[:_VERSIONS_SHOWN],
        "more_versions": len(versions) > _VERSIONS_SHOWN,
        "running": running,
        "form": AskForm(charter=charter) if place.membership else None,
        "levels": LEVEL_MEANS,
        "waiting": Publication.objects.filter(team=place.team, settled_at=None).select_related("proposed_by")
        if place.is_manager
        else (),
        "drafts": list(drafts_for(place)[:_DRAFTS_SHOWN]),
        "to_come": versions_to_come_for(place),
    }


def _ladders(place: Place, in_force: InForce, day: date, request: HttpRequest) -> dict[str, Any]:
    """The board; of a charter with very many ladders the usual case of each kind, or one kind by pages."""
    charter, wanted = in_force.compiled.charter, request.GET.get("kind", "")
    kinds = charter.all_kinds if is_large_board(charter) else ()
    kind = wanted if wanted in kinds else ""
    board = board_of(
        in_force.compiled,
        day,
        place.team.word,
        mine=(place.membership.role.word, place.membership.step) if place.membership else None,
        kinds=(kind,) if kind else (),
        usual_only=bool(kinds) and not kind,
    )
    if not kind:
        return {"board": board, "kinds": kinds, "kind": kind}
    cases = paged(board.rows, request.GET.get("cases"), CASES_SHOWN)
    return {"board": replace(board, rows=tuple(cases)), "kinds": kinds, "kind": kind, "cases": cases}


@require_safe
def ask(request: HttpRequest, team: str) -> HttpResponse:
    """Ask the charter what I may do about something that I think up; nothing is written."""
    place = get_place_for(looking(request), team)
    if place.membership is None:
        raise NotAllowed(
            "no-role-here", f"You have no role in {place.team.name}.", "Authority comes with a role."
        )
    in_force = charter_of(place.team)
    charter = in_force.compiled.charter
    form = AskForm(request.GET if "kind" in request.GET else None, charter=charter)
    reply = _reply(form, place, in_force) if form.is_bound and form.is_valid() else None
    values = {
        "place": place,
        "team": place.team,
        "charter": charter,
        "form": form,
        "reply": reply,
        "means": LEVEL_MEANS[reply.level.word] if reply else "",
    }
    return render(request, "charters/ask.html", values)


def _reply(form: AskForm, place: Place, in_force: InForce) -> Reply | None:
    typed = form.cleaned_data
    try:
        return asked(place, in_force, kind=typed["kind"], amount_asked=typed["amount"], facts=form.facts)
    except InputError as error:
        form.add_error(None, str(error))
        return None


@require_POST
def seen(request: HttpRequest, team: str, number: int) -> HttpResponse:
    """Somebody saw what changed for them."""
    member = looking(request)
    place = get_place_for(member, team)
    actions.looked_at(member, get_version_for(place, number))
    return redirect("charters:team", place.team.word)
