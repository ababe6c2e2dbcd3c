"""How errors become pages, and what every page knows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from remit.core.errors import Refusal
from remit_engine.errors import RemitError


def around_every_page(request: HttpRequest) -> dict[str, Any]:
    """Values for every template: whether htmx asks for a part, and whether this is the demo."""
    return {"is_part": is_part(request), "is_demo": settings.DEMO}


def is_part(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of a page rather than the whole."""
    return request.headers.get("HX-Request") == "true" and "HX-Boosted" not in request.headers


class RefusalsAsPages:
    """The one place where errors become pages: what is wrong, and what to do next."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Goes on to the page."""
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A page for an error that a person can mend; others go their way."""
        if not isinstance(error, RemitError):
            return None
        status = error.status if isinstance(error, Refusal) else 400
        return refusal_page(request, error, status)


def refusal_page(request: HttpRequest, error: RemitError, status: int) -> HttpResponse:
    """The page, or for htmx the part, that says what is wrong and what to do next."""
    template = "refusal.html#part" if is_part(request) else "refusal.html"
    return render(request, template, {"error": error, "status": status}, status=status)
