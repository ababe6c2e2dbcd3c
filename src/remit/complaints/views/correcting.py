"""A door to correcting the order of a complaint."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from remit.complaints.access import get_complaint_for
from remit.complaints.actions.correcting import correct_order
from remit.complaints.forms.correcting import OrderForm
from remit.complaints.views.conversation import act_page
from remit.core.errors import NotThere, Refusal
from remit.core.form_errors import say_in
from remit.core.sent import sent_in
from remit.people.looking import looking


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, number: int) -> HttpResponse:
    """Correct what was paid, the number, the date or the items of an order, with a word why."""
    member = looking(request)
    complaint = get_complaint_for(member, number)
    if complaint.order is None:
        raise NotThere("order")
    form = OrderForm(sent_in(request), order=complaint.order)
    if form.is_valid():
        try:
            correct_order(member, complaint, form.words, seen=form.was_seen, why=form.cleaned_data["why"])
        except Refusal as refusal:
            say_in(form, refusal)
        else:
            messages.success(request, "The order is corrected.")
            return redirect("complaints:complaint", number)
    return act_page(
        request,
        complaint,
        form,
        title="Correct the order",
        lead="What may be given depends on it: a question that is open and asks about something else then "
        "is void, and both sides are told why.",
        button="Correct it",
    )
