"""One's own pages on a shared screen: opened with the PIN, closed by a press."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from remit.core.errors import NotThere, Refusal
from remit.core.form_errors import say_in
from remit.core.form_page import UNPROCESSABLE
from remit.core.sent import sent_in
from remit.people.actions.pins import open_own_pages, waits_until
from remit.people.counter_turn import device_in, is_turn
from remit.people.forms.ways_in import PinForm
from remit.people.looking import looking
from remit.people.middleware import at_the_counter
from remit.people.own_pages import OPEN_FOR, close_pages, forgotten_by_the_browser, open_pages, open_until
from remit.people.queries import guesses_on
from remit.people.signing_in import local_address
from remit.people.views.answering import answer, status_of


@at_the_counter
@never_cache
@sensitive_post_parameters("pin")
@require_http_methods(["GET", "POST"])
def own_pages(request: HttpRequest) -> HttpResponse:
    """Asks for the PIN once more; then reviews, growth and practice of whose turn it is are open."""
    member, device = looking(request), device_in(request)
    after = local_address(request.POST.get("next") or request.GET.get("next"))
    if device is None or not is_turn(request):
        return redirect(after)  # on a device of one's own they are open anyway
    membership = member.memberships.filter(team=device.team, until=None).select_related("member").first()
    if membership is None:
        raise NotThere("member")
    if open_until(request) is not None and request.method == "GET":
        return redirect(after)
    form = PinForm(sent_in(request))
    status = 200
    if form.is_valid():
        try:
            open_own_pages(device, membership, form.cleaned_data["pin"])
        except Refusal as error:
            say_in(form, error)
            status = error.status if error.status != Refusal.status else UNPROCESSABLE
        else:
            open_pages(request)
            return redirect(after)
    guesses = guesses_on(device).get(membership.pk)
    values = {
        "device": device,
        "form": form,
        "next": after,
        "minutes": OPEN_FOR.seconds // 60,
        "waits_until": waits_until(guesses) if guesses else None,
    }
    return answer(request, "ways_in/own_pages.html", values, status=max(status, status_of(form)))


@at_the_counter
@require_POST
def close_own_pages(request: HttpRequest) -> HttpResponse:
    """Closes them by one press; the turn goes on at the desk."""
    close_pages(request)
    return forgotten_by_the_browser(redirect("today:today"))
