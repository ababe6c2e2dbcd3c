"""The list of work that needs a person."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from remit.core.errors import Changed
from remit.jobs.queries import is_nobody_working, stuck
from remit.people.middleware import not_at_the_counter
from remit.people.models import Member
from remit.upkeep.access import stuck_jobs_for
from remit.upkeep.actions import leave, try_again

_A_PAGE: Final = 50


@require_safe
@not_at_the_counter
def needs_a_person(request: HttpRequest) -> HttpResponse:
    """Work that Remit gave up: what it is, what is in the way, and what to do."""
    member = _looking(request)
    jobs = stuck_jobs_for(member)
    values = {
        "stuck": [stuck(job) for job in jobs[:_A_PAGE]],
        "more": max(0, jobs.count() - _A_PAGE),
        "is_nobody_working": is_nobody_working(),
        "is_owner": member.is_owner,
    }
    return render(request, "upkeep/needs_a_person.html", values)


@require_POST
@not_at_the_counter
def again(request: HttpRequest, number: int) -> HttpResponse:
    """Has a piece of work tried again; a second click says that it goes on already."""
    try:
        try_again(_looking(request), number)
    except Changed as error:
        messages.info(request, error.wrong)
    else:
        messages.success(request, "It is tried again now.")
    return redirect("jobs:needs-a-person")


@require_POST
@not_at_the_counter
def left(request: HttpRequest, number: int) -> HttpResponse:
    """Leaves a piece of work undone; a second click says that it went on already."""
    try:
        leave(_looking(request), number)
    except Changed as error:
        messages.info(request, error.wrong)
    else:
        messages.success(request, "It is left as it is. The trail says so.")
    return redirect("jobs:needs-a-person")


def _looking(request: HttpRequest) -> Member:
    assert isinstance(request.user, Member)  # noqa: S101 (the middleware lets nobody else in)
    return request.user
