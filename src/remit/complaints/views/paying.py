"""Doors to how an order was paid."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from remit.complaints.access import get_complaint_for
from remit.complaints.actions.paying import note_given_elsewhere, strike_elsewhere
from remit.complaints.forms.paying import ElsewhereForm, FindForm
from remit.complaints.looked_at_first import what_comes_first
from remit.complaints.models import Complaint
from remit.complaints.queries.paying import Paying, paying_of
from remit.core.errors import NotThere
from remit.core.form_errors import say_in
from remit.core.form_page import UNPROCESSABLE
from remit.core.why_form import WhyForm
from remit.people.access import need_rank, place_in
from remit.people.looking import looking
from remit.people.vocabulary import Rank
from remit.remedies import provider_news
from remit.remedies.providers.contract import PaymentThere, ProviderError
from remit_engine.errors import RemitError


@require_GET
@what_comes_first
def payment(request: HttpRequest, number: int) -> HttpResponse:
    """How an order was paid; with `?by=…` the provider is asked for payments."""
    complaint = _with_order(request, number)
    is_asked = "by" in request.GET
    find = FindForm(
        request.GET if is_asked else None, initial={"by": complaint.order and complaint.order.number}
    )
    paying, found = paying_of(complaint), None
    if paying.connection is not None and find.is_valid():
        found = _found(paying, find)
    return _page(request, complaint, paying, find=find, found=found)


@require_POST
def link(request: HttpRequest, number: int) -> HttpResponse:
    """A payment is this order's: what was given back of it before counts too."""
    complaint = _with_order(request, number)
    paying = paying_of(complaint)
    if paying.connection is None:
        raise NotThere("connection")
    try:
        provider_news.link(
            paying.connection,
            complaint.team,
            complaint.order_key,
            request.POST.get("payment", "").strip()[:80],
            looking(request),
        )
    except ProviderError as error:
        messages.error(request, error.words)
    except RemitError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "The payment is known. Refunds of this order go back to it by themselves.")
    return redirect("complaints:payment", number)


@require_POST
def elsewhere(request: HttpRequest, number: int) -> HttpResponse:
    """Write down what was given back without Remit."""
    member, complaint = looking(request), _with_order(request, number)
    assert complaint.order is not None  # noqa: S101 (looked up so)
    form = ElsewhereForm(request.POST, currency=complaint.order.currency)
    if form.is_valid():
        said = form.cleaned_data
        try:
            note_given_elsewhere(
                member, complaint, said["amount"], reference=said["reference"], why=said["why"]
            )
        except RemitError as error:
            say_in(form, error)
        else:
            messages.success(request, "Written down: it counts on this order from now on.")
            return redirect("complaints:payment", number)
    return _page(request, complaint, paying_of(complaint), elsewhere=form)


@require_POST
def struck(request: HttpRequest, number: int, row: int) -> HttpResponse:
    """Strike what was written down by mistake."""
    member, complaint = looking(request), _with_order(request, number)
    need_rank(place_in(member, complaint.team), Rank.LEAD, "strike what was written down")
    form = WhyForm(request.POST)
    if form.is_valid():
        try:
            strike_elsewhere(member, complaint, row, form.cleaned_data["why"])
        except RemitError as error:
            say_in(form, error)
        else:
            messages.success(request, "Struck: it doesn't count any more.")
            return redirect("complaints:payment", number)
    return _page(request, complaint, paying_of(complaint), strike=form, struck=row)


def _with_order(request: HttpRequest, number: int) -> Complaint:
    complaint = get_complaint_for(looking(request), number)
    if complaint.order is None:
        raise NotThere("order")
    return complaint


def _found(paying: Paying, find: FindForm) -> Sequence[PaymentThere] | None:
    """What the provider has; None, and why in the form, where it can't be asked."""
    assert paying.connection is not None  # noqa: S101 (the caller looked)
    words = find.cleaned_data["by"].strip()
    by = "reference" if words.startswith(("pi_", "ch_", "py_")) else "mail" if "@" in words else "order"
    try:
        return provider_news.find(paying.connection, **{by: words})
    except ProviderError as error:
        find.add_error("by", error.words)
        return None


def _page(request: HttpRequest, complaint: Complaint, paying: Paying, **forms: Any) -> HttpResponse:  # noqa: ANN401
    assert complaint.order is not None  # noqa: S101 (looked up so)
    values = {
        "complaint": complaint,
        "paying": paying,
        "known": {payment.reference for payment in paying.payments},
        "is_lead": place_in(looking(request), complaint.team).is_lead,
        "find": FindForm(initial={"by": complaint.order.number}),
        "found": None,
        "elsewhere": ElsewhereForm(currency=complaint.order.currency),
        "strike": WhyForm(),
        **forms,
    }
    is_wrong = any(form.is_bound and form.errors for form in forms.values() if hasattr(form, "is_bound"))
    return render(
        request, "complaints/payments/payment.html", values, status=UNPROCESSABLE if is_wrong else 200
    )
