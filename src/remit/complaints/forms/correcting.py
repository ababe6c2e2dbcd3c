"""An order as it is corrected."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.utils.dateparse import parse_date

from remit.complaints.actions.correcting import words_of
from remit.complaints.actions.orders import OrderWords
from remit.complaints.models import Order
from remit.core.amount_field import AmountField
from remit.core.why_form import WhyField


class OrderForm(forms.Form):
    """Number, amount paid, date, items, and a word why.

    Args:
        order: as it is now; kept in the form, so that a colleague who corrects it meanwhile is noticed.
    """

    number = forms.CharField(
        label="Order number",
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "An order has a number; write it as you find it."},
    )
    placed_on = forms.DateField(
        label="Ordered on",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Give a day like 2026-11-23."},
    )
    summary = forms.CharField(
        label="Items", required=False, max_length=300, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    why = WhyField(
        "A word why is needed.",
        label="Why?",
        help_text="It stands in the timeline, for whoever reads it later.",
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=2000, required=False)

    def __init__(self, *arguments: Any, order: Order, **settings: Any) -> None:  # noqa: ANN401
        now = words_of(order)
        initial = {
            "number": now.number,
            "placed_on": now.placed_on,
            "summary": now.summary,
            "paid": now.paid,
            "seen": json.dumps([now.number, now.paid, str(now.placed_on or ""), now.summary]),
        }
        super().__init__(*arguments, **{"initial": initial, **settings})
        self.fields["paid"] = AmountField(
            currency=order.currency, label=f"Paid ({order.currency})", required=False
        )
        self.order_fields(["number", "paid", "placed_on", "summary", "why", "seen"])

    @property
    def words(self) -> OrderWords:
        """The order as it should be."""
        data = self.cleaned_data
        return OrderWords(data["number"], data["paid"], data["placed_on"], data["summary"])

    @property
    def was_seen(self) -> OrderWords:
        """The order as it was when they began; nothing that there is when somebody tampered with it."""
        try:
            number, paid, placed_on, summary = json.loads(self.cleaned_data["seen"])
            return OrderWords(str(number), paid, parse_date(str(placed_on)), str(summary))
        except (ValueError, TypeError):
            return OrderWords("")
