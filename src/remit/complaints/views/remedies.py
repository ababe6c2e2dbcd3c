"""Doors of what was given: what to do at the till, taking back, the books."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from remit.complaints.actions.exporting import journal_taken
from remit.complaints.forms.deciding import (
    AfterForm,
    CodeForm,
    CreditForm,
    HandedOverForm,
    PartForm,
    SpanForm,
    TakeBackForm,
)
from remit.complaints.models import Decision
from remit.complaints.queries.journal import HEADER, journal_of
from remit.complaints.queries.remedies import books_of, on_their_way_for, to_hand_over_for
from remit.core.errors import Changed, NotThere
from remit.core.form_errors import say_in
from remit.core.form_page import UNPROCESSABLE
from remit.core.sent import sent_in
from remit.core.tables import as_csv
from remit.core.why_form import WhyForm
from remit.people.access import Place, get_place_for, need_rank, place_in, teams_led_by
from remit.people.looking import looking
from remit.people.middleware import not_at_the_counter
from remit.people.vocabulary import Rank
from remit.remedies import calling
from remit.remedies.access import find_credit_for, get_remedy_for, unused_at_the_end, uses_of
from remit.remedies.actions.credit_ends import last_day_for, renew
from remit.remedies.actions.handing_over import put_back, redeem, settle
from remit.remedies.actions.taking_back import take_back
from remit.remedies.models import Remedy, Sending, StoreCredit
from remit.remedies.providers.contract import ProviderError
from remit.remedies.vocabulary import SendingState, State
from remit_engine.errors import RemitError
from remit_engine.money import written


@require_GET
def to_hand_over(request: HttpRequest) -> HttpResponse:
    """What is still to be done by hand."""
    begins = AfterForm(request.GET)
    begins.is_valid()
    said = begins.cleaned_data
    page = to_hand_over_for(looking(request), after=said.get("after") or 0)
    return render(
        request,
        "complaints/remedies/to_hand_over.html",
        {
            "page": page,
            "led": teams_led_by(looking(request)),
            "under_way": on_their_way_for(looking(request), after=said.get("under") or 0),
        },
    )


@require_POST
def handed_over(request: HttpRequest, number: int) -> HttpResponse:
    """It was done: ticked off, with a reference where there is one. A second click finds it ticked."""
    member = looking(request)
    remedy = get_remedy_for(member, number)
    form = HandedOverForm(request.POST)
    if form.is_valid():
        try:
            settle(remedy, member, form.cleaned_data["reference"], seen=form.cleaned_data["seen"])
            messages.success(request, "Ticked off.")
        except Changed as error:
            if error.code == "owes-another-amount":
                messages.error(request, f"{error} Nothing was ticked off.")
                return redirect("remedies:to-hand-over")
            messages.info(request, "This was ticked off already, or taken back.")
    else:
        messages.error(request, "The reference is too long: 120 letters are the most.")
    return redirect("remedies:to-hand-over")


@require_http_methods(["GET", "POST"])
def credit(request: HttpRequest) -> HttpResponse:
    """Take in store credit by its code: what is left is looked at first, then taken, whole or in part."""
    member = looking(request)
    is_sent = request.method == "POST"
    code = CodeForm(request.POST if is_sent else request.GET if "code" in request.GET else None)
    found = find_credit_for(member, code.cleaned_data["code"]) if code.is_valid() else None
    if code.is_valid() and found is None:
        code.add_error("code", "There is no credit with this code in your teams. Look at each letter.")
    if found is None:
        status = UNPROCESSABLE if is_sent else 200
        return render(request, "complaints/remedies/credit.html", {"code": code}, status=status)
    form = CreditForm(
        sent_in(request),
        initial={"code": found.code, "amount": found.left, "left": found.left},
        currency=found.remedy.currency,
    )
    if form.is_valid():
        taken = form.cleaned_data
        try:
            redeem(found, taken["amount"], member, taken["reference"], seen=taken["left"])
        except RemitError as error:
            say_in(form, error)
            found.refresh_from_db(fields=["left"])
        else:
            left = written(taken["left"] - taken["amount"], found.remedy.currency)
            messages.success(request, f"Taken in. {left} of this credit is left.")
            return redirect("remedies:credit")
    values = {
        "form": form,
        "credit": found,
        "ended": unused_at_the_end(found),
        "uses": uses_of(found),
        "is_lead": place_in(member, found.remedy.team).is_lead,
        "decision": Decision.objects.select_related("complaint__customer").get(remedy=found.remedy),
    }
    return render(
        request, "complaints/remedies/credit.html", values, status=UNPROCESSABLE if is_sent else 200
    )


@require_http_methods(["GET", "POST"])
def use_put_back(request: HttpRequest, number: int, use: int) -> HttpResponse:
    """A use of credit was a mistake: what was taken in can be used again."""
    member = looking(request)
    remedy = get_remedy_for(member, number)
    need_rank(place_in(member, remedy.team), Rank.LEAD, "put back what was taken in")
    credit = StoreCredit.objects.select_related("remedy__team").filter(remedy=remedy).first()
    uses = dict(uses_of(credit)) if credit is not None else {}
    if credit is None or use not in uses:
        raise NotThere("use of this credit")
    form = WhyForm(sent_in(request))
    if form.is_valid():
        try:
            put_back(credit, use, member, form.cleaned_data["why"])
        except RemitError as error:
            say_in(form, error)
        else:
            messages.success(request, "Put back: the customer can use it again.")
            return redirect(f"{reverse('remedies:credit')}?code={credit.code}")
    decision = Decision.objects.select_related("complaint").get(remedy=remedy)
    values = {"form": form, "credit": credit, "use": uses[use], "complaint": decision.complaint}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "complaints/remedies/put_back.html", values, status=status)


@require_http_methods(["GET", "POST"])
def renewed(request: HttpRequest, number: int) -> HttpResponse:
    """Credit that has ended can be used again: as long as if it were given today."""
    member = looking(request)
    remedy = get_remedy_for(member, number)
    need_rank(place_in(member, remedy.team), Rank.LEAD, "renew store credit")
    credit = StoreCredit.objects.select_related("remedy__team").filter(remedy=remedy).first()
    if credit is None:
        raise NotThere("credit")
    back = f"{reverse('remedies:credit')}?code={credit.code}"
    amount = unused_at_the_end(credit)
    if request.method == "GET" and not (credit.has_ended and amount):
        return redirect(back)
    form = WhyForm(sent_in(request))
    if form.is_valid():
        try:
            renew(credit, member, form.cleaned_data["why"])
        except RemitError as error:
            say_in(form, error)
        else:
            messages.success(request, "Renewed: the customer can use it again.")
            return redirect(back)
    values = {"form": form, "credit": credit, "amount": amount, "last_day": last_day_for(remedy.team)}
    return render(
        request, "complaints/remedies/renewed.html", values, status=UNPROCESSABLE if form.is_bound else 200
    )


@require_http_methods(["GET", "POST"])
def taken_back(request: HttpRequest, number: int) -> HttpResponse:
    """Take back what was given, whole or in part, with a why."""
    member = looking(request)
    remedy = get_remedy_for(member, number)
    decision = Decision.objects.select_related("complaint").get(remedy=remedy)
    need_rank(place_in(member, remedy.team), Rank.LEAD, "take back what was given")
    most = remedy.owing if remedy.state == State.GIVEN else remedy.counts
    form = TakeBackForm(sent_in(request), initial={"amount": most or None}, currency=remedy.currency)
    if request.method == "POST" and form.is_valid():
        try:
            take_back(remedy, form.cleaned_data["amount"] or 0, member, form.cleaned_data["why"])
        except RemitError as error:
            say_in(form, error)
        else:
            messages.success(request, "Taken back; the books say so.")
            return redirect("complaints:complaint", decision.complaint.number)
    status = UNPROCESSABLE if form.is_bound else 200
    values = {"form": form, "remedy": remedy, "complaint": decision.complaint}
    return render(request, "complaints/remedies/taken_back.html", values, status=status)


@require_http_methods(["GET", "POST"])
def take_over(request: HttpRequest, number: int) -> HttpResponse:
    """Hand over by hand what doesn't get through its provider: once that says that it has nothing of it."""
    member = looking(request)
    remedy = get_remedy_for(member, number)
    need_rank(place_in(member, remedy.team), Rank.LEAD, "take over what is on its way")
    sending = _part(request, remedy, SendingState.WAITS)
    if sending is None:
        messages.info(request, "It is on its way no more, or the provider has it: look here again later.")
        return redirect("remedies:to-hand-over")
    form = WhyForm(sent_in(request))
    if form.is_valid():
        try:
            calling.take_over(sending.pk, member, form.cleaned_data["why"])
        except ProviderError as error:
            form.add_error(None, f"Nobody knows yet whether it was given. {error.words}")
        except RemitError as error:
            say_in(form, error)
        else:
            messages.success(request, "It is yours now: hand it over, then tick it off.")
            return redirect("remedies:to-hand-over")
    decision = Decision.objects.select_related("complaint").get(remedy=remedy)
    values = {"form": form, "remedy": remedy, "sending": sending, "complaint": decision.complaint}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "complaints/remedies/take_over.html", values, status=status)


def _part(request: HttpRequest, remedy: Remedy, state: SendingState) -> Sending | None:
    """The part that is asked for, where it is in a state; the first one that is, where none is asked for."""
    form = PartForm(request.GET)
    rows = remedy.sendings.filter(state=state).order_by("pk")
    if not form.is_valid():
        return None
    part = form.cleaned_data["part"]
    return rows.filter(pk=part).first() if part else rows.first()


@require_http_methods(["GET", "POST"])
def stopped(request: HttpRequest, number: int) -> HttpResponse:
    """Have the provider stop a refund that it has, where it can; else say plainly why not."""
    member = looking(request)
    remedy = get_remedy_for(member, number)
    need_rank(place_in(member, remedy.team), Rank.LEAD, "stop what is on its way")
    sending = _part(request, remedy, SendingState.PENDING)
    if sending is None:
        messages.info(request, "It is on its way no more, or the provider hasn't got it yet.")
        return redirect("remedies:to-hand-over")
    form = WhyForm(sent_in(request))
    if form.is_valid():
        try:
            calling.stop(sending.pk, member, form.cleaned_data["why"])
        except ProviderError as error:
            words = "Nobody knows yet whether it was stopped; it is looked at again by itself."
            form.add_error(None, f"{error.words} {words}")
        except RemitError as error:
            say_in(form, error)
        else:
            messages.success(request, "Stopped. Now hand it over another way, or take it back.")
            return redirect("remedies:to-hand-over")
    decision = Decision.objects.select_related("complaint").get(remedy=remedy)
    values = {"form": form, "remedy": remedy, "sending": sending, "complaint": decision.complaint}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "complaints/remedies/stopped.html", values, status=status)


@require_GET
@not_at_the_counter
def journal(request: HttpRequest, team: str) -> HttpResponseBase:
    """Every entry of the books as a file, for whoever keeps the accounts; for those who lead the team."""
    place = get_place_for(looking(request), team)
    need_rank(place, Rank.LEAD, "take out the books of the team")
    span = SpanForm(request.GET)
    if not span.is_valid():
        return _books(request, place, span)
    journal_taken(place)
    rows = journal_of(place.team, span.cleaned_data["since"], span.cleaned_data["until"])
    return as_csv(f"journal-{place.team.word}.csv", HEADER, rows)


@require_GET
@not_at_the_counter
def books(request: HttpRequest, team: str) -> HttpResponse:
    """What a team gave, in its accounts; for those who lead it."""
    place = get_place_for(looking(request), team)
    need_rank(place, Rank.LEAD, "see the books of the team")
    return _books(request, place, SpanForm())


def _books(request: HttpRequest, place: Place, span: SpanForm) -> HttpResponse:
    values = {"accounts": books_of(place), "place": place, "span": span}
    status = UNPROCESSABLE if span.is_bound else 200
    return render(request, "complaints/remedies/books.html", values, status=status)
