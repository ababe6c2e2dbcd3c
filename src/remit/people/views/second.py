"""The second factor at the door, passkeys in place of a password, and the company's directory."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from remit.core.errors import NotThere, Refusal
from remit.core.form_errors import say_in
from remit.core.form_page import UNPROCESSABLE
from remit.core.origin import origin_of_browser
from remit.core.pages import address_of
from remit.core.sent import sent_in
from remit.people.actions.company import member_of_company
from remit.people.actions.factors import show_code, use_passkey
from remit.people.counter_turn import device_in
from remit.people.forms.factors import SecondForm
from remit.people.half_way import go_in, go_on, who_is_half_way
from remit.people.limits import take
from remit.people.middleware import open_to_everybody
from remit.people.models import Member
from remit.people.signing_in import local_address, sign_in
from remit.people.views.answering import answer, refused
from remit.people.ways.company import claims_of, is_there, send_to_company
from remit.people.ways.passkey import ask_for_key, key_shown

_AFTER = "company-after"


@open_to_everybody
@never_cache
@require_http_methods(["GET", "POST"])
def second(request: HttpRequest) -> HttpResponse:
    """Asks for the second factor: a passkey, a code of the app, or a recovery code."""
    member = who_is_half_way(request)
    if member is None:
        return redirect("people:sign-in")
    form = SecondForm(sent_in(request) if "answer" not in request.POST else None)
    status = 200
    try:
        if "answer" in request.POST:
            take("passkey", origin_of_browser(request))
            use_passkey(key_shown(request, request.POST["answer"], member))
            return go_on(request, member)
        if form.is_valid():
            show_code(member, form.cleaned_data["code"])
            return go_on(request, member)
        status = UNPROCESSABLE if form.is_bound else 200
    except Refusal as error:
        status = error.status if error.status != Refusal.status else UNPROCESSABLE
        if form.is_bound:
            say_in(form, error)
        else:
            form = SecondForm()
            return _second_page(request, member, form, status, error)
    return _second_page(request, member, form, status)


def _second_page(
    request: HttpRequest, member: Member, form: SecondForm, status: int, error: Refusal | None = None
) -> HttpResponse:
    has_passkeys = member.passkeys.exists()
    values = {
        "member": member,
        "form": form,
        "error": error,
        "options": ask_for_key(request, member) if has_passkeys else "",
        "has_app": hasattr(member, "app_code"),
    }
    return answer(request, "ways_in/second.html", values, status=status)


@open_to_everybody
@never_cache
@require_POST
def passkey(request: HttpRequest) -> HttpResponse:
    """Signs in with a passkey alone: first the question for the browser, then its answer."""
    after = local_address(request.POST.get("next"))
    error = None
    try:
        take("passkey", origin_of_browser(request))
        if "answer" in request.POST:
            member = use_passkey(key_shown(request, request.POST["answer"], None))
            sign_in(request, member, "passkey", device_in(request))
            return redirect(after)
    except Refusal as wrong:
        error = wrong
    values = {"options": ask_for_key(request, None), "next": after, "error": error}
    status = 200 if error is None else error.status if error.status != Refusal.status else UNPROCESSABLE
    return answer(request, "ways_in/passkey.html", values, status=status)


@open_to_everybody
@never_cache
@require_GET
def company(request: HttpRequest) -> HttpResponse:
    """Leads to the company's directory."""
    _need_company()
    try:
        take("company", origin_of_browser(request))
        request.session[_AFTER] = local_address(request.GET.get("next"))
        return send_to_company(request, address_of(request, reverse("people:company-back")))
    except Refusal as error:
        return refused(request, error, "people:sign-in")


@open_to_everybody
@never_cache
@require_GET
def company_back(request: HttpRequest) -> HttpResponse:
    """Comes back from the company's directory."""
    _need_company()
    try:
        claims = claims_of(request)
        member = member_of_company(claims)
    except Refusal as error:
        return refused(request, error, "people:sign-in")
    after = local_address(request.session.pop(_AFTER, "/"))
    if claims.has_second:
        sign_in(request, member, "company", device_in(request))
        return redirect(after)
    return go_in(request, member, "company", after)


def _need_company() -> None:
    if not is_there():
        raise NotThere


def ways_at_the_door() -> dict[str, object]:
    """What the sign-in page shows besides mail and password."""
    return {"company": settings.OIDC_NAME if is_there() else ""}
