"""How errors become pages, and what every page knows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from remit.core.errors import NotAllowed, NotThere, Refusal
from remit_engine.errors import RemitError

_NO_PAGE = 405


def around_every_page(request: HttpRequest) -> dict[str, Any]:
    """Values for every template: whether htmx asks for a part, and whether this is the demo."""
    return {"is_part": is_part(request), "is_demo": settings.DEMO}


def is_part(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of a page rather than the whole."""
    headers = request.headers
    if headers.get("HX-Request") != "true" or headers.get("HX-Request-Type") == "full":
        return False
    return "HX-Boosted" not in headers and "HX-History-Restore-Request" not in headers


def address_of(request: HttpRequest, path: str) -> str:
    """Where a page is reached from outside: by the address that was set, or by that of this request."""
    return f"{settings.ADDRESS}{path}" if settings.ADDRESS else request.build_absolute_uri(path)


class RefusalsAsPages:
    """The one place where errors become pages: what is wrong, and what to do next."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Goes on to the page; an address that only takes forms shows words rather than nothing."""
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return refusal_page(request, NotThere(), NotThere.status)  # PostgreSQL can't even be asked for it
        response = self._get_response(request)
        if response.status_code == _NO_PAGE and request.method == "GET" and not response.content:
            page = refusal_page(request, _only_takes_forms(), _NO_PAGE)
            page["Allow"] = response["Allow"]
            return page
        return response

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


def _only_takes_forms() -> Refusal:
    return Refusal(
        "only-takes-forms",
        "There is no page at this address: it only takes what a form sends.",
        "Go back to where you were. Nothing was sent.",
    )


def not_there(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 (Django names it)
    """The page for an address that leads nowhere."""
    return refusal_page(request, NotThere(), 404)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """The page for what Django itself refuses."""
    error = NotAllowed("not-allowed", "That isn't yours to do.", "Ask a lead or a manager of your team.")
    return refusal_page(request, error, 403)


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 (Django names it)
    """The page for a form whose token doesn't fit: it was open for long, or somebody signed in meanwhile."""
    error = NotAllowed(
        "form-too-old",
        "This form was open for too long, so nothing was sent.",
        "Go back, reload the page and send it again. Copy what you typed first.",
    )
    return refusal_page(request, error, 403)
