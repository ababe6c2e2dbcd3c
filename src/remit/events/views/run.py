"""The run sheet, and what is pressed on the day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from remit.core.errors import Changed
from remit.core.sent import is_script, key_in, moment_in, number_in, text_in
from remit.events.access import get_event_for
from remit.events.actions import live
from remit.events.models import Task
from remit.events.queries.sheet import by_person, sheet_of
from remit.events.views.plan import need_day
from remit.events.vocabulary import LATE, LONGEST_TITLE
from remit.people.access import place_in
from remit.people.looking import looking
from remit.people.models import Member
from remit.people.signing_in import local_address

_Act = Callable[[Member, int, live.Pressed], Task]
_BY: Final = {"time": "By time", "person": "By person", "mine": "Mine"}


@require_safe
def run(request: HttpRequest, number: int) -> HttpResponse:
    """The sheet of a day: by time, by person, or mine alone; it looks again by itself on the day."""
    member = looking(request)
    event = get_event_for(member, number)
    need_day(event)
    sheet = sheet_of(event, request.GET.get("day", ""))
    wanted = request.GET.get("by", "")
    by = wanted if wanted in _BY else "time"
    mine = [line for line in sheet.lines if any(each.member_id == member.pk for each in line.people)]
    values = {
        "event": event,
        "sheet": sheet,
        "by": by,
        "sorts": _BY.items(),
        "lines": mine if by == "mine" else sheet.lines,
        "people": by_person(sheet.lines) if by == "person" else [],
        "asked": [
            line for line in sheet.in_need if line.task.help_by_id == member.pk and not line.task.help_words
        ],
        "may_press": place_in(member, event.team).membership is not None and event.is_on,
        "late": [minutes for minutes in LATE if minutes],
        "here": request.get_full_path(),
    }
    return render(request, "events/run.html", values)


@require_POST
def do(request: HttpRequest, number: int) -> HttpResponse:
    """Say that a task is done."""
    return _pressed(request, number, live.do, "Done. Thank you.")


@require_POST
def undo(request: HttpRequest, number: int) -> HttpResponse:
    """Take back that a task is done."""
    return _pressed(request, number, live.undo, "It isn't done, then.")


@require_POST
def late(request: HttpRequest, number: int) -> HttpResponse:
    """Say by how much it will be late."""
    minutes = number_in(request.POST.get("minutes")) or 0

    def act(member: Member, task: int, pressed: live.Pressed) -> Task:
        return live.be_late(member, task, minutes, pressed)

    return _pressed(request, number, act, "Everybody sees it on the sheet.")


@require_POST
def need_help(request: HttpRequest, number: int) -> HttpResponse:
    """Say that help is needed; for what, may follow, as the press comes first."""
    words = text_in(request.POST.get("words"), LONGEST_TITLE)

    def act(member: Member, task: int, pressed: live.Pressed) -> Task:
        return live.need_help(member, task, words, pressed)

    anchor = f"task-{number}" if words else f"for-what-{number}"
    return _pressed(request, number, act, "Whoever leads is told.", anchor=anchor)


@require_POST
def help_came(request: HttpRequest, number: int) -> HttpResponse:
    """Say that help came."""
    return _pressed(request, number, live.help_came, "Good.")


def _pressed(request: HttpRequest, number: int, act: _Act, said: str, *, anchor: str = "") -> HttpResponse:
    """Do it and go back to the line; that somebody was quicker is said there, and is no error.

    A script gets the line, and says itself that what had waited arrived.
    """
    at = anchor or f"task-{number}"
    try:
        pressed = live.Pressed(key_in(request), moment_in(request.POST.get("at")))
        task = act(looking(request), number, pressed)
    except Changed as changed:
        messages.info(request, str(changed))
    else:
        if not request.POST.get("waited"):
            messages.success(request, f"{task.title}: {said}")
    if is_script(request):
        return JsonResponse({"at": at})
    wanted = request.POST.get("next")
    if wanted:
        return redirect(f"{local_address(wanted)}#{at}")
    return redirect("events:events")
