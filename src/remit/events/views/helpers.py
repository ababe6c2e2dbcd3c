"""Helpers of a big day: people without an account, in the plan by name."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from remit.core.form_errors import is_done
from remit.events.access import get_event_for, need_runner
from remit.events.actions import people as actions
from remit.events.forms.people import HelperForm
from remit.events.views.people import people_page
from remit.people.looking import looking
from remit.people.middleware import not_at_the_counter


@require_POST
@not_at_the_counter
def add(request: HttpRequest, number: int) -> HttpResponse:
    """Add one by name."""
    member = looking(request)
    event = get_event_for(member, number)
    place = need_runner(member, event, "add people")
    form = HelperForm(request.POST)

    def act(name: str, skills: list[str]) -> None:
        actions.add_helper(member, number, name=name, skills=skills)

    if is_done(form, act):
        messages.success(request, "They can be planned now.")
        return redirect("events:people", number)
    return people_page(request, event, place, helper=form)


@require_POST
@not_at_the_counter
def erase(request: HttpRequest, number: int, member: str) -> HttpResponse:
    """Erase the name of one, before it goes by itself."""
    actions.erase_helper(looking(request), number, member)
    messages.success(request, "The name is erased. What they did stays, as a helper's.")
    return redirect("events:people", number)
