"""Customers: found, looked at, corrected, merged and parted."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from remit.complaints.access import get_customer_for
from remit.complaints.actions.customers import change_customer, merge_customers, part_customers
from remit.complaints.forms.customers import CustomerForm
from remit.complaints.models import Customer, CustomerMerge
from remit.complaints.queries.customers import PAGE, found_customers, known_about, suggested_customers
from remit.core.errors import NotThere, Refusal
from remit.core.form_errors import say_in
from remit.core.form_page import UNPROCESSABLE
from remit.core.sent import number_in, sent_in
from remit.people.looking import looking


@require_GET
def customers(request: HttpRequest) -> HttpResponse:
    """Those known, by name."""
    text = request.GET.get("q", "")[:200]
    rows = list(found_customers(looking(request), text, after=request.GET.get("after", "")))
    context = {
        "rows": rows[:PAGE],
        "q": text,
        "after": rows[PAGE - 1].pk if len(rows) > PAGE else "",
        "is_first": not request.GET.get("after"),
    }
    return render(request, "complaints/customers/list.html", context)


@require_GET
def customer_record(request: HttpRequest, customer: int) -> HttpResponse:
    """A customer's history at a glance."""
    member = looking(request)
    found = get_customer_for(member, customer)
    if found.pk != customer:
        return HttpResponseRedirect(_address(found))
    text = request.GET.get("same", "")[:200]
    others = [each for each in suggested_customers(member, text) if each.pk != found.pk]
    context = {"customer": found, "known": known_about(member, found), "same": text, "others": others}
    return render(request, "complaints/customers/record.html", context)


@require_http_methods(["GET", "POST"])
def edit_customer(request: HttpRequest, customer: int) -> HttpResponse:
    """Correct what is known about a customer."""
    member = looking(request)
    found = get_customer_for(member, customer)
    form = CustomerForm(sent_in(request), initial=_initial(found))
    if request.method == "POST" and form.is_valid():
        try:
            changed = change_customer(member, found, form.words)
        except Refusal as refusal:
            say_in(form, refusal)
        else:
            messages.success(request, f"{changed.name} is saved.")
            return HttpResponseRedirect(_address(changed))
    context = {"customer": found, "form": form}
    return render(
        request, "complaints/customers/edit.html", context, status=UNPROCESSABLE if form.errors else 200
    )


@require_POST
def merge(request: HttpRequest, customer: int) -> HttpResponse:
    """Make another record part of this one."""
    member = looking(request)
    kept = get_customer_for(member, customer)
    other = number_in(request.POST.get("gone"))
    gone = get_customer_for(member, other) if other is not None else None
    if gone is None:
        raise NotThere("customer")
    if gone.pk != kept.pk:
        merge_customers(member, kept, gone)
        messages.success(request, f"{gone.name} is part of this record now. It can be undone below.")
    return HttpResponseRedirect(_address(kept))


@require_POST
def part(request: HttpRequest, customer: int, merge: int) -> HttpResponse:
    """Take a merging back."""
    member = looking(request)
    kept = get_customer_for(member, customer)
    found = CustomerMerge.objects.filter(pk=merge, kept=kept).first()
    if found is None:
        raise NotThere("merging")
    gone = part_customers(member, found)
    messages.success(request, f"{gone.name} has a record of their own again.")
    return HttpResponseRedirect(_address(kept))


def _initial(customer: Customer) -> dict[str, object]:
    return {name: getattr(customer, name) for name in CustomerForm.base_fields}


def _address(customer: Customer) -> str:
    return reverse("complaints:customer", args=[customer.pk])
