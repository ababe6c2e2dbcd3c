"""What somebody sent with a form."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from django.http import HttpRequest, QueryDict

_MOST_DIGITS: Final = 18
"""What a database counts to; Python itself reads no number of thousands of digits."""
_LONGEST_KEY: Final = 64
_YEAR_3000: Final = 32_503_680_000_000


def number_in(text: str | None) -> int | None:
    """A number as it stands in an address or a form; None for whatever a database can't hold."""
    return int(text) if text and text.isdecimal() and len(text) <= _MOST_DIGITS else None


def text_in(text: str | None, most: int) -> str:
    """What was typed in a line, without what no database keeps; no longer than so many characters."""
    return (text or "").replace("\x00", "").strip()[:most]


def key_in(request: HttpRequest) -> str:
    """The mark that a script made up for a press; "" where there is none."""
    sent = request.POST.get("key", "")
    return "".join(letter for letter in sent if letter.isprintable())[:_LONGEST_KEY]


def moment_in(text: str | None) -> datetime | None:
    """A moment in milliseconds, as browsers count them; None for whatever is none."""
    number = number_in(text)
    if number is None or number > _YEAR_3000:
        return None
    return datetime.fromtimestamp(number / 1000, UTC)


def is_script(request: HttpRequest) -> bool:
    """Whether a script of a page sent it, which reads an answer itself."""
    return request.headers.get("Accept") == "application/json"


def sent_in(request: HttpRequest) -> QueryDict | None:
    """What was sent, for a form; None where the page was only opened. Sent empty is sent, too."""
    return request.POST if request.method == "POST" else None
