"""What is done on the pages of growth: each door says what it reads and does; one way leads through all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial, wraps
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from remit.core.clock import today
from remit.core.errors import NotThere
from remit.core.form_errors import is_done
from remit.core.why_form import WhyForm
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


@dataclass(frozen=True, slots=True)
class Door:
    """A form, and what is done with it.

    Attributes:
        place: of whoever sends it.
        membership: whose page it stands on; None for the page of the team.
        name: of the form on its page.
        form: what it reads.
        act: what is done, with what was typed by the names of its fields.
        said: what is said once it is done.
        settings: what the form needs to know besides.
    """

    place: Place
    membership: Membership | None
    name: str
    form: type[Form]
    act: Callable[..., object]
    said: str
    settings: dict[str, Any] = field(default_factory=dict)

    def sent(self, request: HttpRequest) -> HttpResponse:
        """Do it and go back; or the page again, with what is wrong and all that was typed."""
        form = self.form(request.POST, prefix=self.name, **self.settings)
        if is_done(form, self.act):
            messages.success(request, self.said)
            return self._back()
        if self.membership is None:
            return people_page(request, self.place, form)
        return person_page(request, self.place, self.membership.member.word, **{self.name: form})

    def _back(self) -> HttpResponse:
        team, whose = self.place.team.word, self.membership
        if whose is None:
            return redirect("growth:people", team)
        if whose.member_id == self.place.member.pk:
            return redirect("growth:team", team)
        return redirect("growth:person", team, whose.member.word)


def door(find: Callable[..., Door]) -> Callable[..., HttpResponse]:
    """A view of a door that is found by the words of the address."""

    @require_POST
    @wraps(find)
    def through(request: HttpRequest, **words: str | int) -> HttpResponse:
        return find(request, **words).sent(request)

    return through


@not_at_the_counter
@door
def give(request: HttpRequest, team: str, member: str) -> Door:
    """Give somebody a step."""
    place, membership = _of(request, team, member)
    said = f"{membership.member.first_name} is told, and sees what it opens."
    settings = {"steps": page_of(place, member).above, "day": today(place.team.time_zone)}
    return Door(place, membership, "give", GiveForm, partial(steps.give, place, member), said, settings)


@not_at_the_counter
@door
def end_trust(request: HttpRequest, team: str, member: str) -> Door:
    """End a step early that rests on trust."""
    place, membership = _of(request, team, member)
    said = "Ended. What was decided with it stays decided."
    return Door(place, membership, "end", WhyForm, partial(steps.end_trust, place, member), said)


@not_at_the_counter
@door
def set_limit(request: HttpRequest, team: str, member: str) -> Door:
    """Say how far a software agent may grow."""
    place, membership = _of(request, team, member)
    act, settings = partial(steps.set_limit, place, member), {"steps": page_of(place, member).steps}
    return Door(place, membership, "limit", LimitForm, act, "That is how far it may grow.", settings)


@ones_own
@require_POST
def show(request: HttpRequest, number: int) -> HttpResponse:
    """Show managers what one's reviews say."""
    member = looking(request)
    proposal = get_proposal_for(member, number)
    proposing.show(member, proposal)
    messages.success(request, "Your managers see it now, and are told.")
    return redirect("growth:team", proposal.membership.team.word)


@ones_own
@door
def let_wait(request: HttpRequest, number: int) -> Door:
    """Let a proposal wait."""
    place, proposal = _about(request, number)
    act, said = partial(proposing.let_wait, place.member, proposal), "It waits, and comes back by itself."
    return Door(place, proposal.membership, "wait", WaitForm, act, said)


@ones_own
@door
def note_talk(request: HttpRequest, number: int) -> Door:
    """Note a talk."""
    place, proposal = _about(request, number)
    act, said = partial(proposing.note_talk, place.member, proposal), "Noted; both of you read it."
    return Door(place, proposal.membership, "talk", TalkForm, act, said)


@not_at_the_counter
@door
def leave_as_it_is(request: HttpRequest, number: int) -> Door:
    """Leave the step as it is, after a talk."""
    place, proposal = _about(request, number)
    act, said = partial(proposing.leave_as_it_is, place, proposal), "The step stays; they are told why."
    return Door(place, proposal.membership, "stay", WhyForm, act, said)


@not_at_the_counter
@door
def narrow(request: HttpRequest, number: int) -> Door:
    """Take a step back, after a talk."""
    place, proposal = _about(request, number)
    act = partial(steps.narrow, place, proposal)
    return Door(place, proposal.membership, "narrow", WhyForm, act, "Done; they are told why.")


@ones_own
@door
def ask_for(request: HttpRequest, team: str) -> Door:
    """Ask for the next step."""
    place = get_place_for(looking(request), team)
    membership = get_membership_for(place, place.member.word)
    said = "Your managers are told. The answer comes with its why."
    return Door(place, membership, "wish", WishForm, partial(wishes.ask_for, place), said)


@not_at_the_counter
@door
def answer(request: HttpRequest, number: int) -> Door:
    """Answer somebody's wish for a step; which button was pressed is the answer."""
    wish = get_wish_for(looking(request), number)
    place = place_in(looking(request), wish.membership.team)
    act = partial(wishes.answer, place, wish, is_given=request.POST.get("answer") == "give")
    said = f"{wish.membership.member.first_name} is told, with your why."
    return Door(place, wish.membership, "answer", AnswerForm, act, said)


@ones_own
@require_POST
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    """Take one's wish back."""
    member = looking(request)
    wish = get_wish_for(member, number)
    wishes.take_back(member, wish)
    messages.info(request, "Taken back.")
    return redirect("growth:team", wish.membership.team.word)


@not_at_the_counter
@door
def choose_figures(request: HttpRequest) -> Door:
    """Choose who sees what reviews say about somebody."""
    member = looking(request)
    need_owner(member, "choose who sees what reviews say")
    place = get_place_for(member, request.POST.get("team", ""))

    def act(figures: str, why: str) -> None:
        choose(member, figures, why=why)

    return Door(place, None, "figures", FiguresForm, act, "Everybody reads on their page what holds now.")


def _of(request: HttpRequest, team: str, member: str) -> tuple[Place, Membership]:
    """Whoever looks, and whose page it is."""
    place = get_place_for(looking(request), team)
    return place, get_membership_for(place, member)


def _about(request: HttpRequest, number: int) -> tuple[Place, Proposal]:
    """Whoever looks, and a proposal that they may do something about."""
    member = looking(request)
    proposal = get_proposal_for(member, number)
    if is_turn(request) and proposal.membership.member_id != member.pk:
        raise NotThere("proposal")  # on a shared screen there are only one's own
    return place_in(member, proposal.membership.team), proposal
