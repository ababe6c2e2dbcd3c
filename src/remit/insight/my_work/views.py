"""What my work did: a thin door, for oneself alone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from remit.insight.my_work.looking import my_work
from remit.people.looking import looking
from remit.people.middleware import ones_own


@require_safe
@ones_own
def mine(request: HttpRequest) -> HttpResponse:
    """One's own work of a month, and which objectives moved."""
    page = my_work(looking(request), request.GET.get("month", ""), request.GET.get("page"))
    return render(request, "insight/my_work.html", {"page": page})
