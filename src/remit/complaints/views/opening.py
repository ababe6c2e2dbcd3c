"""Opening a complaint by hand."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from remit.complaints.access import customers_for, get_customer_for, orders_for
from remit.complaints.actions.opening import Once, open_complaint
from remit.complaints.forms.opening import OpeningForm
from remit.complaints.queries.choices import categories_of, colleagues_in
from remit.complaints.queries.customers import suggested_customers
from remit.complaints.stamps import new_stamp, origin_of_member
from remit.complaints.vocabulary import Channel
from remit.core.errors import Refusal
from remit.core.form_errors import say_in
from remit.core.form_page import UNPROCESSABLE
from remit.core.sent import number_in, sent_in
from remit.people.access import get_place_for, teams_for
from remit.people.looking import looking
from remit.people.models import Member, Team


@require_http_methods(["GET", "POST"])
def new_complaint(request: HttpRequest) -> HttpResponse:
    """What happened, and whatever else is known; taken by oneself unless said otherwise."""
    member = looking(request)
    team = _team(request, member)
    if team is None:
        return render(request, "complaints/new/no_team.html", status=409)
    form = OpeningForm(
        sent_in(request),
        request.FILES or None,
        team=team,
        categories=categories_of(team),
        colleagues=[(each.word, each.name) for each in colleagues_in([team])],
        initial={"stamp": new_stamp(), "known": request.GET.get("customer", "")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _opened(request, member, team, form)
        except Refusal as refusal:
            say_in(form, refusal)
    known = number_in(str(form["known"].value() or ""))
    customer = customers_for(member).filter(pk=known).first() if known is not None else None
    context = {
        "form": form,
        "team": team,
        "teams": list(teams_for(member)),
        "customer": customer,
        "has_files": bool(request.FILES),
    }
    return render(request, "complaints/new/new.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_GET
def suggest_customers(request: HttpRequest) -> HttpResponse:
    """Those known who fit what was typed so far; a part of the page."""
    member = looking(request)
    found = suggested_customers(member, request.GET.get("customer", ""))
    return render(request, "complaints/new/suggested.html", {"found": found})


@require_GET
def look_up_order(request: HttpRequest) -> HttpResponse:
    """What is known about an order number; a part of the page."""
    member = looking(request)
    team = _team(request, member)
    number = " ".join(request.GET.get("order", "").split())
    order = (
        orders_for(member).select_related("team", "customer").filter(team=team, number=number).first()
        if number
        else None
    )
    return render(request, "complaints/new/order.html", {"order": order, "number": number, "team": team})


def _opened(request: HttpRequest, member: Member, team: Team, form: OpeningForm) -> HttpResponse:
    data = form.cleaned_data
    if form.told_customer and form.told_customer.known:
        get_customer_for(member, form.told_customer.known)
    about = next((each for each in colleagues_in([team]) if each.word == data["about"]), None)
    complaint = open_complaint(
        team,
        text=data["text"],
        channel=Channel(data["channel"]),
        by=member,
        assignee=None if data["leave"] else member,
        title=data["title"],
        category=data["category"],
        severity=data["severity"],
        customer=form.told_customer,
        order=form.told_order,
        sought=form.told_sought,
        about=about,
        files=data["files"],
        once=Once(data["stamp"], origin_of_member(member)),
    )
    messages.success(request, f"{complaint.said} is open.")
    return HttpResponseRedirect(reverse("complaints:complaint", args=[complaint.number]))


def _team(request: HttpRequest, member: Member) -> Team | None:
    """The team that is chosen; the first that they are in otherwise."""
    word = request.POST.get("team") or request.GET.get("team")
    if word:
        return get_place_for(member, word).team
    mine = teams_for(member).filter(memberships__member=member, memberships__until=None)
    return mine.first() or teams_for(member).first()
