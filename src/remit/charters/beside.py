"""Pages of higher layers that belong beside a draft: found by the name of their address, once there."""

from __future__ import annotations

from typing import Final

from django.urls import NoReverseMatch, reverse

from remit.charters.models import Draft

WHAT_IF: Final = "insight:what_if"
"""Where a draft is replayed over what was decided; takes the number of the draft."""


def what_if_of(draft: Draft) -> str:
    """The address where it stands what a draft would have changed; "" while there is none."""
    return _address(WHAT_IF, draft.pk)


def _address(name: str, *words: object) -> str:
    try:
        return reverse(name, args=words)
    except NoReverseMatch:
        return ""
