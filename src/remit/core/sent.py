"""What somebody sent with a form."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, QueryDict

_MOST_DIGITS: Final = 18
"""What a database counts to; Python itself reads no number of thousands of digits."""


def number_in(text: str | None) -> int | None:
    """A number as it stands in an address or a form; None for whatever a database can't hold."""
    return int(text) if text and text.isdecimal() and len(text) <= _MOST_DIGITS else None


def text_in(text: str | None, most: int) -> str:
    """What was typed in a line, without what no database keeps; no longer than so many characters."""
    return (text or "").replace("\x00", "").strip()[:most]


def sent_in(request: HttpRequest) -> QueryDict | None:
    """What was sent, for a form; None where the page was only opened. Sent empty is sent, too."""
    return request.POST if request.method == "POST" else None
