"""What would you decide?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django import forms

from remit.core.amount_field import AmountField
from remit.core.why_form import WhyField

NOTHING: Final = "nothing"
"""No remedy at all."""


class TryForm(forms.Form):
    """What somebody would give.

    Args:
        kinds: pairs of word and label.
        currency: of the amount.
    """

    kind = forms.ChoiceField(
        label="You would give",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of them; nothing is one, too."},
    )
    value = AmountField(label="Amount", currency="EUR", required=False)
    words = WhyField(label="Why?")
    use_required_attribute = False

    def __init__(
        self,
        *arguments: Any,  # noqa: ANN401
        kinds: Sequence[tuple[str, str]],
        currency: str,
        **settings: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*arguments, **settings)
        kind = self.fields["kind"]
        if isinstance(kind, forms.ChoiceField):
            kind.choices = [*kinds, (NOTHING, "Nothing")]
        self.fields["value"] = AmountField(
            label="Amount",
            currency=currency,
            required=False,
            widget=forms.TextInput(attrs={"class": "amount"}),
        )

    @property
    def given(self) -> str:
        """The kind that was chosen; "" for nothing."""
        chosen: str = self.cleaned_data["kind"]
        return "" if chosen == NOTHING else chosen
