"""From an answer, or a limit on its chart, to a draft."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from remit.core.amount_field import AmountField, amount_in
from remit.core.errors import Refusal
from remit.core.form_page import UNPROCESSABLE
from remit.core.why_form import WhyForm
from remit.insight.models import LookBack
from remit.insight.what_if import telling
from remit.insight.what_if.access import get_look_back_for, get_place_to_look
from remit.insight.what_if.drafting import grants_of, make_draft
from remit.people.looking import looking
from remit.people.middleware import not_at_the_counter
from remit_engine.errors import InputError
from remit_engine.evidence.what_if import WhatIf, from_record


class DraftForm(WhyForm):
    """Why, and the limit, where one was chosen.

    Args:
        sent: what was sent; None for nothing yet.
        currency: of the limit.
        grant: whose limit is asked for; "" for none.
        upto: the limit that was chosen.
    """

    grant = forms.CharField(required=False, widget=forms.HiddenInput)
    field_order = ("upto", "grant", "why")

    def __init__(self, sent: QueryDict | None, *, currency: str, grant: str, upto: int | None) -> None:
        super().__init__(sent, initial={"grant": grant, "upto": upto})
        if grant:
            self.fields["upto"] = AmountField(
                currency=currency, label="Up to", error_messages={"required": "Say which limit it shall be."}
            )
            self.order_fields(self.field_order)


@require_http_methods(["GET", "HEAD", "POST"])
@not_at_the_counter
def draft(request: HttpRequest, team: str, number: int) -> HttpResponse:
    """Makes a draft of what was looked at, with a why. Nothing changes by itself."""
    place = get_place_to_look(looking(request), team)
    begun = get_look_back_for(place, number)
    answer = _answer(begun)
    if answer is None:
        return redirect("insight:what-if-look", place.team.word, begun.pk)
    is_sent = request.method == "POST"
    grants = grants_of(begun)
    given = request.POST if is_sent else request.GET
    grant = given.get("grant", "")
    grant = grant if grant in grants else ""
    upto = _amount(given.get("upto", ""), answer.currency) if grant else None
    if grant and upto is None:
        upto = grants[grant].upto
    form = DraftForm(request.POST if is_sent else None, currency=answer.currency, grant=grant, upto=upto)
    status = 200
    if is_sent:
        status = UNPROCESSABLE
        if form.is_valid():
            try:
                made = make_draft(
                    place, begun, form.cleaned_data["why"], grant=grant, limit=form.cleaned_data.get("upto")
                )
            except Refusal as error:
                form.add_error(error.field if error.field in form.fields else None, str(error))
            else:
                messages.success(request, "A draft was made. See what it changes, then publish it.")
                return redirect("charters:draft", made.pk)
    context = {
        "place": place,
        "team": place.team,
        "begun": begun,
        "form": form,
        "grant": grant,
        "meant": telling.meant(answer, grant, upto),
    }
    return render(request, "insight/what_if/draft.html", context, status=status)


def _answer(begun: LookBack) -> WhatIf | None:
    """What came out; None where there is nothing, or it can't be read any more: its page says so."""
    try:
        return None if begun.answer is None else from_record(begun.answer)
    except InputError:
        return None


def _amount(text: str, currency: str) -> int | None:
    """A limit as it was typed; None for what is none: the field says so once it is sent."""
    try:
        return amount_in(text, currency)
    except ValidationError:
        return None
