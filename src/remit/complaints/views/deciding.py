"""Doors of making it right."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from remit.complaints.access import get_complaint_for
from remit.complaints.actions.deciding import Intent, decide, undo, withdraw
from remit.complaints.facts import currency_of
from remit.complaints.forms.deciding import MakeItRightForm, new_key
from remit.complaints.looked_at_first import what_comes_first
from remit.complaints.models import Complaint, Decision
from remit.complaints.queries.deciding import Panel, panel_for
from remit.complaints.sentences import kind_label, plain_amount
from remit.core.form_errors import say_in
from remit.core.form_page import UNPROCESSABLE
from remit.core.pages import is_part
from remit.people.facts import everybody_of
from remit.people.looking import looking
from remit.remedies.vocabulary import UNDO_SECONDS
from remit_engine.charter.levels import LEVELS_BY_WORD, Level
from remit_engine.errors import RemitError


@require_GET
@what_comes_first
def make_it_right(request: HttpRequest, number: int) -> HttpResponse:
    """What the one who looks may do: a page of its own, or for htmx the verdict alone."""
    complaint = get_complaint_for(looking(request), number)
    sent = request.GET.copy()
    sent.setdefault("key", new_key())
    form = _form(sent, complaint)
    kind = str(request.GET.get("kind", ""))
    value = form.cleaned_data.get("value") if form.is_valid() or hasattr(form, "cleaned_data") else None
    everybody = everybody_of(complaint.team)
    is_wrong = bool(kind and request.GET.get("value")) and "value" in form.errors
    panel = panel_for(
        looking(request), everybody, complaint, kind=kind, value=value, form=form if is_wrong else None
    )
    return _shown(request, panel)


@require_POST
def decide_complaint(request: HttpRequest, number: int) -> HttpResponse:
    """Do it; what can't be done is shown with everything that was typed."""
    member = looking(request)
    complaint = get_complaint_for(member, number)
    form = _form(request.POST, complaint)
    if form.is_valid():
        try:
            decision = decide(member, number, _intent(form))
        except RemitError as error:
            say_in(form, error)
        else:
            messages.success(request, _done(decision))
            return redirect(f"{reverse('complaints:complaint', args=[number])}#decided")
    typed = form.cleaned_data.get("value")
    panel = panel_for(
        member,
        everybody_of(complaint.team),
        complaint,
        kind=str(request.POST.get("kind", "")),
        value=typed,
        form=form,
    )
    return _shown(request, panel, status=UNPROCESSABLE)


@require_POST
def undo_decision(request: HttpRequest, decision_id: int) -> HttpResponse:
    """Take a decision back within its seconds."""
    decision = undo(looking(request), decision_id)
    messages.success(request, "Undone: nothing was given, and nothing left.")
    return redirect("complaints:complaint", decision.complaint.number)


@require_POST
def withdraw_question(request: HttpRequest, decision_id: int) -> HttpResponse:
    """Take one's own question or proposal back."""
    member = looking(request)
    decision = Decision.objects.select_related("approval__team", "complaint").filter(pk=decision_id).first()
    complaint = get_complaint_for(member, decision.complaint.number if decision else 0)
    if decision is not None and decision.approval is not None:
        withdraw(member, decision.approval)
        messages.success(request, "Withdrawn. You can decide anew.")
    return redirect("complaints:complaint", complaint.number)


def _form(data: object, complaint: Complaint) -> MakeItRightForm:
    kinds = [(word, kind_label(word)) for word in _kinds_of(data)]
    return MakeItRightForm(data, kinds=kinds, currency=currency_of(complaint))


def _kinds_of(data: object) -> list[str]:
    """Whatever kind was sent is taken by the form: whether the charter knows it is judged in the write."""
    sent = data.get("kind", "") if hasattr(data, "get") else ""
    return [str(sent)] if sent else []


def _intent(form: MakeItRightForm) -> Intent:
    sent = form.cleaned_data
    return Intent(
        kind=sent["kind"],
        value=sent["value"] or 0,
        key=sent["key"] or new_key(),
        what=sent["what"],
        words=sent["words"],
        letter=sent["letter"],
        expects=sent["expects"],
    )


def _shown(request: HttpRequest, panel: Panel, status: int = 200) -> HttpResponse:
    name = "complaints/deciding/panel.html#verdict" if is_part(request) else "complaints/deciding/page.html"
    return render(request, name, {"panel": panel, "complaint": panel.complaint}, status=status)


def _done(decision: Decision) -> str:
    """What happened, said to the one who did it."""
    amount = plain_amount(decision.value, decision.currency)
    level = LEVELS_BY_WORD[decision.level]
    if level >= Level.INFORM:
        return (
            f"Done: {kind_label(decision.kind).lower()} {amount}. You can undo it for {UNDO_SECONDS} seconds."
        )
    if level is Level.PROPOSE:
        return f"Proposed: {amount} goes ahead unless somebody objects in time."
    return f"Asked: {amount} waits for a yes. You hear at once."
