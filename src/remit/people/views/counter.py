"""The counter device: names to tap, a PIN, and back again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from remit.core.errors import NotThere, Refusal
from remit.core.form_errors import say_in
from remit.core.form_page import UNPROCESSABLE
from remit.core.sent import sent_in
from remit.people.access import get_place_for, need_rank
from remit.people.actions.counter import end_counter_device, make_counter_device
from remit.people.actions.pins import check_pin, waits_until
from remit.people.counter_turn import device_in, forget_device, is_turn, remember_device
from remit.people.forms.team import CounterForm
from remit.people.forms.ways_in import PinForm
from remit.people.looking import looking
from remit.people.middleware import at_the_counter, open_to_everybody
from remit.people.models import CounterDevice
from remit.people.own_pages import forgotten_by_the_browser, open_until
from remit.people.queries import at_the_counter as people_at
from remit.people.queries import counter_devices, guesses_on
from remit.people.signing_in import local_address, sign_in, sign_out
from remit.people.views.answering import answer, done, status_of
from remit.people.vocabulary import Rank


@at_the_counter
@open_to_everybody
@never_cache
@require_http_methods(["GET"])
def counter(request: HttpRequest) -> HttpResponse:
    """The names of the team, those on duty first; whoever has their turn goes on."""
    device = device_in(request)
    if device is None:
        response = redirect("people:sign-in")
        forget_device(response)
        return response
    after = local_address(request.GET.get("next"))
    if request.user.is_authenticated and is_turn(request):
        return redirect(after)
    values = {"device": device, "people": people_at(device), "next": after}
    return answer(request, "ways_in/counter.html", values)


@at_the_counter
@open_to_everybody
@never_cache
@sensitive_post_parameters("pin")
@require_http_methods(["GET", "POST"])
def turn(request: HttpRequest, number: int) -> HttpResponse:
    """Asks for a member's PIN, and gives them their turn."""
    device = _device(request)
    chosen = next((each for each in people_at(device) if each.membership.pk == number), None)
    if chosen is None:
        raise NotThere("member")
    after = local_address(request.POST.get("next") or request.GET.get("next"))
    form = PinForm(sent_in(request))
    status = 200
    if form.is_valid():
        try:
            check_pin(device, chosen.membership, form.cleaned_data["pin"])
        except Refusal as error:
            say_in(form, error)
            status = error.status if error.status != Refusal.status else UNPROCESSABLE
        else:
            sign_in(request, chosen.membership.member, "pin", device)
            return redirect(after)
    guesses = guesses_on(device).get(number)
    values = {
        "device": device,
        "chosen": chosen,
        "form": form,
        "next": after,
        "waits_until": waits_until(guesses) if guesses else None,
    }
    return answer(request, "ways_in/turn.html", values, status=max(status, status_of(form)))


def _device(request: HttpRequest) -> CounterDevice:
    device = device_in(request)
    if device is None:
        raise NotThere("counter device")
    return device


@at_the_counter
@open_to_everybody
@require_POST
def hand_back(request: HttpRequest) -> HttpResponse:
    """Ends a turn."""
    to_the_names = redirect("people:counter")
    if request.user.is_authenticated and is_turn(request):
        was_open = open_until(request) is not None
        sign_out(request)
        return forgotten_by_the_browser(to_the_names) if was_open else to_the_names
    return to_the_names


@at_the_counter
@require_POST
def touched(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (the middleware has counted the touch)
    """A touch of the screen that opened no page: the turn goes on."""
    return HttpResponse(status=204)


@require_http_methods(["GET", "POST"])
def devices(request: HttpRequest, team: str) -> HttpResponse:
    """The counter devices of a team; makes this browser one, and signs the manager out of it."""
    place = get_place_for(looking(request), team)
    need_rank(place, Rank.MANAGER, "set up a counter device")
    form = CounterForm(sent_in(request))
    if form.is_valid():
        said = form.cleaned_data
        made = make_counter_device(place, said["name"], said["locks_after_seconds"])
        sign_out(request)
        messages.success(request, f"This is the shared screen of {place.team} now. You are signed out here.")
        response = redirect("people:counter")
        remember_device(response, made.secret)
        return response
    values = {"place": place, "form": form, "devices": counter_devices(place)}
    return answer(request, "team/counter_devices.html", values, status=status_of(form))


@require_POST
def end_device(request: HttpRequest, team: str, number: int) -> HttpResponse:
    """Ends a counter device from afar."""
    end_counter_device(get_place_for(looking(request), team), number)
    return done(request, "That screen is nobody's any more.", "people:counter-devices", team)
