"""Practice: thin doors."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from remit.complaints.facts import currency_of
from remit.core.form_errors import is_done
from remit.core.form_page import UNPROCESSABLE
from remit.core.paging import paged
from remit.core.sent import sent_in
from remit.core.why_form import WhyForm
from remit.people.looking import looking
from remit.people.middleware import not_at_the_counter, ones_own
from remit.practice import actions
from remit.practice.access import get_case_for, taken_out_for, tried_by
from remit.practice.forms import TryForm
from remit.practice.models import Case
from remit.practice.queries import (
    Here,
    became,
    decisions_about,
    disguise_for,
    here_for,
    kinds_of,
    mine_said,
    teams_managed_by,
    told,
)

_FORM = ["GET", "POST"]


@require_safe
@ones_own
def practice(request: HttpRequest) -> HttpResponse:
    """What it is, a case to begin with, and what one tried: seen by nobody else."""
    member = looking(request)
    managed = teams_managed_by(member)
    tried = paged(tried_by(member), request.GET.get("page"))
    taken_out = paged(taken_out_for(member), request.GET.get("out"))
    values = {
        "tried": tried,
        "mine": [(each, mine_said(each)) for each in tried],
        "taken_out": taken_out,
        "out": [(each, each.case.complaint.team_id in managed) for each in taken_out],
    }
    return render(request, "practice/practice.html", values)


@require_POST
@ones_own
def another(request: HttpRequest) -> HttpResponse:
    """A case that one hasn't tried yet."""
    case = actions.next_case(looking(request))
    if case is None:
        messages.info(request, "There is no other one for you now. More come as complaints are closed.")
        return redirect("practice:practice")
    return redirect("practice:case", case.code)


@require_http_methods(_FORM)
@ones_own
def case(request: HttpRequest, code: str) -> HttpResponse:
    """A case: what would you decide? Then what the charter says, what the team did, what the guest said."""
    member = looking(request)
    found = get_case_for(member, code)
    here = here_for(member, found.complaint.team)
    form = TryForm(sent_in(request), kinds=kinds_of(here.charter), currency=currency_of(found.complaint))

    def tries(*, value: int | None, words: str, **_: object) -> None:
        actions.try_case(member, code, kind=form.given, value=value or 0, words=words)

    if is_done(form, tries):
        return redirect("practice:case", code)
    return _case_page(request, found, here, form)


def _case_page(request: HttpRequest, found: Case, here: Here, form: TryForm) -> HttpResponse:
    complaint = found.complaint
    disguise, decisions = disguise_for(complaint), decisions_about(complaint)
    values: dict[str, Any] = {
        "case": found,
        "told": told(complaint, disguise, decisions, here.charter),
        "form": form,
        "currency": currency_of(complaint),
    }
    tried = tried_by(here.membership.member).filter(case=found).first()
    if tried is not None and not form.is_bound:
        values |= {"tried": tried, "became": became(found, tried, here, disguise, decisions)}
    status = UNPROCESSABLE if form.is_bound and form.errors else 200
    return render(request, "practice/case.html", values, status=status)


@require_http_methods(_FORM)
@ones_own
def out(request: HttpRequest, code: str) -> HttpResponse:
    """Take a case out of practice, with a word why."""
    member = looking(request)
    if taken_out_for(member).filter(case__code=code).exists():
        messages.info(request, "It is out already: nobody gets it any more.")
        return redirect("practice:practice")
    found = get_case_for(member, code)
    form = WhyForm(sent_in(request))
    if is_done(form, partial(actions.take_out, member, code)):
        messages.success(request, "It is out: nobody gets it any more.")
        return redirect("practice:practice")
    status = UNPROCESSABLE if form.is_bound and form.errors else 200
    return render(request, "practice/out.html", {"case": found, "form": form}, status=status)


@require_POST
@not_at_the_counter
def back(request: HttpRequest, code: str) -> HttpResponse:
    """Put a case back into practice."""
    actions.put_back(looking(request), code)
    messages.success(request, "It can be practised on again.")
    return redirect("practice:practice")


@require_POST
@ones_own
def forget(request: HttpRequest, number: int) -> HttpResponse:
    """Forget what one tried on a case."""
    actions.forget(looking(request), number)
    messages.info(request, "Forgotten.")
    return redirect("practice:practice")


@require_POST
@ones_own
def forget_all(request: HttpRequest) -> HttpResponse:
    """Forget all that one tried."""
    actions.forget(looking(request))
    messages.info(request, "All of it is forgotten.")
    return redirect("practice:practice")
