"""Pages are kept nowhere: not by a proxy, not on the disk of a shared screen after somebody's turn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse

_NOWHERE: Final = "private, no-store"


class KeptNowhere:
    """Says so of every answer that says nothing else; what is the same for everybody is served before it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, with a word about keeping it."""
        response = self._get_response(request)
        response.headers.setdefault("Cache-Control", _NOWHERE)
        return response
