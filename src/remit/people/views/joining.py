"""Invitations and personal links: made by a lead, taken up on a phone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from remit.core.errors import Refusal
from remit.core.form_errors import say_in
from remit.core.origin import origin_of_browser
from remit.core.pages import address_of
from remit.core.sent import sent_in
from remit.people.access import get_membership_for, get_place_for, need_rank, roles_within
from remit.people.actions.joining import (
    accept_as_member,
    accept_as_newcomer,
    invite,
    make_personal_link,
    open_invitation,
    open_link,
    use_link,
    withdraw_invitation,
)
from remit.people.actions.me import good_password
from remit.people.counter_turn import device_in
from remit.people.forms.team import InvitationForm
from remit.people.forms.ways_in import AcceptForm
from remit.people.half_way import go_in
from remit.people.limits import take
from remit.people.looking import looking
from remit.people.middleware import open_to_everybody
from remit.people.models import Member, Membership
from remit.people.qr import qr_svg
from remit.people.signing_in import MAY_LACK_PASSWORD, sign_in
from remit.people.views.answering import answer, done, refused, status_of
from remit.people.vocabulary import Rank


@never_cache
@require_http_methods(["GET", "POST"])
def invite_somebody(request: HttpRequest, team: str) -> HttpResponse:
    """Makes an invitation, and shows its link and code, this once."""
    place = get_place_for(looking(request), team)
    need_rank(place, Rank.LEAD, "invite somebody")
    roles = roles_within(place)
    form = InvitationForm(roles, sent_in(request), initial={"role": _usual(roles)})
    if form.is_valid():
        said = form.cleaned_data
        try:
            invitation, secret = invite(place, said["role"], name=said["name"], email=said["email"])
        except Refusal as error:
            say_in(form, error)
        else:
            link = address_of(request, reverse("people:invitation", args=(secret,)))
            values = {"place": place, "invitation": invitation, "link": link, "qr": qr_svg(link)}
            return answer(request, "team/invited.html", values)
    return answer(request, "team/invite.html", {"place": place, "form": form}, status=status_of(form))


def _usual(roles: object) -> str:
    first = next(iter(roles), None)  # type: ignore[call-overload]
    return str(first.word) if first is not None else ""


@require_POST
def withdraw(request: HttpRequest, team: str, number: int) -> HttpResponse:
    """Takes an invitation back."""
    place = get_place_for(looking(request), team)
    try:
        withdraw_invitation(place, number)
    except Refusal as error:
        if error.status != Refusal.status:
            raise
        return refused(request, error, "people:team", team)
    return done(request, "The invitation doesn't hold any more.", "people:team", team)


@open_to_everybody
@never_cache
@sensitive_post_parameters("password", "pin")
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Takes an invitation up: as somebody new, or as who is signed in."""
    if isinstance(request.user, Member):
        return _as_member(request, secret, request.user)
    held = open_invitation(secret)
    form = AcceptForm(sent_in(request), initial={"name": held.name, "email": held.email})
    values = {"invitation": held, "form": form, "here": request.path}
    if form.is_valid():
        newcomer = form.newcomer()
        try:
            if newcomer.password:
                good_password(newcomer.password, Member(name=newcomer.name, email=newcomer.email))
            membership = accept_as_newcomer(secret, newcomer)
        except Refusal as error:
            values["is_known"] = error.code == "mail-known"
            say_in(form, error)
        else:
            sign_in(request, membership.member, "invitation", device_in(request))
            return done(request, f"Welcome to {membership.team}.", "/")
    return answer(request, "ways_in/invitation.html", values, status=status_of(form))


def _as_member(request: HttpRequest, secret: str, member: Member) -> HttpResponse:
    if request.method == "POST":
        membership = accept_as_member(secret, member)
        return done(request, f"You are in {membership.team} now.", "/")
    try:
        held = open_invitation(secret)
    except Refusal:
        # Whoever took it up themselves, and came back, is where they wanted to be.
        accept_as_member(secret, member)
        return redirect("/")
    return answer(request, "ways_in/invitation_known.html", {"invitation": held, "member": member})


@never_cache
@require_POST
def personal_link(request: HttpRequest, team: str, word: str) -> HttpResponse:
    """Makes a link that signs a member in, and shows it this once."""
    place = get_place_for(looking(request), team)
    membership: Membership = get_membership_for(place, word)
    secret = make_personal_link(place, membership)
    link = address_of(request, reverse("people:link", args=(secret,)))
    values = {"place": place, "membership": membership, "link": link, "qr": qr_svg(link)}
    return answer(request, "team/linked.html", values)


@open_to_everybody
@never_cache
@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, secret: str) -> HttpResponse:
    """Signs in by a personal link, by a tap: whatever only looks at the address doesn't use it up."""
    take("link", origin_of_browser(request))
    held = open_link(secret)
    if request.method == "POST":
        member = use_link(secret)
        if held.made_by is None:
            sign_in(request, member, "command-line", device_in(request))
            request.session[MAY_LACK_PASSWORD] = True
            return redirect("people:me")
        return go_in(request, member, "link", reverse("people:me"))
    return answer(request, "ways_in/link.html", {"member": held.member, "made_by": held.made_by})
