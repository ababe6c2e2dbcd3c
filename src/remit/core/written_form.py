"""A form in which something is written down or changed: good once, and of the revision that was seen."""

from __future__ import annotations

import secrets
from typing import Final

from django import forms

_LONGEST_STAMP: Final = 64


class WrittenForm(forms.Form):
    """What makes a second click harmless, and two people at once lose nothing.

    `stamp` is good once: sent a second time it writes nothing down. `revision` is that of what was seen, and
    empty for something new.
    """

    stamp = forms.CharField(max_length=_LONGEST_STAMP, widget=forms.HiddenInput)
    revision = forms.IntegerField(required=False, min_value=1, max_value=1_000_000, widget=forms.HiddenInput)
    use_required_attribute = False


def fresh_stamp() -> str:
    """A stamp that no form had before."""
    return secrets.token_urlsafe(16)
