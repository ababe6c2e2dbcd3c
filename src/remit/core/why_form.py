"""The form of an act that wants nothing but a word why, and the first field of those that want more."""

from __future__ import annotations

from django import forms


class WhyForm(forms.Form):
    """A word why."""

    why = forms.CharField(
        label="Why?",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        error_messages={"required": "A word why is needed."},
    )
