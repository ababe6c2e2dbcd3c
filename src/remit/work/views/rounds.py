"""A checklist that came: ticked with one thumb, also through a lost connection; let go with a word."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from remit.core.clock import now
from remit.core.form_errors import is_done
from remit.core.sent import number_in
from remit.core.why_form import WhyForm
from remit.people.access import place_in
from remit.people.looking import looking
from remit.purpose.access import vision_of
from remit.work.access import get_round_for
from remit.work.actions.rounds import let_go, press
from remit.work.models import Round

_LONGEST_KEY = 64


@require_safe
def tick(request: HttpRequest, number: int) -> HttpResponse:
    """The list with its large targets."""
    return _page(request, get_round_for(looking(request), number))


def _page(request: HttpRequest, found: Round, form: WhyForm | None = None) -> HttpResponse:
    lines = list(found.lines.select_related("ticked_by"))
    objective = found.checklist.objective
    values = {
        "round": found,
        "lines": [(line, secrets.token_urlsafe(12)) for line in lines],
        "ticked": sum(line.ticked_at is not None for line in lines),
        "is_missed": found.ended_at is None and found.due_at < now(),
        "is_here": place_in(looking(request), found.team).membership is not None,
        "vision": vision_of(found.team) if objective else None,
        "form": form or WhyForm(),
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "work/round.html", values, status=status)


@require_POST
def press_line(request: HttpRequest, number: int, place: int) -> HttpResponse:
    """One press; a script gets how the line stands now, a form goes back to the list."""
    sent = request.POST
    line = press(
        looking(request),
        number,
        place,
        is_on=sent.get("is") == "on",
        key="".join(letter for letter in sent.get("key", "") if letter.isprintable())[:_LONGEST_KEY],
        at=_moment(sent.get("at")),
    )
    if request.headers.get("Accept") == "application/json":
        return JsonResponse(
            {"on": line.ticked_at is not None, "by": line.ticked_by.name if line.ticked_by else ""}
        )
    response = redirect("work:round", number)
    response["Location"] += f"#line-{place}"
    return response


@require_POST
def let_it_go(request: HttpRequest, number: int) -> HttpResponse:
    """Let it go, with a word."""
    member = looking(request)
    form = WhyForm(request.POST)
    if is_done(form, partial(let_go, member, number)):
        messages.success(request, "Let go. The word stays with it.")
        return redirect("work:round", number)
    return _page(request, get_round_for(member, number), form)


def _moment(text: str | None) -> datetime | None:
    """A moment in milliseconds, as browsers count them; None for whatever is none."""
    number = number_in(text)
    if number is None or number > 32_503_680_000_000:  # noqa: PLR2004 (the year 3000)
        return None
    return datetime.fromtimestamp(number / 1000, UTC)
