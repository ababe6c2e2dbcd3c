"""Second factors and passkeys: one's own, a member's whom an owner helps, and who needs one."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from remit.core.errors import Refusal
from remit.core.form_errors import say_in
from remit.core.sealing import SealBroken, seal, unseal
from remit.core.sent import sent_in
from remit.people.access import need_owner
from remit.people.actions.factors import (
    add_app,
    add_passkey,
    end_sessions_of_member,
    has_factor,
    make_recovery_codes,
    ranks_to_choose,
    remove_app,
    remove_passkey,
    set_rule,
    take_off_factors,
)
from remit.people.forms.factors import AppForm, PasskeyForm, RuleForm
from remit.people.looking import looking
from remit.people.models import AppCode, Member, Organisation, RecoveryCode
from remit.people.proof import asks_again, is_proved
from remit.people.qr import qr_svg
from remit.people.signing_in import local_address, sign_in
from remit.people.views.answering import answer, done, refused, status_of
from remit.people.ways.app_code import address_for_app, new_app_secret
from remit.people.ways.passkey import ask_for_new_key, new_key_of

_SECRET: Final = "app-secret"  # noqa: S105 (where in the session)
_NAME: Final = "passkey-name"


@never_cache
@require_GET
def safety(request: HttpRequest) -> HttpResponse:
    """What protects one's account besides the password."""
    member = looking(request)
    rule = Organisation.objects.first()
    values = {
        "member": member,
        "app": AppCode.objects.filter(member=member).first(),
        "passkeys": list(member.passkeys.all()),
        "codes_left": RecoveryCode.objects.filter(member=member, used_at=None).count(),
        "why": rule.factor_why if rule and member.factor_due_at else "",
        "passkey": PasskeyForm(),
    }
    return answer(request, "me/safety.html", values)


@asks_again
@require_http_methods(["GET", "POST"])
def app(request: HttpRequest) -> HttpResponse:
    """Adds the app on one's phone: a code to point it at, and the first code that it shows."""
    member = looking(request)
    secret = _secret_in(request)
    form = AppForm(sent_in(request))
    if form.is_valid():
        try:
            codes = add_app(Member.objects.get(pk=member.pk), secret, form.cleaned_data["code"])
        except Refusal as error:
            say_in(form, error)
        else:
            del request.session[_SECRET]
            return _codes_or_back(request, codes, "The app is added. From now on you are asked for its code.")
    address = address_for_app(secret, member.email or member.word)
    values = {"form": form, "secret": secret, "qr": qr_svg(address), "address": address}
    return answer(request, "me/app.html", values, status=status_of(form))


def _secret_in(request: HttpRequest) -> str:
    """The secret that is being shown, sealed in the session until a code confirms it."""
    try:
        return unseal(request.session[_SECRET])
    except (KeyError, SealBroken):
        secret = new_app_secret()
        request.session[_SECRET] = seal(secret)
        return secret


@require_POST
@asks_again
def app_removal(request: HttpRequest) -> HttpResponse:
    """Removes the app; one is signed out everywhere else."""
    member = Member.objects.get(pk=looking(request).pk)
    remove_app(member)
    sign_in(request, member, "password")
    return done(request, "The app is removed. You are signed out everywhere else.", "people:safety")


@require_POST
@asks_again
def codes(request: HttpRequest) -> HttpResponse:
    """Makes new recovery codes, and shows them this once."""
    try:
        made = make_recovery_codes(looking(request))
    except Refusal as error:
        return refused(request, error, "people:safety")
    return answer(request, "me/recovery_codes.html", {"codes": made, "words": ""})


def _codes_or_back(request: HttpRequest, made: list[str], words: str) -> HttpResponse:
    if made:
        return answer(request, "me/recovery_codes.html", {"codes": made, "words": words})
    return done(request, words, "people:safety")


@asks_again
@require_http_methods(["GET", "POST"])
def new_passkey(request: HttpRequest) -> HttpResponse:
    """Names a passkey, then asks the browser for it."""
    member = looking(request)
    form = PasskeyForm(sent_in(request))
    if form.is_valid():
        request.session[_NAME] = form.cleaned_data["name"]
        return redirect("people:new-passkey")
    name = request.session.get(_NAME, "") if not form.is_bound and is_proved(request) else ""
    values = {"form": form, "name": name, "options": ask_for_new_key(request, member) if name else ""}
    return answer(request, "me/passkey_new.html", values, status=status_of(form))


@require_POST
@asks_again
def keep_passkey(request: HttpRequest) -> HttpResponse:
    """Keeps the passkey that the browser made."""
    member = Member.objects.get(pk=looking(request).pk)
    name = request.session.pop(_NAME, "A passkey")
    try:
        made = add_passkey(member, name, new_key_of(request, request.POST.get("answer", "")))
    except Refusal as error:
        return refused(request, error, "people:safety")
    return _codes_or_back(request, made, f"{name} is added. You can sign in with it.")


@require_POST
@asks_again
def passkey_removal(request: HttpRequest, number: int) -> HttpResponse:
    """Removes a passkey; one is signed out everywhere else."""
    member = Member.objects.get(pk=looking(request).pk)
    remove_passkey(member, number)
    sign_in(request, member, "password")
    return done(request, "It is removed. You are signed out everywhere else.", "people:safety")


@require_POST
@asks_again
def factors_of(request: HttpRequest, word: str) -> HttpResponse:
    """An owner takes a member's second factor off."""
    after = local_address(request.POST.get("next"), reverse("people:people"))
    try:
        take_off_factors(looking(request), word)
    except Refusal as error:
        if error.status != Refusal.status:
            raise
        return refused(request, error, after)
    return done(request, "It is off, and they are signed out. They are told.", after)


@require_POST
def sessions_of(request: HttpRequest, word: str) -> HttpResponse:
    """An owner signs a member out everywhere."""
    me = looking(request)
    end_sessions_of_member(me, word)
    if me.word == word:
        return redirect("people:sign-in")
    after = local_address(request.POST.get("next"), reverse("people:people"))
    return done(request, "They are signed out everywhere, and are told.", after)


@asks_again
@require_http_methods(["GET", "POST"])
def rule(request: HttpRequest) -> HttpResponse:
    """An owner says who needs a second factor."""
    me = looking(request)
    need_owner(me, "say who needs a second factor")
    now_ruled = Organisation.objects.first()
    initial: dict[str, object] = {"days": 7}
    if now_ruled is not None:
        initial = {
            "rank": now_ruled.factor_rank or "", "days": now_ruled.factor_days, "why": now_ruled.factor_why,
        }  # fmt: skip
    form = RuleForm(ranks_to_choose(), sent_in(request), initial=initial)
    if form.is_valid():
        said = form.cleaned_data
        set_rule(me, int(said["rank"]) if said["rank"] else None, said["days"], said["why"].strip())
        return done(request, "Kept. Whom it concerns is told.", "people:safety-rule")
    values = {
        "form": form,
        "waiting": Member.objects.filter(left_at=None).exclude(factor_due_at=None).order_by("name")[:100],
        "has_own": has_factor(me),
    }
    return answer(request, "team/safety_rule.html", values, status=status_of(form))
