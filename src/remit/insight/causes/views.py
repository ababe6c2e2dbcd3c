"""The pages about why people complain: all causes, and one with the complaints behind it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from remit.core.errors import NotThere
from remit.core.paging import paged
from remit.insight.causes.behind import complaints_behind
from remit.insight.causes.counting import Cause, Sort
from remit.insight.causes.looking import Line, Look, line_anyway, look
from remit.insight.causes.picture import of_weeks
from remit.insight.causes.undertaken import gone, undertaken_about
from remit.insight.causes.words import about_all, usual
from remit.people.access import teams_for
from remit.people.looking import looking
from remit.people.models import Team

_SHOWN: Final = 12
"""Causes of a sort that are shown at once."""


@require_safe
def causes(request: HttpRequest) -> HttpResponse:
    """Why people complain, in all teams that somebody sees or in one; or all of one sort of causes."""
    seen, chosen = _teams(request)
    found = look(chosen)
    one = chosen[0] if len(chosen) == 1 and len(seen) > 1 else None
    if (by := request.GET.get("by")) in Sort.values:
        return _of_sort(request, Sort(by), found, one)
    values = {
        "teams": seen,
        "chosen": chosen,
        "one": one,
        "look": found,
        "about_all": about_all(found),
        "weeks": of_weeks(found.counted.all.tolist(), found.counted.mondays),
        "rising": [_shown(line, found) for line in found.rising],
        "gone": gone(looking(request), chosen, found),
        "sorts": [
            {
                "sort": sort,
                "lines": [_shown(line, found) for line in lines[:_SHOWN]],
                "more": max(len(lines) - _SHOWN, 0),
            }
            for sort in Sort
            if (lines := found.of_sort(sort))
        ],
    }
    return render(request, "insight/causes/causes.html", values)


def _of_sort(request: HttpRequest, sort: Sort, found: Look, one: Team | None) -> HttpResponse:
    """All causes of one sort, a page at a time: facts and procedures are hundreds in a large house."""
    page = paged(found.of_sort(sort), request.GET.get("page"))
    values = {
        "one": one,
        "sort": sort,
        "page": page,
        "lines": [_shown(line, found) for line in page],
        "also": f"by={sort}&team={one.word}&" if one else f"by={sort}&",
    }
    return render(request, "insight/causes/sort.html", values)


@require_safe
def cause(request: HttpRequest, sort: str, value: str) -> HttpResponse:
    """One cause: its weeks, what was done about it, and the complaints behind it, the newest first."""
    seen, chosen = _teams(request)
    found = look(chosen)
    cause, member = Cause(sort, value), looking(request)
    undertaken = undertaken_about(member, cause, chosen, found.counted, request.GET.get("done"))
    if cause not in found.lines and not undertaken:
        raise NotThere("cause")
    line, one = line_anyway(found, cause, chosen), chosen[0] if len(chosen) == 1 else None
    values = {
        "one": one if len(seen) > 1 else None,
        "here": [team for team in chosen if sort != Sort.TEAM or team.word == value],
        "undertaken": undertaken,
        "also": f"team={one.word}&" if one and len(seen) > 1 else "",
        "is_compared": any(each.after for each in undertaken),
        "shown": _shown(line, found, [each.week for each in undertaken if each.week is not None]),
        "look": found,
        "sort": Sort(sort).label,
        "complaints": paged(complaints_behind(line.cause, chosen, found.today), request.GET.get("page")),
        "sum": sum(line.weeks),
    }
    return render(request, "insight/causes/cause.html", values)


def _shown(line: Line, found: Look, marked: Iterable[int] = ()) -> dict[str, Any]:
    return {
        "line": line,
        "weeks": of_weeks(line.weeks, found.counted.mondays, marked),
        "usual": usual(line.change) if line.change else "",
    }


def _teams(request: HttpRequest) -> tuple[list[Team], list[Team]]:
    """The teams that somebody sees, and those that they chose."""
    seen = list(teams_for(looking(request)).order_by("name"))
    word = request.GET.get("team", "")
    chosen = [team for team in seen if not word or team.word == word]
    if word and not chosen:
        raise NotThere("team")
    return seen, chosen
