"""The page of how a refund went back, and where what didn't get through is given another way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from remit.complaints.forms.deciding import RestForm
from remit.complaints.models import Decision
from remit.complaints.queries.refund_ways import refund_way
from remit.core.errors import NotThere
from remit.core.form_errors import say_in
from remit.core.form_page import UNPROCESSABLE
from remit.core.sent import sent_in
from remit.people.access import need_rank, place_in
from remit.people.looking import looking
from remit.people.models import Member
from remit.people.vocabulary import Rank
from remit.remedies import calling
from remit.remedies.access import get_remedy_for
from remit.remedies.actions.lost import words_of
from remit.remedies.actions.rest import give_as_credit
from remit.remedies.dispute_words import disputes_on
from remit.remedies.models import Remedy
from remit.remedies.providers import GOES_BACK_BY_ITSELF
from remit.remedies.providers.contract import ProviderError, RefundThere
from remit_engine.errors import RemitError

_MOST_KNOWN: Final = 50


@require_http_methods(["GET", "POST"])
def way(request: HttpRequest, number: int) -> HttpResponse:
    """Each part of a refund; for those who lead the team, what becomes of a part that didn't get through."""
    member = looking(request)
    remedy = get_remedy_for(member, number)
    if remedy.kind not in GOES_BACK_BY_ITSELF:
        raise NotThere("refund")
    place = place_in(member, remedy.team)
    if request.method == "POST":
        need_rank(place, Rank.LEAD, "choose how the rest of a refund is given")
    form = RestForm(sent_in(request), initial={"seen": remedy.owing})
    known = request.POST.get("known", "").split()[:_MOST_KNOWN]
    if form.is_valid() and _is_done(request, remedy, member, form, known):
        return redirect("remedies:way", number)
    remedy.refresh_from_db()
    values = {
        "form": form,
        "known": " ".join(known),
        "dispute": disputes_on({remedy.order_key}).get(remedy.order_key, ""),
        "way": refund_way(remedy),
        "remedy": remedy,
        "is_lead": place.is_lead,
        "complaint": Decision.objects.select_related("complaint").get(remedy=remedy).complaint,
    }
    return render(
        request, "complaints/remedies/way.html", values, status=UNPROCESSABLE if form.is_bound else 200
    )


def _is_done(request: HttpRequest, remedy: Remedy, member: Member, form: RestForm, known: list[str]) -> bool:
    """Carry out what was chosen; False where it couldn't be, and the form says why.

    What the provider may have of it is added to what they `known`-ingly looked at, for the next press.
    """
    why = form.cleaned_data["why"]
    try:
        if form.cleaned_data["do"] == "again":
            found = calling.try_again(remedy.pk, member, why, seen=form.cleaned_data["seen"], known=known)
            messages.success(request, _words_of(found) if found else "It is on its way again.")
        elif found := _lost(remedy, member):
            messages.success(request, _words_of(found))
        else:
            credit = give_as_credit(remedy.pk, member, why, seen=form.cleaned_data["seen"])
            messages.success(request, f"Given as store credit: {credit.code}. The customer's page shows it.")
    except ProviderError as error:
        form.add_error(None, f"Nothing was sent, since nobody knows yet what is there. {error.words}")
        return False
    except RemitError as error:
        say_in(form, error)
        if error.code == "given-there":
            known += str(error.data["references"]).split()
        return False
    return True


def _lost(remedy: Remedy, member: Member) -> Sequence[RefundThere]:
    """What the provider has of it after all; () also where it can't be asked: credit is given without it."""
    try:
        return calling.look_for_lost(remedy.pk, member)
    except ProviderError:
        return ()


def _words_of(found: Sequence[RefundThere]) -> str:
    those = ", ".join(map(words_of, found))
    return f"Nothing was given anew: the provider has it already, and the books had lost it. {those}."
