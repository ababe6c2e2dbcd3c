"""How long what is kept, holds, and what customers read about it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from remit.complaints.models import Complaint
from remit.core.erasing import WAITS_HOURS
from remit.core.errors import NotThere
from remit.core.form_errors import say_in
from remit.core.form_page import UNPROCESSABLE
from remit.core.sent import sent_in
from remit.core.why_form import WhyForm
from remit.events.queries.helpers import helper_days
from remit.people.access import need_owner
from remit.people.looking import looking
from remit.people.middleware import not_at_the_counter, open_to_everybody
from remit.people.models import Member, Organisation
from remit.privacy.actions.ageing import change_retention, stop_night
from remit.privacy.actions.holding import end_hold, place_hold
from remit.privacy.actions.writing_words import write_statement
from remit.privacy.forms import RetentionForm, StatementForm
from remit.privacy.models import Hold, Night, Statement
from remit.privacy.queries.rules import rules, tonight
from remit.privacy.queries.words import how_long, words_now, words_of
from remit_engine.errors import RemitError


@require_http_methods(["GET", "POST"])
@not_at_the_counter
def age(request: HttpRequest) -> HttpResponse:
    """The rules, what would go tonight, and what went."""
    owner = _owner(request)
    rule = rules()
    initial = {name: getattr(rule, name, None) for name in RetentionForm.base_fields}
    initial["helper_days"] = helper_days()
    form = RetentionForm(sent_in(request), initial=initial)
    if form.is_valid():
        change_retention(owner, form.cleaned_data)
        messages.success(
            request, f"Kept. It is followed from the first night on that is {WAITS_HOURS} hours away."
        )
        return redirect("privacy:age")
    nights = list(Night.objects.select_related("stopped_by")[:10])
    context = {
        "form": form,
        "rule": rule,
        "tonight": tonight(rule),
        "nights": nights,
        "going": next((each for each in nights if each.ended_at is None), None),
        "holds": Hold.objects.filter(ended_at=None).select_related("complaint", "by")[:50],
        "waits": WAITS_HOURS,
    }
    return render(request, "privacy/age.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_POST
@not_at_the_counter
def stop(request: HttpRequest) -> HttpResponse:
    """Stop what is going."""
    if stop_night(_owner(request)):
        messages.success(request, "It stops after what it has in hand. What is erased stays erased.")
    return redirect("privacy:age")


@require_http_methods(["GET", "POST"])
@not_at_the_counter
def hold(request: HttpRequest, number: int) -> HttpResponse:
    """Place a hold on a complaint, or look at the one that is there."""
    owner = _owner(request)
    complaint = Complaint.objects.select_related("team").filter(number=number).first()
    if complaint is None:
        raise NotThere("complaint")
    form = WhyForm(sent_in(request))
    if form.is_valid():
        try:
            place_hold(owner, number, form.cleaned_data["why"])
        except RemitError as error:
            say_in(form, error)
        else:
            messages.success(request, f"Nothing of {complaint.said} is erased until you end the hold.")
            return redirect("privacy:hold", number)
    held = Hold.objects.filter(complaint=complaint).select_related("by", "ended_by")
    context = {"complaint": complaint, "form": form, "holds": list(held)}
    return render(request, "privacy/hold.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_POST
@not_at_the_counter
def hold_end(request: HttpRequest, number: int) -> HttpResponse:
    """The matter is over."""
    end_hold(_owner(request), number)
    messages.success(request, "The hold is over.")
    return redirect("privacy:hold", number)


@require_GET
@not_at_the_counter
def kept(request: HttpRequest) -> HttpResponse:
    """What is kept and why, for owners: every kind of data, and what becomes of it."""
    _owner(request)
    return render(request, "privacy/kept.html", {"rule": rules()})


@require_http_methods(["GET", "POST"])
@not_at_the_counter
def words(request: HttpRequest) -> HttpResponse:
    """What customers read: write it anew; and the versions before."""
    owner = _owner(request)
    now_said = words_now()
    form = StatementForm(sent_in(request), initial={"text": now_said.text, "contact": now_said.contact})
    if form.is_valid():
        write_statement(owner, form.cleaned_data["text"], form.cleaned_data["contact"])
        messages.success(request, "Customers read this from now on.")
        return redirect("privacy:words")
    versions = Statement.objects.select_related("by")[:50]
    context = {"form": form, "words": now_said, "versions": versions}
    return render(request, "privacy/words.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_GET
@not_at_the_counter
def words_before(request: HttpRequest, number: int) -> HttpResponse:
    """A version as it was."""
    _owner(request)
    version = Statement.objects.select_related("by").filter(number=number).first()
    if version is None:
        raise NotThere("version")
    return render(request, "privacy/words_before.html", {"version": version, "words": words_of(version)})


@open_to_everybody
@require_GET
def public(request: HttpRequest) -> HttpResponse:
    """What customers read."""
    context = {
        "words": words_now(),
        "how_long": how_long(rules()),
        "organisation": Organisation.objects.first(),
    }
    return render(request, "privacy/public.html", context)


def _owner(request: HttpRequest) -> Member:
    member = looking(request)
    need_owner(member, "choose how long what is kept")
    return member
