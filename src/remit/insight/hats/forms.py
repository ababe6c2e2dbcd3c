"""What is typed where a hat is left."""

from __future__ import annotations

from typing import Any

from django import forms

from remit.core.why_form import WhyField
from remit.findings.hats import held_for
from remit.findings.vocabulary import Because, Kind


class LeaveForm(forms.Form):
    """Why not now: in a word, which says for how long, and in a sentence.

    Args:
        kind: what asks for the hat.
    """

    because = forms.ChoiceField(
        label="In a word",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one: it says for how long it stays away."},
    )
    why = WhyField("A word why is needed.", label="Why?")

    def __init__(self, *arguments: Any, kind: Kind, **settings: Any) -> None:  # noqa: ANN401
        super().__init__(*arguments, **settings)
        field = self.fields["because"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = [(each.value, f"{each.label}: {_away(kind, each)}") for each in Because]


def _away(kind: Kind, because: Because) -> str:
    """`away for 4 weeks`, or `away for a day`."""
    weeks = held_for(kind, because).days // 7
    return f"away for {weeks} weeks" if weeks else "away for a day"
