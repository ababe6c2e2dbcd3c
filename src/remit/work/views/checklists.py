"""Checklists: what is there now, what they say, and writing one."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from remit.core.clock import now
from remit.core.form_errors import is_done
from remit.core.form_page import UNPROCESSABLE
from remit.core.paging import paged
from remit.core.sent import number_in, sent_in
from remit.people.access import Place, get_place_for, need_rank, place_in, teams_led_by
from remit.people.looking import looking
from remit.people.middleware import not_at_the_counter
from remit.people.vocabulary import Rank
from remit.procedures.access import Seen
from remit.purpose.access import vision_of
from remit.work.access import (
    checklists_for,
    closed_days_of,
    get_checklist_for,
    get_procedure_of,
    open_rounds,
)
from remit.work.actions.checklists import (
    change_checklist,
    follow_procedure,
    make_checklist,
    stop_checklist,
)
from remit.work.facts import calendar_of, stretch_of
from remit.work.following import followed
from remit.work.forms.checklists import ChecklistForm
from remit.work.models import Checklist, ClosedDays
from remit_engine.recurrence.calendar import Calendar
from remit_engine.recurrence.words import in_words

_FORM = ["GET", "POST"]
_AHEAD: Final = 3
"""Times to come that a page names."""
_LONGEST_NAMED: Final = 100
"""Days ahead for which it names on which of them the team is closed."""


@require_safe
def checklists(request: HttpRequest) -> HttpResponse:
    """What is there to be ticked, what was missed, and all that come back."""
    member = looking(request)
    rows = paged(checklists_for(member).filter(stopped_at=None), request.GET.get("page"))
    values = {
        "rounds": paged(open_rounds(member), request.GET.get("now")),
        "checklists": [(each, in_words(each.recurrence)) for each in rows],
        "paged": rows,
        "teams": list(teams_led_by(member)),
        "moment": now(),
    }
    return render(request, "work/checklists.html", values)


@require_safe
def checklist(request: HttpRequest, number: int) -> HttpResponse:
    """What a checklist says, when it comes next, and how it went."""
    member = looking(request)
    found = get_checklist_for(member, number)
    place = place_in(member, found.team)
    rows = list(closed_days_of(place))
    calendar = calendar_of(found.team, rows)
    ahead = _ahead(found, calendar)
    values = {
        "checklist": found,
        "items": found.items.all(),
        "when": in_words(found.recurrence),
        "ahead": ahead,
        "closed": _meanwhile(rows, ahead, calendar),
        "rounds": paged(found.rounds.select_related("let_go_by"), request.GET.get("page")),
        "vision": vision_of(found.team) if found.objective else None,
        "is_lead": place.is_lead,
        "follows": followed(found) if found.is_behind and found.stopped_at is None else None,
        "moment": now(),
    }
    return render(request, "work/checklist.html", values)


@require_http_methods(_FORM)
@not_at_the_counter
def new(request: HttpRequest, team: str) -> HttpResponse:
    """Write a checklist."""
    place = get_place_for(looking(request), team)
    need_rank(place, Rank.LEAD, "write a checklist")
    number = number_in(request.GET.get("procedure"))
    made_from = get_procedure_of(place, number) if number else None
    form = ChecklistForm(place, sent_in(request), made_from=made_from)
    made: list[Checklist] = []

    def write_down(stamp: str, **_: object) -> None:
        made.append(make_checklist(place, form.words, stamp=stamp))

    if is_done(form, write_down):
        return redirect("work:checklist", made[0].pk)
    return _form_page(request, place, form, None, made_from)


@require_http_methods(_FORM)
@not_at_the_counter
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Change what a checklist says."""
    member = looking(request)
    found = get_checklist_for(member, number)
    place = place_in(member, found.team)
    need_rank(place, Rank.LEAD, "change a checklist")
    form = ChecklistForm(place, sent_in(request), checklist=found)

    def write_down(revision: int | None, **_: object) -> None:
        change_checklist(member, number, form.words, revision=revision or 0)

    if is_done(form, write_down):
        return redirect("work:checklist", number)
    return _form_page(request, place, form, found)


@require_POST
@not_at_the_counter
def follow(request: HttpRequest, number: int) -> HttpResponse:
    """Take over what changed in its procedure."""
    follow_procedure(looking(request), number, revision=number_in(request.POST.get("revision")) or 0)
    messages.success(request, "Taken over. It holds from the next time on.")
    return redirect("work:checklist", number)


@require_POST
@not_at_the_counter
def stop(request: HttpRequest, number: int) -> HttpResponse:
    """Stop a checklist."""
    stop_checklist(looking(request), number)
    messages.success(request, "It doesn't come any more. What came stays.")
    return redirect("work:checklist", number)


def _ahead(checklist: Checklist, calendar: Calendar) -> list[datetime]:
    found: list[datetime] = []
    moment = checklist.next_at
    while moment is not None and len(found) < _AHEAD:
        found.append(moment)
        moment = checklist.recurrence.next_after(moment, calendar)
    return found


def _meanwhile(rows: list[ClosedDays], ahead: list[datetime], calendar: Calendar) -> list[ClosedDays]:
    """The closed days between now and the last time that is named, the first few months of them."""
    begin = calendar.day_of(now())
    many = min((calendar.day_of(ahead[-1]) - begin).days + 1, _LONGEST_NAMED) if ahead else 0
    days = [begin + timedelta(days=each) for each in range(many)]
    return [row for row in rows if any(day in stretch_of(row) for day in days)]


def _form_page(
    request: HttpRequest,
    place: Place,
    form: ChecklistForm,
    checklist: Checklist | None,
    made_from: Seen | None = None,
) -> HttpResponse:
    values = {"place": place, "form": form, "checklist": checklist, "made_from": made_from}
    status = UNPROCESSABLE if form.is_bound and form.errors else 200
    return render(request, "work/checklist_form.html", values, status=status)
