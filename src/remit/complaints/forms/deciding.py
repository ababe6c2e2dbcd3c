"""The forms of making it right, and of answering."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from remit.approvals.vocabulary import End
from remit.complaints.filters import YEARS
from remit.complaints.vocabulary import WORTH_NOTHING
from remit.core.amount_field import AmountField
from remit.core.why_form import WhyField, WhyForm

LONGEST_LETTER = 5000
ANSWERS = (End.YES, End.YES_FROM_NOW_ON, End.ANOTHER_AMOUNT, End.NO)


class MakeItRightForm(forms.Form):
    """What somebody wants to give; the key makes a second click harmless.

    Args:
        kinds: pairs of word and label.
        currency: in which something is given.
        is_worth_nothing: an apology: no amount is asked for.
    """

    kind = forms.ChoiceField(label="Remedy", widget=forms.RadioSelect)
    value = AmountField(label="Amount", currency="EUR", required=False)
    what = forms.CharField(label="What", max_length=200, required=False)
    words = forms.CharField(
        label="For whoever is asked or told", max_length=1000, required=False, widget=forms.Textarea
    )
    letter = forms.CharField(
        label="To the customer", max_length=LONGEST_LETTER, required=False, widget=forms.Textarea
    )
    use_required_attribute = False
    key = forms.CharField(widget=forms.HiddenInput, required=False)
    expects = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *arguments: Any,  # noqa: ANN401
        kinds: Sequence[tuple[str, str]],
        currency: str,
        **settings: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*arguments, **settings)
        self.offer(kinds)
        self.fields["value"] = AmountField(
            label="Amount",
            currency=currency,
            required=self["kind"].value() not in WORTH_NOTHING,
            widget=forms.TextInput(attrs={"class": "amount"}),
        )
        self.fields["letter"].widget.attrs["rows"] = 4
        self.fields["words"].widget.attrs["rows"] = 2

    def offer(self, kinds: Sequence[tuple[str, str]]) -> None:
        """Offer these kinds, whichever were taken when it was sent."""
        kind = self.fields["kind"]
        if isinstance(kind, forms.ChoiceField):
            kind.choices = kinds

    def keep_drafts(self, name: str) -> None:
        """Let the browser keep what is written until it is sent.

        Args:
            name: of the drafts, with `{}` for the field: whose they are, and of which complaint.
        """
        for field in ("words", "letter"):
            self.fields[field].widget.attrs["data-draft"] = name.format(field)


def new_key() -> str:
    """A key for a form that wasn't sent yet."""
    return secrets.token_hex(16)


class AnswerForm(forms.Form):
    """An answer to a question.

    Args:
        currency: of the amount.
        how: the answer that it is for, where it isn't sent yet.
    """

    how = forms.ChoiceField(choices=[(end.value, end.label) for end in ANSWERS], widget=forms.HiddenInput)
    amount = AmountField(label="Amount", currency="EUR", required=False)
    why = WhyField(rows=3)

    use_required_attribute = False

    def __init__(self, *arguments: Any, currency: str, how: str = "", **settings: Any) -> None:  # noqa: ANN401
        super().__init__(*arguments, **settings)
        self.fields["amount"] = AmountField(label="Amount", currency=currency, required=False)
        self.fields["why"].required = (how or self.data.get("how")) == End.NO
        self.fields["why"].error_messages["required"] = (
            "A no needs a why. Say in a sentence what stands against it."
        )


class HandedOverForm(forms.Form):
    """It was done at the till."""

    reference = forms.CharField(label="Reference, from the till or the bank", max_length=120, required=False)
    seen = forms.IntegerField(min_value=0, max_value=2**63 - 1, required=False)


class PartForm(forms.Form):
    """Which part of a refund: the number of its sending; the first that can be, where none is said."""

    part = forms.IntegerField(min_value=1, max_value=2**63 - 1, required=False)


class RestForm(WhyForm):
    """What becomes of a part of a refund that didn't get through."""

    field_order = ("do", "why")
    do = forms.ChoiceField(
        label="The rest",
        choices=(
            ("again", "Try again: the provider is asked first what it has; then the rest is spread anew"),
            ("credit", "As store credit, if the customer agrees"),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of them."},
    )
    seen = forms.IntegerField(min_value=0, max_value=2**63 - 1, widget=forms.HiddenInput)


class CodeForm(forms.Form):
    """The code of a store credit, as the customer says or shows it."""

    code = forms.CharField(
        label="Code", max_length=24, error_messages={"required": "Type the code that stands on the credit."}
    )
    use_required_attribute = False


class CreditForm(CodeForm):
    """Taking in store credit.

    Args:
        currency: of the credit.
    """

    amount = AmountField(label="Amount", currency="EUR")
    reference = forms.CharField(label="Reference, from the till", max_length=120, required=False)
    left = forms.IntegerField(min_value=0, max_value=2**63 - 1, widget=forms.HiddenInput)

    def __init__(self, *arguments: Any, currency: str, **settings: Any) -> None:  # noqa: ANN401
        super().__init__(*arguments, **settings)
        self.fields["amount"] = AmountField(
            label="Amount",
            currency=currency,
            error_messages={"required": "Type what the customer pays with it."},
        )
        self.fields["code"].widget = forms.HiddenInput()


class AfterForm(forms.Form):
    """Where the two lists of what is to be handed over begin: by hand, and by itself."""

    after, under = (forms.IntegerField(min_value=0, max_value=2**63 - 1, required=False) for _ in range(2))


class SpanForm(forms.Form):
    """From which day to which; either may be missing."""

    since, until = (
        forms.DateField(
            label=label,
            required=False,
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            error_messages={"invalid": "Give a day like 2026-11-23."},
            validators=[
                MinValueValidator(date(YEARS.start, 1, 1), "That is too long ago."),
                MaxValueValidator(date(YEARS.stop, 1, 1), "That is too far away."),
            ],
        )
        for label in ("From", "To")
    )


class TakeBackForm(WhyForm):
    """Taking something back, whole or in part.

    Args:
        currency: of the amount.
    """

    amount = AmountField(label="Amount", currency="EUR", required=False)
    field_order = ("amount", "why")

    def __init__(self, *arguments: Any, currency: str, **settings: Any) -> None:  # noqa: ANN401
        super().__init__(*arguments, **settings)
        self.fields["amount"] = AmountField(label="Amount", currency=currency, required=False)
