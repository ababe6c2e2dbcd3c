"""Signing in and out; a forgotten password."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from remit.core.clock import now
from remit.core.errors import Refusal
from remit.core.form_errors import say_in
from remit.core.form_page import UNPROCESSABLE
from remit.core.origin import origin_of_browser
from remit.core.sent import sent_in
from remit.notices.mail import has_mail
from remit.people.actions.forgotten import ask_for_new_password, member_of_token, set_new_password
from remit.people.counter_turn import device_in, is_turn
from remit.people.forms.ways_in import ForgottenForm, NewPasswordForm, SignInForm
from remit.people.half_way import go_in
from remit.people.limits import TooOften, take
from remit.people.middleware import at_the_counter, open_to_everybody
from remit.people.models import Member
from remit.people.passwords import member_by_password
from remit.people.signing_in import local_address, lock_ends_at, sign_out, username_for
from remit.people.views.answering import answer, status_of
from remit.people.views.second import ways_at_the_door

_TOO_MANY = 429
_WRONG = "Mail and password don't belong together. Look at both, or use a way back below."


@open_to_everybody
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def door(request: HttpRequest) -> HttpResponse:
    """Signs in by mail and password."""
    wanted = request.POST.get("next") or request.GET.get("next")
    after = local_address(wanted)
    if request.user.is_authenticated and request.method == "GET":
        return redirect(after)
    form = SignInForm(sent_in(request))
    values = {"form": form, "next": after, "counter_device": device_in(request)} | ways_at_the_door()
    if form.is_valid():
        typed = form.cleaned_data["username"]
        try:
            member = member_by_password(request, username_for(typed), form.cleaned_data["password"])
        except TooOften as error:
            say_in(form, error)
            return answer(request, "ways_in/sign_in.html", values, status=error.status)
        if member is not None:
            return go_in(request, member, "password", after)
        if getattr(request, "axes_locked_out", False):
            return answer(request, "ways_in/sign_in.html", values | _locked(request, typed), status=_TOO_MANY)
        form.add_error(None, _WRONG)
    return answer(request, "ways_in/sign_in.html", values, status=status_of(form))


def _locked(request: HttpRequest, typed: str) -> dict[str, object]:
    ends = lock_ends_at(request, typed)
    minutes = max(1, -int(-(ends - now()).total_seconds() // 60))
    return {"locked_until": ends, "locked_minutes": minutes}


def locked_out(
    request: HttpRequest,
    response: HttpResponse | None = None,
    credentials: dict[str, str] | None = None,  # noqa: ARG001 (the guard hands it over)
) -> HttpResponse:
    """What the guard against guessing answers: the page says until when already."""
    if response is not None:
        return response
    return answer(request, "ways_in/sign_in.html", {"form": SignInForm()}, status=_TOO_MANY)


@at_the_counter
@open_to_everybody
@require_POST
def leave_here(request: HttpRequest) -> HttpResponse:
    """Signs out in this browser; on a counter device the turn is handed back."""
    was_turn = request.user.is_authenticated and is_turn(request)
    sign_out(request)
    return redirect("people:counter" if was_turn else "people:sign-in")


@open_to_everybody
@require_http_methods(["GET", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """Sends a link for a new password; without a mail server it says who can help."""
    can_send = has_mail()
    form = ForgottenForm(sent_in(request))
    if can_send and form.is_valid():
        address = settings.ADDRESS or request.build_absolute_uri("/").rstrip("/")
        try:
            take("password-mails-from", origin_of_browser(request))
            take("password-mail", username_for(form.cleaned_data["email"]))
        except TooOften as error:
            say_in(form, error)
            return answer(
                request, "ways_in/forgotten.html", {"form": form, "has_mail": True}, status=error.status
            )
        ask_for_new_password(form.cleaned_data["email"], address)
        return redirect("people:forgotten-sent")
    return answer(
        request, "ways_in/forgotten.html", {"form": form, "has_mail": can_send}, status=status_of(form)
    )


@open_to_everybody
@require_http_methods(["GET"])
def forgotten_sent(request: HttpRequest) -> HttpResponse:
    """Says that a mail is on its way if somebody of that address is here; never whether there is one."""
    return answer(request, "ways_in/forgotten_sent.html", {})


@open_to_everybody
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def new_password(request: HttpRequest, word: str, token: str) -> HttpResponse:
    """Sets a new password by the link of a mail, and signs in."""
    member = member_of_token(word, token)
    form = NewPasswordForm(sent_in(request))
    if form.is_valid():
        try:
            set_new_password(member, token, form.cleaned_data["password"])
        except Refusal as error:
            say_in(form, error)
        else:
            words = "Your new password holds. You are signed out everywhere else."
            return go_in(request, Member.objects.get(pk=member.pk), "mail", "/", words)
    values = {"form": form, "member": member}
    return answer(request, "ways_in/new_password.html", values, status=UNPROCESSABLE if form.errors else 200)
