"""Versions of a charter: read, kept as a file, beside each other; restored, ended early, taken out.

Those of the organisation are shown by the same pages as those of a team: `team` is None for them.
"""

from __future__ import annotations

from datetime import UTC, date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_POST, require_safe

from remit.charters import actions
from remit.charters.access import (
    VersionsSeen,
    get_version_for,
    get_versions,
    versions_for,
    versions_to_come_for,
)
from remit.charters.in_force import compiled_version
from remit.charters.models import Version
from remit.charters.queries.above import latest_of
from remit.charters.queries.beside_each_other import beside_each_other
from remit.charters.queries.looking import changes_between
from remit.core.clock import now, today
from remit.core.errors import NotThere
from remit.core.paging import paged
from remit.core.sent import number_in
from remit.people.looking import looking
from remit.people.middleware import not_at_the_counter
from remit_engine.errors import InputError


@require_safe
def versions_page(request: HttpRequest, team: str | None = None) -> HttpResponse:
    """Every version, the latest first."""
    seen = get_versions(looking(request), team)
    values = {
        "team": seen.team,
        "versions": paged(versions_for(seen).defer("text"), request.GET.get("page")),
        "to_come": list(versions_to_come_for(seen)),
    }
    return render(request, "charters/versions.html", values)


@require_safe
def version_page(request: HttpRequest, number: int, team: str | None = None) -> HttpResponse:
    """One version: its text, and what it changed."""
    seen = get_versions(looking(request), team)
    version = get_version_for(seen, number)
    before = versions_for(seen).filter(number__lt=number).first()
    after = versions_for(seen).filter(number__gt=number).last()
    zone = seen.team.zone if seen.team else UTC
    values: dict[str, Any] = {
        "seen": seen,
        "team": seen.team,
        "version": version,
        "before": before,
        "after": after,
        "is_to_come": version.published_at > now() and version.withdrawn_at is None,
        "is_in_force": after is None and version.published_at <= now(),
        "way_back": versions_to_come_for(seen).filter(ends=version).first() if version.trial_until else None,
        "lines": version.text.splitlines(),
    }
    if before is not None:
        values |= _changed(before, version, version.published_at.astimezone(zone).date())
    return render(request, "charters/version.html", values)


@require_safe
def compare(request: HttpRequest, team: str | None = None) -> HttpResponse:
    """Any two versions beside each other: who gained or lost what, and their ladders."""
    seen = get_versions(looking(request), team)
    versions = list(versions_for(seen).defer("text"))
    numbers = [number_in(request.GET.get(name)) for name in ("old", "new")]
    old, new = (_chosen(seen, number) for number in numbers)
    if old is None and new is None and len(versions) > 1:
        old, new = versions[1], versions[0]
    values: dict[str, Any] = {"team": seen.team, "versions": versions, "old": old, "new": new}
    if old is not None and new is not None:
        day = today(seen.zone_name)
        before, after = compiled_version(old), compiled_version(new)
        values |= {
            "ladders": beside_each_other(before, after, day, seen.team.word if seen.team else None),
            "currency": after.charter.currency,
        }
        values |= _changed(old, new, day)
    return render(request, "charters/compare.html", values)


def _chosen(seen: VersionsSeen, number: int | None) -> Version | None:
    return get_version_for(seen, number) if number is not None else None


def _changed(old: Version, new: Version, day: date) -> dict[str, object]:
    """Who gained or lost what between two versions, or why that can't be said."""
    try:
        return {"changes": changes_between(compiled_version(old), compiled_version(new), day)}
    except InputError as error:
        return {"no_comparison": str(error)}


@require_safe
def text(request: HttpRequest, number: int, team: str | None = None) -> HttpResponse:
    """The text of a version as a file, remarks included."""
    return _as_file(get_version_for(get_versions(looking(request), team), number))


@require_safe
def text_in_force_everywhere(request: HttpRequest) -> HttpResponse:
    """The text of the organisation's charter in force, for everybody whose team it may hold for."""
    looking(request)
    version = latest_of(None)
    if version is None:
        raise NotThere("charter")
    return _as_file(version)


def _as_file(version: Version) -> HttpResponse:
    response = HttpResponse(version.text, content_type="application/yaml; charset=utf-8")
    name = slugify(version.team.word if version.team else "organisation") or "charter"
    response["Content-Disposition"] = f'attachment; filename="{name}-{version.number}.yaml"'
    return response


@require_POST
@not_at_the_counter
def act(request: HttpRequest, number: int, team: str | None = None) -> HttpResponse:
    """Make a draft of a version, end its trial now, or take it out before it comes into force."""
    seen = get_versions(looking(request), team)
    version = get_version_for(seen, number)
    chosen = request.POST.get("act")
    if chosen == "restore":
        draft = actions.begin_draft(
            seen.member,
            seen.team,
            version.text,
            f"As in version {number}: {version.why}"[:1000],
            name=f"Version {number} again",
        )
        return redirect("charters:draft", draft.pk)
    if chosen == "end-trial":
        back = actions.end_trial(seen.member, version)
        messages.success(request, f"Version {back.number} says again what was in force before.")
    elif chosen == "withdraw":
        actions.withdraw(seen.member, version)
        messages.success(request, f"Version {number} was taken out. What is in force stays.")
    else:
        raise NotThere("act")
    return redirect("charters:team", seen.team.word) if seen.team else redirect("charters:charter")
