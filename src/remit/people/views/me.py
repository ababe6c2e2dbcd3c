"""One's own page: name, mail, password, PIN, and where one is signed in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from remit.core.errors import Refusal
from remit.core.form_errors import say_in
from remit.core.sent import sent_in
from remit.people.actions.me import change_password, change_profile
from remit.people.actions.pins import set_pin
from remit.people.forms.me import OwnPinForm, PasswordForm, ProfileForm
from remit.people.looking import looking
from remit.people.models import Member
from remit.people.proof import asks_again_where
from remit.people.queries import duties_of
from remit.people.sessions import session_here
from remit.people.signing_in import (
    MAY_LACK_PASSWORD,
    browsers_of,
    end_session,
    sign_in,
    sign_out,
    sign_out_elsewhere,
    sign_out_everywhere,
)
from remit.people.views.answering import answer, done, status_of
from remit.people.vocabulary import WAYS_IN


def _changes_mail(request: HttpRequest) -> bool:
    """Whether what was sent gives the member another mail: by it they could set a new password."""
    return request.POST.get("email", "").strip().lower() != (looking(request).email or "")


@asks_again_where(_changes_mail)
@require_http_methods(["GET", "POST"])
def me(request: HttpRequest) -> HttpResponse:
    """Name, mail and language; what there is beside them."""
    member = looking(request)
    form = ProfileForm(member, sent_in(request))
    if form.is_valid():
        try:
            change_profile(Member.objects.get(pk=member.pk), **form.profile())
        except Refusal as error:
            say_in(form, error)
        else:
            return done(request, "Kept.", "people:me")
    return _page(request, member, profile=form)


def _page(request: HttpRequest, member: Member, **forms: Any) -> HttpResponse:  # noqa: ANN401
    here = session_here(request)
    values = {
        "member": member,
        "places": duties_of(member),
        "browsers": [
            (each, WAYS_IN.get(each.way, each.way), each.session_key == here) for each in browsers_of(member)
        ],
        "charter": _charter(),
        "profile": ProfileForm(member),
        "password": PasswordForm(member, needs_old=_needs_old(request)),
        "pin": OwnPinForm(),
        "pin_team": "",
    } | forms
    status = status_of(values["profile"], values["password"], values["pin"])
    return answer(request, "me/me.html", values, status=status)


def _needs_old(request: HttpRequest) -> bool:
    """Whether a new password takes the one of before: not for whoever was let in at the command line."""
    return MAY_LACK_PASSWORD not in request.session


def _charter() -> str:
    try:
        return reverse("charters:charter")
    except NoReverseMatch:
        return ""


@sensitive_post_parameters()
@require_POST
def password(request: HttpRequest) -> HttpResponse:
    """Sets a new password; this browser stays signed in, every other is out."""
    member = looking(request)
    form = PasswordForm(member, request.POST, needs_old=_needs_old(request))
    if form.is_valid():
        current = Member.objects.get(pk=member.pk)
        old = form.cleaned_data.get("old", "") if _needs_old(request) else None
        try:
            change_password(current, form.cleaned_data["password"], old=old)
        except Refusal as error:
            say_in(form, error)
        else:
            sign_in(request, current, "password")
            return done(request, "Your new password holds. You are signed out everywhere else.", "people:me")
    return _page(request, member, password=form)


@sensitive_post_parameters()
@require_POST
def pin(request: HttpRequest, team: str) -> HttpResponse:
    """Sets the PIN for the counter devices of a team, or takes it away."""
    member = looking(request)
    if "remove" in request.POST:
        set_pin(member, team, "")
        return done(request, "Your PIN is gone.", "people:me")
    form = OwnPinForm(request.POST)
    if form.is_valid():
        try:
            set_pin(member, team, form.cleaned_data["pin"])
        except Refusal as error:
            if error.field != "pin":
                raise
            say_in(form, error)
        else:
            return done(request, "Your PIN holds.", "people:me")
    return _page(request, member, pin=form, pin_team=team)


@require_POST
def everywhere(request: HttpRequest) -> HttpResponse:
    """Signs out everywhere, here too."""
    member = Member.objects.get(pk=looking(request).pk)
    sign_out_everywhere(member)
    sign_out(request)
    return done(request, "You are signed out everywhere.", "people:sign-in")


@require_POST
def elsewhere(request: HttpRequest) -> HttpResponse:
    """Signs out everywhere but here."""
    sign_out_elsewhere(looking(request), session_here(request))
    return done(request, "You are signed out everywhere else.", "people:me")


@require_POST
def browser(request: HttpRequest, number: int) -> HttpResponse:
    """Signs out in one other browser."""
    end_session(looking(request), number)
    return done(request, "Signed out there.", "people:me")
