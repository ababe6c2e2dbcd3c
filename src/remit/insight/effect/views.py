"""The answer: what came of it, in a sentence, a chart, and an appendix for a statistician."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from remit.core.clock import today
from remit.core.errors import NotThere
from remit.core.tables import as_csv
from remit.insight.effect.telling import told
from remit.people.looking import looking
from remit.people.middleware import not_at_the_counter
from remit.rollouts.access import get_change_for, leads_one, need_leader_of_all, starts_of
from remit.rollouts.begins import address_of
from remit.rollouts.models import Answer, Change
from remit.rollouts.vocabulary import MANY_TEAMS, Sort

_WEEK = timedelta(days=7)


@require_safe
@not_at_the_counter
def did_it_work(request: HttpRequest, number: int) -> HttpResponse:
    """What came of it; or how far it is; or when it will be looked at."""
    member = looking(request)
    change = get_change_for(member, number)
    starts = starts_of(change)
    draw = getattr(change, "draw", None)
    newest = list(change.answers.defer("weeks")[:2])
    kept = next((each for each in newest if each.effects is not None), None)
    values: dict[str, Any] = {
        "change": change,
        "draw": draw,
        "starts": starts,
        "begun": [start for start in starts if start.on is not None],
        "off": [start for start in starts if start.is_off],
        "is_rollout": hasattr(change, "plan"),
        "waits_until": _waits_until(change),
        "at_work": next((each for each in newest if each.ended_at is None), None),
        "answer": kept,
        "failed": newest[0] if newest and newest[0].failed else None,
        "told": [told(each, change.currency) for each in kept.effects] if kept and kept.effects else [],
        "could_be_drawn": len(starts) >= MANY_TEAMS and draw is None,
        "has_more_weeks": kept is not None
        and _has_more_weeks(change, kept)
        and leads_one(member, [start.team_id for start in starts]),
        "what": address_of(change) if hasattr(change, "plan") or change.sort == Sort.TRIAL else "",
    }
    return render(request, "insight/effect/answer.html", values)


@require_safe
@not_at_the_counter
def state(request: HttpRequest, number: int) -> HttpResponse:
    """How far it is, for a page that is open; once it is done, that page is loaded anew."""
    change = get_change_for(looking(request), number)
    at_work = change.answers.filter(ended_at=None).defer("weeks", "effects").first()
    response = render(request, "insight/effect/state.html", {"change": change, "at_work": at_work})
    if at_work is None:
        response["HX-Refresh"] = "true"
    return response


@require_safe
@not_at_the_counter
def weeks(request: HttpRequest, number: int) -> StreamingHttpResponse:
    """The table behind an answer, for whoever leads all of the teams in it."""
    member = looking(request)
    change = get_change_for(member, number)
    need_leader_of_all(member, [start.team_id for start in starts_of(change)], "have the weeks of all teams")
    answer = change.answers.filter(weeks__isnull=False).first()
    if answer is None or answer.weeks is None:
        raise NotThere("table")
    header = ["team", "week", "weeks since the start", "outcome", "value", "counted", "asked"]
    return as_csv(f"did-it-work-{change.pk}.csv", header, _lines(answer.weeks))


def _lines(table: dict[str, Any]) -> Iterator[list[Any]]:
    first = date.fromisoformat(table["first"])
    for outcome, kept in table["outcomes"].items():
        for place, team in enumerate(table["teams"]):
            start = table["starts"][place]
            for week in range(table["weeks"]):
                value, counts, asked = (
                    kept[part][place][week] if kept[part] is not None else None
                    for part in ("values", "counts", "asked")
                )
                if value is not None or counts or asked:
                    since = "" if start is None else week - start
                    yield [
                        team,
                        str(first + week * _WEEK),
                        since,
                        outcome,
                        *map(_cell, (value, counts, asked)),
                    ]


def _cell(value: float | None) -> str:
    return "" if value is None else f"{value:.10g}"


def _waits_until(change: Change) -> date | None:
    """Until when a rollout isn't looked at; None where it may be."""
    draw = getattr(change, "draw", None)
    return draw.ends_on if draw is not None and today("UTC") < draw.ends_on else None


def _has_more_weeks(change: Change, answer: Answer) -> bool:
    """Whether a week has passed since that could be looked at, too."""
    if answer.until is None or hasattr(change, "plan"):
        return False
    newest = today("UTC") - timedelta(days=today("UTC").weekday()) - _WEEK
    return min(newest, change.last or date.max) > answer.until
