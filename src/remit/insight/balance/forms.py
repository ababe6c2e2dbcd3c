"""What is typed about a target."""

from __future__ import annotations

from django import forms
from django.http import QueryDict

from remit.core.why_form import WhyField
from remit.insight.balance.queries import Part
from remit.insight.balance.targets import HIGHEST


class TargetForm(forms.Form):
    """Where the team wants a part to be, and why."""

    target = forms.IntegerField(
        label="Target",
        min_value=0,
        max_value=HIGHEST,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": "Which number, from 0 to 100?",
            "invalid": "Type a whole number from 0 to 100.",
            "min_value": "It isn't on the scale: type 0 to 100.",
            "max_value": "It isn't on the scale: type 0 to 100.",
        },
    )
    why = WhyField("A word why is needed: the team reads it.", label="Why so much, and not more or less?")
    after = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    use_required_attribute = False

    def __init__(self, part: Part, sent: QueryDict | None = None) -> None:
        row = part.target_row
        as_it_is = {"target": part.target, "why": row.why if row else "", "after": row.pk if row else 0}
        super().__init__(sent, initial=as_it_is)
