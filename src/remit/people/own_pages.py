"""One's own pages on a shared screen: open for some minutes, to whoever typed their PIN once more."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse

from remit.core.clock import now

_OPEN_UNTIL: Final = "own-pages-until"
OPEN_FOR: Final = timedelta(minutes=10)
"""Long enough for a review or a case of practice; untouched, the turn locks itself long before."""


def open_until(request: HttpRequest) -> datetime | None:
    """Until when one's own pages are open in this turn; None where they are closed."""
    until = request.session.get(_OPEN_UNTIL)
    if until is None or float(until) <= now().timestamp():
        return None
    return datetime.fromtimestamp(float(until), UTC)


def open_pages(request: HttpRequest) -> None:
    """Open them in this turn; its end closes them, as its session is gone then."""
    request.session[_OPEN_UNTIL] = (now() + OPEN_FOR).timestamp()


def close_pages(request: HttpRequest) -> None:
    """Close them; the turn goes on."""
    request.session.pop(_OPEN_UNTIL, None)


def forgotten_by_the_browser(response: HttpResponse) -> HttpResponse:
    """An answer after which the browser shows none of the pages before it, however it kept them."""
    response["Clear-Site-Data"] = '"cache"'
    return response
