"""Closing: the reason, and a sentence where it needs one."""

from __future__ import annotations

from django import forms

from remit.complaints.vocabulary import CloseReason
from remit.core.why_form import WhyField

_REASONS = [(each.value, each.label) for each in CloseReason if each != CloseReason.DUPLICATE]


class CloseForm(forms.Form):
    """Why it is closed."""

    reason = forms.ChoiceField(
        label="Why is it closed?",
        choices=_REASONS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why it is closed."},
    )
    why = WhyField(
        label="In a sentence",
        help_text="Needed when it isn't ours to mend, or was taken back. Only the team reads it.",
    )
