"""Forms of how an order was paid."""

from __future__ import annotations

from typing import Any

from django import forms

from remit.core.amount_field import AmountField
from remit.core.why_form import WhyForm


class FindForm(forms.Form):
    """What a payment is looked for by: the number of the order, a mail address, or its name there."""

    by = forms.CharField(
        label="Order number, mail, or name of the payment",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="The name of a payment at Stripe begins with pi_ or ch_.",
        error_messages={"required": "Say what to look for."},
    )
    use_required_attribute = False


class ElsewhereForm(WhyForm):
    """What was given back without Remit.

    Args:
        currency: of the order.
    """

    amount = AmountField(label="Given back", currency="EUR")
    reference = forms.CharField(
        label="Reference",
        max_length=120,
        required=False,
        help_text="Of the till slip or the transfer.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = ("amount", "reference", "why")
    use_required_attribute = False

    def __init__(self, *arguments: Any, currency: str, **settings: Any) -> None:  # noqa: ANN401
        super().__init__(*arguments, **settings)
        self.fields["amount"] = AmountField(
            label="Given back", currency=currency, error_messages={"required": "Say how much it was."}
        )
        self.order_fields(self.field_order)
