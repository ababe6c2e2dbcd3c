"""What is done on the pages of growth: a form in, one action, back to the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from remit.core.clock import today
from remit.core.errors import NotAllowed, NotThere, Refusal
from remit.growth.access import get_membership_for, get_proposal_for, get_wish_for
from remit.growth.actions import proposing, steps, wishes
from remit.growth.actions.figures import choose
from remit.growth.forms import (
    AnswerForm,
    FiguresForm,
    GiveForm,
    LimitForm,
    TalkForm,
    WaitForm,
    WhyForm,
    WishForm,
)
from remit.growth.models import Proposal
from remit.growth.queries.person import page_of
from remit.growth.views.pages import people_page, person_page
from remit.people.access import Place, get_place_for, need_owner, place_in
from remit.people.counter_turn import is_turn
from remit.people.looking import looking
from remit.people.middleware import not_at_the_counter, ones_own
from remit.people.models import Membership

Act = Callable[[dict[str, Any]], object]


@require_POST
@not_at_the_counter
def give(request: HttpRequest, team: str, member: str) -> HttpResponse:
    """Give somebody a step."""
    place = get_place_for(looking(request), team)
    membership = get_membership_for(place, member)
    form = GiveForm(
        request.POST, steps=page_of(place, member).above, day=today(place.team.time_zone), prefix="give"
    )

    def act(typed: dict[str, Any]) -> None:
        steps.give(place, member, typed["step"], why=typed["why"], until=typed["until"])

    said = f"{membership.member.first_name} is told, and sees what it opens."
    return _done(request, place, membership, "give", form, act, said)


@require_POST
@not_at_the_counter
def end_trust(request: HttpRequest, team: str, member: str) -> HttpResponse:
    """End a step early that rests on trust."""
    place = get_place_for(looking(request), team)
    membership = get_membership_for(place, member)
    form = WhyForm(request.POST, prefix="end")
    said = "Ended. What was decided with it stays decided."
    return _done(
        request,
        place,
        membership,
        "end",
        form,
        lambda typed: steps.end_trust(place, member, why=typed["why"]),
        said,
    )


@require_POST
@not_at_the_counter
def set_limit(request: HttpRequest, team: str, member: str) -> HttpResponse:
    """Say how far a software agent may grow."""
    place = get_place_for(looking(request), team)
    membership = get_membership_for(place, member)
    form = LimitForm(request.POST, steps=page_of(place, member).steps, prefix="limit")

    def act(typed: dict[str, Any]) -> None:
        steps.set_limit(place, member, typed["step"], why=typed["why"])

    return _done(request, place, membership, "limit", form, act, "That is how far it may grow.")


@require_POST
@ones_own
def show(request: HttpRequest, number: int) -> HttpResponse:
    """Show managers what one's reviews say."""
    member = looking(request)
    proposal = get_proposal_for(member, number)
    proposing.show(member, proposal)
    messages.success(request, "Your managers see it now, and are told.")
    return redirect("growth:team", proposal.membership.team.word)


@require_POST
@ones_own
def let_wait(request: HttpRequest, number: int) -> HttpResponse:
    """Let a proposal wait."""
    proposal, place = _proposal(request, number)
    form = WaitForm(request.POST, prefix="wait")

    def act(typed: dict[str, Any]) -> None:
        proposing.let_wait(place.member, proposal, until=typed["until"], why=typed["why"])

    return _done(
        request, place, proposal.membership, "wait", form, act, "It waits, and comes back by itself."
    )


@require_POST
@ones_own
def note_talk(request: HttpRequest, number: int) -> HttpResponse:
    """Note a talk."""
    proposal, place = _proposal(request, number)
    form = TalkForm(request.POST, prefix="talk")

    def act(typed: dict[str, Any]) -> None:
        proposing.note_talk(place.member, proposal, typed["words"])

    return _done(request, place, proposal.membership, "talk", form, act, "Noted; both of you read it.")


@require_POST
@not_at_the_counter
def leave_as_it_is(request: HttpRequest, number: int) -> HttpResponse:
    """Leave the step as it is, after a talk."""
    proposal, place = _proposal(request, number)
    form = WhyForm(request.POST, prefix="stay")

    def act(typed: dict[str, Any]) -> None:
        proposing.leave_as_it_is(place, proposal, why=typed["why"])

    return _done(request, place, proposal.membership, "stay", form, act, "The step stays; they are told why.")


@require_POST
@not_at_the_counter
def narrow(request: HttpRequest, number: int) -> HttpResponse:
    """Take a step back, after a talk."""
    proposal, place = _proposal(request, number)
    form = WhyForm(request.POST, prefix="narrow")

    def act(typed: dict[str, Any]) -> None:
        steps.narrow(place, proposal, why=typed["why"])

    return _done(request, place, proposal.membership, "narrow", form, act, "Done; they are told why.")


@require_POST
@ones_own
def ask_for(request: HttpRequest, team: str) -> HttpResponse:
    """Ask for the next step."""
    place = get_place_for(looking(request), team)
    membership = get_membership_for(place, place.member.word)
    form = WishForm(request.POST, prefix="wish")
    return _done(
        request,
        place,
        membership,
        "wish",
        form,
        lambda typed: wishes.ask_for(place, typed["words"]),
        "Your managers are told. The answer comes with its why.",
    )


@require_POST
@not_at_the_counter
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """Answer somebody's wish for a step."""
    wish = get_wish_for(looking(request), number)
    place = place_in(looking(request), wish.membership.team)
    form = AnswerForm(request.POST, prefix="answer")
    is_given = request.POST.get("answer") == "give"

    def act(typed: dict[str, Any]) -> None:
        wishes.answer(place, wish, is_given=is_given, why=typed["why"], until=typed["until"])

    said = f"{wish.membership.member.first_name} is told, with your why."
    return _done(request, place, wish.membership, "answer", form, act, said)


@require_POST
@ones_own
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    """Take one's wish back."""
    member = looking(request)
    wish = get_wish_for(member, number)
    wishes.take_back(member, wish)
    messages.info(request, "Taken back.")
    return redirect("growth:team", wish.membership.team.word)


@require_POST
@not_at_the_counter
def choose_figures(request: HttpRequest) -> HttpResponse:
    """Choose who sees what reviews say about somebody."""
    member = looking(request)
    need_owner(member, "choose who sees what reviews say")
    place = get_place_for(member, request.POST.get("team", ""))
    form = FiguresForm(request.POST, prefix="figures")
    if form.is_valid():
        try:
            choose(member, form.cleaned_data["figures"], why=form.cleaned_data["why"])
        except Refusal as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(request, "Everybody reads on their page what holds now.")
            return redirect("growth:people", place.team.word)
    return people_page(request, place, form)


def _proposal(request: HttpRequest, number: int) -> tuple[Proposal, Place]:
    member = looking(request)
    proposal = get_proposal_for(member, number)
    if is_turn(request) and proposal.membership.member_id != member.pk:
        raise NotThere("proposal")  # on a shared screen there are only one's own
    return proposal, place_in(member, proposal.membership.team)


def _done(  # noqa: PLR0917 (one call a door)
    request: HttpRequest, place: Place, membership: Membership, name: str, form: Form, act: Act, said: str
) -> HttpResponse:
    """Do what a form asks for and go back; or the page again, with what is wrong and all that was typed."""
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except NotAllowed:
            raise
        except Refusal as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(request, said)
            if membership.member_id == place.member.pk:
                return redirect("growth:team", place.team.word)
            return redirect("growth:person", place.team.word, membership.member.word)
    return person_page(request, place, membership.member.word, **{name: form})
