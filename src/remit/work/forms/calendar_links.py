"""What is typed about a link to somebody's calendar."""

from __future__ import annotations

import secrets
from typing import Final

from django import forms

from remit.work.vocabulary import LONGEST_LINK_NAME

_LONGEST_STAMP: Final = 64


def _new_stamp() -> str:
    return secrets.token_urlsafe(16)


class CalendarLinkForm(forms.Form):
    """Where it is used, and what stands in it."""

    use_required_attribute = False
    stamp = forms.CharField(
        max_length=_LONGEST_STAMP,
        widget=forms.HiddenInput,
        initial=_new_stamp,
        error_messages={"required": "Reload the page, and make it again."},
    )
    name = forms.CharField(
        label="Where you use it",
        max_length=LONGEST_LINK_NAME,
        error_messages={"required": "Say where you use it. A word is enough: my phone."},
    )
    has_checklists = forms.BooleanField(label="With the checklists of my teams", required=False, initial=True)
