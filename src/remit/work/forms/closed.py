"""What is typed about days on which a team is closed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from remit.core.why_form import WhyField
from remit.work.vocabulary import LONGEST_WORDS


def _day(label: str, *, is_required: bool, missing: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=is_required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": missing, "invalid": "That isn't a day."},
    )


class ClosedForm(forms.Form):
    """From which day to which one, and why."""

    use_required_attribute = False
    first = _day("From", is_required=True, missing="The day is missing.")
    last = _day("To", is_required=False)
    why = WhyField("A word why is needed.", longest=LONGEST_WORDS, rows=1)
    is_yearly = forms.BooleanField(label="The same days every year", required=False)

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last one."""
        typed: dict[str, Any] = self.cleaned_data
        return typed["first"], typed["last"] or typed["first"]
