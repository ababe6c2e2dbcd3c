"""Somebody's own page, and those of a manager."""

from __future__ import annotations

from typing import Any, Final

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from remit.core.clock import today
from remit.core.form_page import UNPROCESSABLE
from remit.core.why_form import WhyForm
from remit.growth.forms import (
    AnswerForm,
    FiguresForm,
    GiveForm,
    LimitForm,
    TalkForm,
    WaitForm,
    WishForm,
)
from remit.growth.queries.person import page_of
from remit.growth.queries.team import team_page
from remit.growth.vocabulary import LONGEST_TRUST, SMALLEST_GROUP, THE_BAR
from remit.people.access import Place, get_place_for, teams_for, teams_of
from remit.people.looking import looking
from remit.people.middleware import not_at_the_counter, ones_own
from remit.reviews.vocabulary import NOT_WRONG


@require_safe
@ones_own
def mine(request: HttpRequest) -> HttpResponse:
    """One's own growth: in one's only team, or the teams to choose from; an owner chooses among all."""
    member = looking(request)
    own = list(teams_of(member))
    others = [team for team in teams_for(member) if team not in own] if member.is_owner else []
    if len(own) == 1 and not others:
        return redirect("growth:team", own[0].word)
    return render(request, "growth/teams.html", {"own": own, "others": others})


@require_safe
@ones_own
def team(request: HttpRequest, team: str) -> HttpResponse:
    """One's own growth in a team."""
    place = get_place_for(looking(request), team)
    if place.membership is None:
        return redirect("growth:people", team)
    return person_page(request, place, place.member.word)


@require_safe
@not_at_the_counter
def people(request: HttpRequest, team: str) -> HttpResponse:
    """The people of a team, for its managers."""
    return people_page(request, get_place_for(looking(request), team))


@require_safe
@not_at_the_counter
def person(request: HttpRequest, team: str, member: str) -> HttpResponse:
    """One of the team, for its managers; of oneself one's own page."""
    place = get_place_for(looking(request), team)
    if member == place.member.word:
        return redirect("growth:team", team)
    return person_page(request, place, member)


_PART_OF: Final = {
    **dict.fromkeys(("wait", "talk", "stay", "narrow"), "proposal"),
    **dict.fromkeys(("give", "end", "limit"), "give"),
    **dict.fromkeys(("wish", "answer"), "wish"),
}
"""Where on the page of a person each form stands: its anchor."""


def person_page(request: HttpRequest, place: Place, word: str, **forms: Form) -> HttpResponse:
    """The page of somebody, with a form that was refused in place of an empty one.

    Args:
        request: as it came.
        place: of whoever looks.
        word: of the member whose page it is.
        forms: those that were refused, by their names in the template.
    """
    page = page_of(place, word)
    is_own = word == place.member.word
    day = today(place.team.time_zone)
    values: dict[str, Any] = {
        "place": place,
        "team": place.team,
        "page": page,
        "member": page.membership.member,
        "is_own": is_own,
        "may_decide": place.is_manager and not is_own,
        "not_wrong": NOT_WRONG,
        "refused": next((_PART_OF[name] for name in forms), ""),
        "the_bar": THE_BAR.format(chance=page.reviewed.meter.chance_in) if page.reviewed else "",
        "most_days": LONGEST_TRUST.days,
        "give": GiveForm(steps=page.above, day=day, prefix="give"),
        "wait": WaitForm(prefix="wait"),
        "talk": TalkForm(prefix="talk"),
        "stay": WhyForm(prefix="stay"),
        "narrow": WhyForm(prefix="narrow"),
        "end": WhyForm(prefix="end"),
        "wish": WishForm(prefix="wish"),
        "answer": AnswerForm(prefix="answer"),
        "limit": LimitForm(steps=page.steps, prefix="limit", initial={"step": page.limit}),
    } | forms
    return render(request, "growth/person.html", values, status=UNPROCESSABLE if forms else 200)


def people_page(request: HttpRequest, place: Place, form: Form | None = None) -> HttpResponse:
    """The page of a team; with a form that was refused."""
    page = team_page(place)
    values = {
        "place": place,
        "team": place.team,
        "page": page,
        "smallest": SMALLEST_GROUP,
        "form": form or FiguresForm(prefix="figures", initial={"figures": page.figures.value}),
    }
    return render(request, "growth/people.html", values, status=UNPROCESSABLE if form else 200)
