"""A checklist that came: ticked with one thumb, also through a lost connection; let go with a word."""

from __future__ import annotations

import secrets
from functools import partial

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from remit.core.clean_files import PICTURES
from remit.core.clock import now
from remit.core.errors import Gone, Refusal
from remit.core.form_errors import is_done
from remit.core.form_page import UNPROCESSABLE
from remit.core.harmless import harmless
from remit.core.sent import is_script, key_in, moment_in
from remit.core.why_form import WhyForm
from remit.people.access import place_in
from remit.people.looking import looking
from remit.purpose.access import vision_of
from remit.work.access import get_photo_for, get_round_for
from remit.work.actions.photos import clean_photo, keep_photo
from remit.work.actions.rounds import let_go, press
from remit.work.models import Line, Round


@require_safe
def tick(request: HttpRequest, number: int) -> HttpResponse:
    """The list with its large targets."""
    return _page(request, get_round_for(looking(request), number))


def _page(request: HttpRequest, found: Round, form: WhyForm | None = None) -> HttpResponse:
    lines = list(found.lines.select_related("ticked_by").prefetch_related("photos__by"))
    objective = found.checklist.objective
    values = {
        "round": found,
        "lines": [(line, secrets.token_urlsafe(12)) for line in lines],
        "ticked": sum(line.ticked_at is not None for line in lines),
        "is_missed": found.ended_at is None and found.due_at < now(),
        "is_here": place_in(looking(request), found.team).membership is not None,
        "vision": vision_of(found.team) if objective else None,
        "form": form or WhyForm(),
        "accept": PICTURES,
    }
    status = UNPROCESSABLE if form is not None and form.errors else 200
    return render(request, "work/round.html", values, status=status)


@require_POST
def press_line(request: HttpRequest, number: int, place: int) -> HttpResponse:
    """One press; a script gets how the line stands now, a form goes back to the list."""
    sent = request.POST
    try:
        line = press(
            looking(request),
            number,
            place,
            is_on=sent.get("is") == "on",
            key=key_in(request),
            at=moment_in(sent.get("at")),
        )
    except Refusal as error:
        if error.status != Refusal.status or not is_script(request):
            raise
        return _refused(error)
    return _pressed(request, number, line)


@require_POST
def send_photo(request: HttpRequest, number: int, place: int) -> HttpResponse:
    """A photo that shows that a line is done; it ticks the line."""
    member = looking(request)
    get_round_for(member, number)
    try:
        file = clean_photo(request.FILES.getlist("photo"))
        line = keep_photo(
            member, number, place, file, key=key_in(request), at=moment_in(request.POST.get("at"))
        )
    except Refusal as error:
        if error.status != Refusal.status:
            raise
        if is_script(request):
            return _refused(error)
        messages.error(request, str(error))
        return redirect("work:round", number)
    return _pressed(request, number, line)


@require_safe
def photo(request: HttpRequest, number: int) -> FileResponse:
    """A photo of a line."""
    found = get_photo_for(looking(request), number)
    try:
        content = found.file.open("rb")
    except FileNotFoundError:
        raise Gone("file-gone", "This photo isn't there any more.", "Take another one.") from None
    return harmless(content, name=found.name, media_type=found.media_type, as_attachment=False)


def _pressed(request: HttpRequest, number: int, line: Line) -> HttpResponse:
    """How a line stands now: for a script as data, else the list again."""
    if is_script(request):
        return JsonResponse(
            {"on": line.ticked_at is not None, "by": line.ticked_by.name if line.ticked_by else ""}
        )
    response = redirect("work:round", number)
    response["Location"] += f"#line-{line.place}"
    return response


def _refused(error: Refusal) -> JsonResponse:
    """Why it can't be, for a script to say beside the line."""
    return JsonResponse({"said": str(error)}, status=error.status)


@require_POST
def let_it_go(request: HttpRequest, number: int) -> HttpResponse:
    """Let it go, with a word."""
    member = looking(request)
    form = WhyForm(request.POST)
    if is_done(form, partial(let_go, member, number)):
        messages.success(request, "Let go. The word stays with it.")
        return redirect("work:round", number)
    return _page(request, get_round_for(member, number), form)
