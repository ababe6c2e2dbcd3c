"""What is typed about a link to somebody's calendar."""

from __future__ import annotations

from django import forms

from remit.work.vocabulary import LONGEST_LINK_NAME


class CalendarLinkForm(forms.Form):
    """Where it is used, and what stands in it."""

    use_required_attribute = False
    name = forms.CharField(
        label="Where you use it",
        max_length=LONGEST_LINK_NAME,
        error_messages={"required": "Say where you use it. A word is enough: my phone."},
    )
    has_checklists = forms.BooleanField(label="With the checklists of my teams", required=False, initial=True)
