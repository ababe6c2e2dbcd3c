"""Doors of the reviews: those to do, one of them, those of one's own decisions, the team and its weeks."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from remit.charters.queries.hung import sights_behind
from remit.complaints.models import Decision
from remit.complaints.sentences import decided
from remit.core.form_errors import is_done
from remit.core.form_page import UNPROCESSABLE
from remit.core.sent import sent_in
from remit.people.access import get_place_for, members_for, need_rank, place_in, teams_for
from remit.people.looking import looking
from remit.people.middleware import not_at_the_counter, ones_own
from remit.people.vocabulary import Rank
from remit.reviews.access import (
    get_decision_alone_of,
    get_review_for,
    get_review_of_mine,
    get_review_to_do,
    get_round_for,
)
from remit.reviews.actions.asking import want_look
from remit.reviews.actions.looking import answer as answer_review
from remit.reviews.actions.looking import finish, mark_helpful, see, set_budget
from remit.reviews.forms import AnswerForm, BudgetForm, OpinionForm, WantForm
from remit.reviews.models import Review
from remit.reviews.queries import lists
from remit.reviews.queries.afterwards import afterwards
from remit.reviews.queries.as_it_was import as_it_was
from remit.reviews.queries.draw_file import draw_file as draw_as_file
from remit.reviews.queries.team import my_lots_in, reviews_of, weeks_of
from remit.reviews.settings import Budget, budget_of
from remit.reviews.vocabulary import NOT_WRONG


@require_GET
@ones_own
def to_do(request: HttpRequest) -> HttpResponse:
    """What somebody was asked to look at."""
    return _page(request, "to_do", {"lists": lists.to_do(looking(request), request.GET.get("page"))})


@require_GET
@ones_own
def mine(request: HttpRequest) -> HttpResponse:
    """What others said to one's own decisions."""
    return _page(request, "mine", {"mine": lists.mine(looking(request), request.GET.get("page"))})


@require_GET
@ones_own
def review(request: HttpRequest, number: int) -> HttpResponse:
    """One review: to do, done, or of one's own decision."""
    return _review(request, get_review_for(looking(request), number))


@require_POST
@ones_own
def opinion(request: HttpRequest, number: int) -> HttpResponse:
    """Say what one would have decided."""
    member = looking(request)
    found = get_review_to_do(member, number)
    form = OpinionForm(request.POST)
    if is_done(form, partial(finish, member, number)):
        messages.success(request, f"Thank you. {found.decision.member.first_name} sees it now.")
        return redirect("reviews:review", number)
    return _review(request, found, opinion_form=form)


@require_POST
def seen(request: HttpRequest, number: int) -> HttpResponse:
    """Open the complaint before saying what one thinks, or say that one knows how it went on.

    Open at the shared screen too: the desk is, and this comes before it.
    """
    found = see(looking(request), number)
    if "stay" in request.POST:
        messages.info(request, "Noted. What you say is advice alone; your colleague reads it.")
        return redirect("reviews:review", number)
    return redirect("complaints:complaint", found.decision.complaint.number)


@require_POST
@ones_own
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """Say something to a review of one's own decision."""
    member = looking(request)
    found = get_review_of_mine(member, number)
    form = AnswerForm(request.POST)
    if is_done(form, partial(answer_review, member, number)):
        messages.success(request, f"{found.reviewer.first_name} reads it.")
        return redirect("reviews:review", number)
    return _review(request, found, answer_form=form)


@require_POST
@ones_own
def helpful(request: HttpRequest, number: int) -> HttpResponse:
    """Mark a review of one's own decision as helpful."""
    found = mark_helpful(looking(request), number)
    messages.success(request, f"Marked. {found.reviewer.first_name} sees that it helped.")
    return redirect("reviews:review", number)


def _review(request: HttpRequest, found: Review, **forms_sent: forms.Form) -> HttpResponse:
    """Before it is done, nothing that came later is even read."""
    member = looking(request)
    is_mine = found.decider_id == member.pk
    values: dict[str, Any] = {
        "review": found,
        "decision": found.decision,
        "complaint": found.decision.complaint,
        "team": found.decision.team,
        "place": {"member": member},
        "then": as_it_was(found.decision),
        "sights": sights_behind(member, found.decision.team, found.decision.verdict),
        "afterwards": afterwards(found.decision) if found.done_at is not None else None,
        "is_mine": is_mine,
        "opinion_form": OpinionForm(),
        "answer_form": AnswerForm(),
    } | forms_sent
    return _page(request, "review", values, *forms_sent.values())


@require_http_methods(["GET", "POST"])
@ones_own
def want(request: HttpRequest, decision: int) -> HttpResponse:
    """Somebody asks a colleague for a look at a decision of their own."""
    member = looking(request)
    found = get_decision_alone_of(member, decision)
    form = WantForm(sent_in(request), colleagues=_colleagues(found))
    if is_done(form, partial(want_look, member, decision)):
        messages.success(request, "Asked. You get a notice when somebody looked.")
        return redirect("reviews:mine")
    words = decided(found.kind, found.value, found.currency, found.level)
    return _page(request, "want", {"form": form, "decision": found, "words": words}, form)


def _colleagues(decision: Decision) -> list[Any]:
    place = place_in(decision.member, decision.team)
    return list(members_for(place).filter(is_software=False).exclude(pk=decision.member_id))


@require_GET
@not_at_the_counter
def teams(request: HttpRequest) -> HttpResponse:
    """Leads to the team of whoever looks; with several, to a choice."""
    found = list(teams_for(looking(request)))
    if len(found) == 1:
        return redirect("reviews:team", found[0].word)
    choices = [(team, reverse("reviews:team", args=(team.word,))) for team in found]
    return render(request, "people/team/choose.html", {"choices": choices, "title": "Reviews"})


@require_GET
@not_at_the_counter
def team_page(request: HttpRequest, team: str) -> HttpResponse:
    """What reviews say about a team, and its weeks."""
    place = get_place_for(looking(request), team)
    values = {
        "place": place,
        "team": place.team,
        "figures": reviews_of(place.team),
        "weeks": weeks_of(place.team, request.GET.get("page")),
        "budget": budget_of(place.team),
    }
    return _page(request, "team", values)


@require_http_methods(["GET", "POST"])
@not_at_the_counter
def budget(request: HttpRequest, team: str) -> HttpResponse:
    """How many decisions a team looks at in a week: a manager's to choose."""
    place = get_place_for(looking(request), team)
    need_rank(place, Rank.MANAGER, "choose how many decisions are looked at")
    now = budget_of(place.team)
    form = BudgetForm(sent_in(request), initial={"is_on": now.is_on, "each": now.each, "risk": now.risk})
    if is_done(form, lambda **typed: set_budget(place, Budget(**typed))):
        messages.success(request, "Kept. It holds from the next week that is opened.")
        return redirect("reviews:team", team)
    people = members_for(place).filter(is_software=False).count()
    return _page(request, "budget", {"form": form, "place": place, "people": people}, form)


@require_GET
@not_at_the_counter
def week(request: HttpRequest, number: int) -> HttpResponse:
    """One week: its commitment, and after the draw its key, so that anybody can draw again."""
    member = looking(request)
    found = get_round_for(member, number)
    values: dict[str, Any] = {"round": found, "team": found.team, "mine": my_lots_in(found, member)}
    return _page(request, "week", values)


@require_GET
@not_at_the_counter
def draw_file(request: HttpRequest, number: int) -> HttpResponse:
    """The draw of a week as a file."""
    found = get_round_for(looking(request), number)
    answer = JsonResponse(draw_as_file(found), json_dumps_params={"indent": 1})
    name = f"draw-{found.team.word}-{found.week}.json"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _page(request: HttpRequest, name: str, values: dict[str, Any], *sent: forms.Form) -> HttpResponse:
    status = UNPROCESSABLE if any(form.is_bound and form.errors for form in sent) else 200
    return render(request, f"reviews/{name}.html", values | {"not_wrong": NOT_WRONG}, status=status)
