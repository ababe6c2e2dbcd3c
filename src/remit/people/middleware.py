"""Who is looking: every page but the open ones needs a member."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

ViewFunction = Callable[..., HttpResponse]


def open_to_everybody(view: ViewFunction) -> ViewFunction:
    """Marks a view that needs no sign-in: the customer's page, the form, the ways in."""
    view.is_open = True  # type: ignore[attr-defined]
    return view


class SignedInMember:
    """Sends whoever isn't signed in to the door, and back afterwards."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Goes on to the page."""
        return self._get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: ViewFunction,
        _args: object,
        _kwargs: object,
    ) -> HttpResponse | None:
        """Stops at the door where nobody is signed in and the view isn't open."""
        if request.user.is_authenticated or getattr(view, "is_open", False):
            return None
        return redirect_to_login(request.get_full_path())
