"""Small forms of drafts: beginning one, its text, what the team thinks of it."""

from __future__ import annotations

from typing import Any

from django import forms

from remit.charters.vocabulary import CHECKS
from remit.core.amount_field import AmountField
from remit.core.why_form import LONGEST_WHY, WhyField
from remit_engine.limits import CHARTER_BYTES


class BeginForm(forms.Form):
    """Begin a draft, or say anew what it is called and for."""

    use_required_attribute = False

    name = forms.CharField(label="What it is called", required=False, max_length=120)
    why = WhyField("Say in a sentence what it is for.")


class TextForm(forms.Form):
    """The YAML of a draft."""

    use_required_attribute = False

    text = forms.CharField(
        label="The draft, in YAML",
        max_length=CHARTER_BYTES,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 28, "spellcheck": "false", "class": "code", "wrap": "off"}),
        error_messages={"required": "Write the charter."},
    )


class CommentForm(forms.Form):
    """What somebody thinks of a draft."""

    use_required_attribute = False

    comment = forms.CharField(
        label="What do you think?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say what you think."},
    )
    rule = forms.CharField(max_length=100, required=False, widget=forms.HiddenInput)


class LimitForm(forms.Form):
    """The limit and the level of one rule.

    Args:
        currency: of the amount.
        levels: words that may be chosen.
        needs_limit: whether there has to be one.
    """

    use_required_attribute = False

    def __init__(
        self,
        *arguments: Any,  # noqa: ANN401
        currency: str,
        levels: tuple[tuple[str, str], ...],
        needs_limit: bool = False,
        **settings: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*arguments, **settings)
        self.fields["level"] = forms.ChoiceField(label="Level", choices=levels)
        self.fields["limit"] = AmountField(
            currency=currency,
            label="Amount",
            required=needs_limit,
            error_messages={"required": "Give an amount."},
        )


class PublishDraftForm(forms.Form):
    """Publishing a draft: why, from when on, and whether it is a trial."""

    use_required_attribute = False

    why = WhyField("Say in a sentence what the change is for.")
    starts_on = forms.DateField(
        label="From",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    trial_until = forms.DateField(
        label="A trial until",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    question = forms.CharField(
        label="What should it answer?",
        required=False,
        max_length=LONGEST_WHY,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ChecksForm(forms.Form):
    """Checks that a charter has to pass."""

    checks = forms.MultipleChoiceField(
        label="Binding checks",
        required=False,
        choices=list(CHECKS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
