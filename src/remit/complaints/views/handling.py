"""Handling: doors to taking up, handing over, changing, closing, linking."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from remit.complaints.access import get_complaint_for
from remit.complaints.actions import closing, handling, linking
from remit.complaints.actions.changing import WORDS, change, details_of
from remit.complaints.forms.closing import CloseForm
from remit.complaints.forms.conversation import HandOverForm
from remit.complaints.forms.handling import DetailsForm, NumberForm
from remit.complaints.looked_at_first import what_comes_first
from remit.complaints.models import Complaint
from remit.complaints.queries.page import colleagues_in
from remit.complaints.views.conversation import act_page, colleague_of
from remit.core.errors import Changed, Refusal
from remit.core.form_errors import say_in
from remit.core.sent import sent_in
from remit.core.why_form import WhyForm
from remit.people.looking import looking
from remit.people.models import Member

_FORM = ["GET", "POST"]


@require_POST
def take_up(request: HttpRequest, number: int) -> HttpResponse:
    """Take it up."""
    member = looking(request)
    handling.take_up(member, get_complaint_for(member, number))
    return redirect("complaints:complaint", number)


@require_http_methods(_FORM)
def put_back(request: HttpRequest, number: int) -> HttpResponse:
    """Put it back, with a word why."""
    return _with_why(
        request, number, handling.put_back, title="Put it back", lead="Somebody else can take it up then."
    )


@require_http_methods(_FORM)
def hand_over(request: HttpRequest, number: int) -> HttpResponse:
    """Hand it to a colleague, with a word why."""
    member = looking(request)
    complaint = get_complaint_for(member, number)
    colleagues = colleagues_in(complaint.team, but=complaint.assignee or member)
    form = HandOverForm(sent_in(request), colleagues=colleagues)

    def hand() -> None:
        receiver = colleague_of(colleagues, form.cleaned_data["colleague"])
        handling.hand_over(member, complaint, receiver, form.cleaned_data["why"])

    if _done(form, hand):
        messages.success(request, "Handed over. Your colleague has been told.")
        return redirect("complaints:complaint", number)
    return act_page(
        request,
        complaint,
        form,
        title="Hand it over",
        lead="Your colleague is told, with your word why.",
        button="Hand it over",
    )


@require_http_methods(_FORM)
def change_details(request: HttpRequest, number: int) -> HttpResponse:
    """Change what is known; a colleague who changed the same meanwhile is noticed."""
    member = looking(request)
    complaint = get_complaint_for(member, number)
    now = details_of(complaint)
    if request.method != "POST":
        return _details_page(request, complaint, DetailsForm(complaint=complaint, seen=now), 200)
    form = DetailsForm(request.POST, complaint=complaint, seen=now)
    if not form.is_valid():
        return _details_page(request, complaint, form, 422)
    try:
        change(member, complaint, form.wanted, seen=form.was_seen, facts=form.facts)
    except Changed as changed:
        return _both_versions(request, complaint, form, changed)
    except Refusal as refusal:
        say_in(form, refusal)
        return _details_page(request, complaint, form, 422)
    return redirect("complaints:complaint", number)


@require_http_methods(_FORM)
@what_comes_first
def close(request: HttpRequest, number: int) -> HttpResponse:
    """Close it, with a reason."""
    member = looking(request)
    complaint = get_complaint_for(member, number)
    form = CloseForm(sent_in(request), initial={"reason": "made-right"})

    def act() -> None:
        data = form.cleaned_data
        closing.close_complaint(member, complaint, data["reason"], data["why"])

    if _done(form, act):
        messages.success(request, f"{complaint.said} is closed.")
        return redirect("complaints:complaint", number)
    return act_page(
        request,
        complaint,
        form,
        title="Close it",
        lead="The customer sees the reason on their page, and can ask for another look.",
        button="Close it",
    )


@require_http_methods(_FORM)
@what_comes_first
def reopen(request: HttpRequest, number: int) -> HttpResponse:
    """Open it again, with a word why."""
    return _with_why(
        request, number, closing.reopen_complaint, title="Open it again", lead="Its deadlines begin anew."
    )


@require_http_methods(_FORM)
def link(request: HttpRequest, number: int) -> HttpResponse:
    """Say that another complaint belongs to this one."""
    return _with_another(
        request,
        number,
        linking.link,
        title="Link another complaint",
        lead="Both stay as they are, and each shows the other.",
        button="Link it",
    )


@require_http_methods(_FORM)
def merge(request: HttpRequest, number: int) -> HttpResponse:
    """Let this complaint go on in another one."""
    return _with_another(
        request,
        number,
        linking.merge_into,
        title="Merge it into another complaint",
        lead="For what the same customer told twice. Nothing is moved or lost, the customer's page of this "
        "one leads to the other, and it can be undone.",
        button="Merge it",
    )


@require_POST
def unlink(request: HttpRequest, number: int, other: int) -> HttpResponse:
    """The two don't belong together after all."""
    member = looking(request)
    linking.unlink(member, get_complaint_for(member, number), get_complaint_for(member, other))
    return redirect("complaints:complaint", number)


@require_POST
def undo_merge(request: HttpRequest, number: int) -> HttpResponse:
    """It goes its own way again."""
    member = looking(request)
    linking.undo_merge(member, get_complaint_for(member, number))
    return redirect("complaints:complaint", number)


def _with_why(
    request: HttpRequest, number: int, act: Callable[[Member, Complaint, str], None], *, title: str, lead: str
) -> HttpResponse:
    """An act that needs no more than a word why."""
    member = looking(request)
    complaint = get_complaint_for(member, number)
    form = WhyForm(sent_in(request))
    if _done(form, lambda: act(member, complaint, form.cleaned_data["why"])):
        return redirect("complaints:complaint", number)
    return act_page(request, complaint, form, title=title, lead=lead, button=title)


def _with_another(
    request: HttpRequest,
    number: int,
    act: Callable[..., None],
    *,
    title: str,
    lead: str,
    button: str,
) -> HttpResponse:
    member = looking(request)
    complaint = get_complaint_for(member, number)
    form = NumberForm(sent_in(request))

    def done() -> None:
        act(member, complaint, get_complaint_for(member, form.cleaned_data["number"]))

    if _done(form, done):
        return redirect("complaints:complaint", number)
    return act_page(request, complaint, form, title=title, lead=lead, button=button)


def _done(form: Form, act: Callable[[], object]) -> bool:
    """Do what a valid form asks for; what stands in the way is said beside its field."""
    if not form.is_bound or not form.is_valid():
        return False
    try:
        act()
    except Refusal as refusal:
        in_form = refusal.field or ("number" if refusal.code == "not-there" else None)
        form.add_error(in_form if in_form in form.fields else None, str(refusal))
        return False
    return True


def _both_versions(
    request: HttpRequest, complaint: Complaint, form: DetailsForm, changed: Changed
) -> HttpResponse:
    """The form with what was typed, on top of how things stand now, and both versions above it."""
    now = get_complaint_for(looking(request), complaint.number)
    theirs = details_of(now)
    versions = cast("dict[str, tuple[str, str]]", changed.data["both"])
    both = [
        (
            WORDS.get(name) or name.removeprefix("fact_").replace("_", " "),
            str(now.customer or "") if name == "customer" else their_words,
            yours,
        )
        for name, (their_words, yours) in versions.items()
    ]
    typed = request.POST.copy()
    for name, value in theirs.items():
        mine, was = form.wanted.get(name, ""), form.was_seen.get(name, "")
        if mine == was and name != "customer":
            typed[name] = value
    typed["seen"] = DetailsForm(complaint=complaint, seen=theirs)["seen"].value()
    again = DetailsForm(typed, complaint=complaint, seen=theirs)
    again.is_valid()
    return _details_page(request, complaint, again, changed.status, both=both, error=changed)


def _details_page(
    request: HttpRequest, complaint: Complaint, form: DetailsForm, status: int, **more: object
) -> HttpResponse:
    context = {"complaint": complaint, "form": form, "changed_by": complaint.changes} | more
    return render(request, "complaints/page/change.html", context, status=status)
