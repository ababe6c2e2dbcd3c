"""Versions beside each other, and what can be done with one: restore it, end its trial, take it out."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from remit.charters import actions
from remit.charters.access import get_version_for, versions_for
from remit.charters.in_force import compiled_version
from remit.charters.models import Version
from remit.charters.queries.beside_each_other import Beside, beside_each_other
from remit.charters.queries.looking import changes_between
from remit.core.clock import today
from remit.core.errors import NotThere
from remit.core.sent import number_in
from remit.people.access import Place, get_place_for
from remit.people.looking import looking
from remit.people.middleware import not_at_the_counter
from remit_engine.errors import InputError


@require_safe
def compare(request: HttpRequest, team: str) -> HttpResponse:
    """Any two versions beside each other: who gained or lost what, and their ladders."""
    place = get_place_for(looking(request), team)
    versions = list(versions_for(place).defer("text"))
    numbers = [number_in(request.GET.get(name)) for name in ("old", "new")]
    old, new = (_chosen(place, number) for number in numbers)
    if old is None and new is None and len(versions) > 1:
        old, new = versions[1], versions[0]
    values = {"place": place, "team": place.team, "versions": versions, "old": old, "new": new}
    if old is not None and new is not None:
        values |= _compared(place, old, new)
    return render(request, "charters/compare.html", values)


def _chosen(place: Place, number: int | None) -> Version | None:
    return get_version_for(place, number) if number is not None else None


def _compared(place: Place, old: Version, new: Version) -> dict[str, object]:
    day = today(place.team.time_zone)
    before, after = compiled_version(old), compiled_version(new)
    ladders: list[Beside] = beside_each_other(before, after, day, place.team.word)
    values: dict[str, object] = {"ladders": ladders, "currency": after.charter.currency}
    try:
        return values | {"changes": changes_between(before, after, day)}
    except InputError as error:
        return values | {"no_comparison": str(error)}


@require_POST
@not_at_the_counter
def act(request: HttpRequest, team: str, number: int) -> HttpResponse:
    """Make a draft of a version, end its trial now, or take it out before it comes into force."""
    member = looking(request)
    place = get_place_for(member, team)
    version = get_version_for(place, number)
    chosen = request.POST.get("act")
    if chosen == "end-trial":
        back = actions.end_trial(member, version)
        messages.success(request, f"Version {back.number} says again what was in force before.")
        return redirect("charters:team", team)
    if chosen == "withdraw":
        actions.withdraw(member, version)
        messages.success(request, f"Version {number} was taken out. What is in force stays.")
        return redirect("charters:team", team)
    if chosen == "restore":
        draft = actions.begin_draft(
            member,
            place.team,
            version.text,
            f"As in version {number}: {version.why}"[:1000],
            name=f"Version {number} again",
        )
        return redirect("charters:draft", draft.pk)
    raise NotThere("act")
