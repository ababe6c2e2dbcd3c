"""Doors of the questions: the list, one question, its answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from remit.approvals.access import get_approval_for
from remit.approvals.actions import saw
from remit.approvals.vocabulary import End
from remit.complaints.actions.answering import Answer, answer, object_to
from remit.complaints.forms.deciding import ANSWERS, AnswerForm
from remit.complaints.queries.approvals import lists_for, next_for, question_for
from remit.core.form_errors import say_in
from remit.core.why_form import WhyForm
from remit.people.looking import looking
from remit_engine.errors import RemitError


@require_GET
def approvals(request: HttpRequest) -> HttpResponse:
    """What waits for an answer."""
    return render(request, "complaints/approvals/list.html", {"lists": lists_for(looking(request))})


@require_GET
def approval(request: HttpRequest, number: int) -> HttpResponse:
    """One question; whoever was asked has seen it from now on."""
    member = looking(request)
    saw(get_approval_for(member, number), member)
    return _shown(request, number, None, WhyForm(), 200)


@require_POST
def answer_approval(request: HttpRequest, number: int) -> HttpResponse:
    """Answer it; what can't be is shown with what was typed."""
    member = looking(request)
    asked = get_approval_for(member, number)
    form = AnswerForm(request.POST, currency=asked.currency, auto_id=_auto_id(request.POST.get("how", "")))
    if form.is_valid():
        sent = form.cleaned_data
        try:
            answer(member, number, Answer(how=End(sent["how"]), amount=sent["amount"], why=sent["why"]))
        except RemitError as error:
            say_in(form, error)
        else:
            return _on(request, f"Answered: {End(sent['how']).label}. {asked.asker.name} hears at once.")
    return _shown(request, number, form, WhyForm(), 422)


@require_POST
def object_to_approval(request: HttpRequest, number: int) -> HttpResponse:
    """Stop a proposal, with a why."""
    member = looking(request)
    asked = get_approval_for(member, number)
    form = WhyForm(request.POST)
    if form.is_valid():
        try:
            object_to(member, number, form.cleaned_data["why"])
        except RemitError as error:
            form.add_error(None, str(error))
        else:
            return _on(request, f"Stopped. {asked.asker.name} reads why.")
    return _shown(request, number, None, form, 422)


def _shown(
    request: HttpRequest, number: int, sent: AnswerForm | None, objection: WhyForm, status: int
) -> HttpResponse:
    question = question_for(looking(request), number)
    how = sent.data.get("how") if sent is not None else ""
    forms = {
        end.name.lower(): sent
        if sent is not None and how == end
        else AnswerForm(currency=question.approval.currency, auto_id=_auto_id(end), how=end)
        for end in ANSWERS
    }
    values = {
        "question": question,
        "approval": question.approval,
        "forms": forms,
        "how": how,
        "objection": objection,
        "problem": sent,
    }
    return render(request, "complaints/approvals/approval.html", values, status=status)


def _auto_id(how: str) -> str:
    """Each answer has a form of its own on the page."""
    return f"{how if how in ANSWERS else 'answer'}-%s"


def _on(request: HttpRequest, words: str) -> HttpResponse:
    """To the next question that waits, or back to the list."""
    messages.success(request, words)
    following = next_for(looking(request))
    return redirect("approvals:approval", following.pk) if following else redirect("approvals:list")
