"""Who is looking: every page but the open ones needs a member."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from remit.core.clock import now
from remit.core.errors import NotAllowed
from remit.core.pages import is_part, refusal_page
from remit.people.actions.beginning import is_new
from remit.people.browsers import remember_browser
from remit.people.counter_turn import device_in, is_over, is_turn, touch
from remit.people.own_pages import open_until
from remit.people.signing_in import note_seen, sign_out

ViewFunction = Callable[..., HttpResponseBase]
_SAFE = ("GET", "HEAD")
_UNKNOWN = 401
_WITHOUT_FACTOR = frozenset(
    f"people:{name}"
    for name in (
        "safety", "app", "codes", "new-passkey", "keep-passkey",
        "sign-in", "sign-out", "everywhere", "elsewhere", "browser",
    )
)  # fmt: skip
"""What is open to somebody whose days for a second factor are over."""


def open_to_everybody(view: ViewFunction) -> ViewFunction:
    """Marks a view that needs no sign-in: the customer's page, the form, the ways in."""
    view.is_open = True  # type: ignore[attr-defined]
    return view


def not_at_the_counter(view: ViewFunction) -> ViewFunction:
    """Marks a view that can't be reached from a counter device: settings, people, the charter's desk."""
    view.is_at_the_counter = False  # type: ignore[attr-defined]
    return view


def ones_own(view: ViewFunction) -> ViewFunction:
    """Marks a view of what is somebody's alone: open at a counter device for some minutes, after the PIN."""
    view.is_at_the_counter = False  # type: ignore[attr-defined]
    view.is_ones_own = True  # type: ignore[attr-defined]
    return view


def at_the_counter(view: ViewFunction) -> ViewFunction:
    """Marks a view of the people that a counter device needs; all the others there are closed to it."""
    view.is_at_the_counter = True  # type: ignore[attr-defined]
    return view


class SignedInMember:
    """Sends whoever isn't signed in to the door, and back afterwards."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Goes on to the page; before the first run, an address that leads nowhere leads there too."""
        response = self._get_response(request)
        remember_browser(request, response)
        if response.status_code == 404 and not request.user.is_authenticated and is_new():  # noqa: PLR2004
            return redirect("people:welcome")
        return response

    def process_view(
        self,
        request: HttpRequest,
        view: ViewFunction,
        _args: object,
        _kwargs: object,
    ) -> HttpResponse | None:
        """Stops at the door where nobody is signed in and the view isn't open, or a turn is over."""
        if not request.user.is_authenticated:
            return _of_nobody(request, view)
        if not is_turn(request):
            note_seen(request)
            return _unsafe(request)
        if is_over(request):
            sign_out(request)
            messages.info(request, "The screen locked itself. Choose your name to go on.")
            return _to_the_counter(request)
        if not is_part(request):
            touch(request)  # what a page fetches or says by itself is no touch
        if _is_for_the_counter(request, view):
            return None
        if not getattr(view, "is_ones_own", False):
            return refusal_page(request, _closed_here(), NotAllowed.status)
        return None if open_until(request) is not None else _asks_again(request)


def _unsafe(request: HttpRequest) -> HttpResponse | None:
    """Who needs a second factor, and had their days for it, sets one up before all else."""
    due = getattr(request.user, "factor_due_at", None)
    match = request.resolver_match
    if due is None or due > now() or (match is not None and match.view_name in _WITHOUT_FACTOR):
        return None
    if is_part(request):
        return refusal_page(request, _needs_factor(), NotAllowed.status)
    return redirect("people:safety")


def _needs_factor() -> NotAllowed:
    return NotAllowed("needs-factor", "Set up a second factor first.", "You do it on your page.")


def _of_nobody(request: HttpRequest, view: ViewFunction) -> HttpResponse | None:
    match = request.resolver_match
    is_way_in = match is not None and match.app_name == "people"
    if getattr(view, "is_open", False) and not is_way_in:
        return None
    if match is not None and match.view_name != "people:welcome" and is_new():
        return redirect("people:welcome")
    if getattr(view, "is_open", False):
        return None
    if device_in(request) is not None:
        return _to_the_counter(request)
    return _to_the_door(request)


def _to_the_door(request: HttpRequest) -> HttpResponse:
    if is_part(request):
        return refusal_page(request, _signed_out(), _UNKNOWN)
    if request.method in _SAFE:
        return redirect_to_login(request.get_full_path())
    messages.info(request, "You were signed out meanwhile, so nothing was sent. Sign in, and send it again.")
    return redirect_to_login(_where_it_was_filled(request))


def _where_it_was_filled(request: HttpRequest) -> str:
    """The page whose form was sent: the address of the form may show nothing by itself."""
    came_from = urlsplit(request.headers.get("Referer", ""))
    if came_from.netloc != request.get_host():
        return "/"
    return f"{came_from.path}?{came_from.query}" if came_from.query else came_from.path


def _to_the_counter(request: HttpRequest) -> HttpResponse:
    address = reverse("people:counter")
    if request.method in _SAFE and not is_part(request) and request.path != "/":
        address = f"{address}?{urlencode({'next': request.get_full_path()})}"
    if is_part(request):
        response = HttpResponse(status=204)
        response["HX-Redirect"] = address
        return response
    return redirect(address)


def _is_for_the_counter(request: HttpRequest, view: ViewFunction) -> bool:
    match = request.resolver_match
    is_of_people = match is not None and match.app_name == "people"
    return bool(getattr(view, "is_at_the_counter", not is_of_people))


def _asks_again(request: HttpRequest) -> HttpResponse:
    """Asks for the PIN before somebody's own page; what a form sent meanwhile isn't done, and it says so."""
    if request.method in _SAFE and not is_part(request):
        return redirect(f"{reverse('people:own-pages')}?{urlencode({'next': request.get_full_path()})}")
    return refusal_page(request, _own_pages_closed(), NotAllowed.status)


def _own_pages_closed() -> NotAllowed:
    return NotAllowed(
        "own-pages-closed",
        "Your own pages are closed on this screen by now, so nothing was sent.",
        "Go back, and copy what you typed. Then open the page again: it asks for your PIN.",
    )


def _signed_out() -> NotAllowed:
    return NotAllowed("signed-out", "You were signed out meanwhile.", "Reload this page, and sign in again.")


def _closed_here() -> NotAllowed:
    return NotAllowed(
        "not-at-the-counter",
        "This page isn't for the shared screen.",
        "Sign in on your own phone or computer to see it. Your own reviews, growth and practice "
        "open here, too, with your PIN.",
    )
