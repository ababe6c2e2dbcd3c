"""What is done with ideas: each door says what it does, a refusal stands where it was pressed."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from remit.core.errors import Refusal
from remit.core.form_errors import is_done
from remit.people.access import need_rank
from remit.people.looking import looking
from remit.people.models import Member
from remit.people.signing_in import local_address
from remit.people.vocabulary import Rank
from remit.voice.access import get_idea_for, place_at
from remit.voice.actions import grouping
from remit.voice.actions import ideas as actions
from remit.voice.actions.answering import answer_idea
from remit.voice.alike import alike_in
from remit.voice.forms.ideas import BesideForm
from remit.voice.models import Idea
from remit.voice.views.ideas import answer_form, idea_page
from remit.voice.vocabulary import Outcome


@require_POST
def support(request: HttpRequest, number: int) -> HttpResponse:
    """Support an idea."""
    return _pressed(request, number, actions.support)


@require_POST
def support_no_more(request: HttpRequest, number: int) -> HttpResponse:
    """Take one's support back."""
    return _pressed(request, number, actions.support_no_more)


@require_POST
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """Answer an idea, with a why."""
    member = looking(request)
    idea = get_idea_for(member, number)
    need_rank(place_at(member, idea), Rank.LEAD, "answer an idea")
    form = answer_form(request, idea)

    def act(outcome: str, why: str, after: int, charter_version: int | None = None) -> None:
        answer_idea(
            member, number, outcome=Outcome(outcome), why=why, after=after, charter_version=charter_version
        )

    if is_done(form, act):
        messages.success(request, "Answered. Whoever had it is told, and who supports it.")
        return redirect("voice:idea", number)
    return idea_page(request, idea, answer=form)


@require_POST
def put_beside(request: HttpRequest, number: int) -> HttpResponse:
    """Put an idea beside one like it."""
    member = looking(request)
    idea = get_idea_for(member, number)
    place = place_at(member, idea)
    need_rank(place, Rank.LEAD, "put ideas beside each other")
    form = BesideForm(alike_in(place.team, idea.text, but=number), request.POST)

    def act(other: int) -> None:
        grouping.put_beside(member, number, other)

    if is_done(form, act):
        messages.success(request, "They stand beside each other, and are answered together.")
        return redirect("voice:idea", number)
    return idea_page(request, idea, beside=form)


@require_POST
def take_apart(request: HttpRequest, number: int) -> HttpResponse:
    """Take an idea out from beside another one."""
    return _pressed(request, number, grouping.take_apart)


def _pressed(request: HttpRequest, number: int, act: Callable[[Member, int], Idea]) -> HttpResponse:
    try:
        act(looking(request), number)
    except Refusal as refusal:
        if refusal.status != Refusal.status:
            raise
        messages.info(request, str(refusal))
    wanted = request.POST.get("next")
    return redirect(local_address(wanted)) if wanted else redirect("voice:idea", number)
