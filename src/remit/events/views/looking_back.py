"""The look back at a big day, and authority lent for it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from remit.charters.in_force import charter_of
from remit.core.clock import now
from remit.core.form_errors import is_done
from remit.core.form_page import form_page
from remit.core.sent import sent_in
from remit.events.access import get_event_for
from remit.events.actions import looking_back as actions
from remit.events.actions.authority import lend_for
from remit.events.forms.around import LendForm, LessonForm
from remit.events.views.events import FORM, event_page, who_else
from remit.events.views.plan import need_day
from remit.events.vocabulary import Kept
from remit.people.access import members_for, place_in
from remit.people.looking import looking
from remit.people.middleware import not_at_the_counter
from remit.people.models import Member


@require_http_methods(FORM)
def look_back(request: HttpRequest, number: int) -> HttpResponse:
    """What is kept, what is changed, and thanks."""
    member = looking(request)
    event = get_event_for(member, number)
    need_day(event)
    place = place_in(member, event.team)
    form = LessonForm(members_for(place), sent_in(request))

    def act(kind: str, text: str, to: object) -> None:
        word = to.word if to else ""  # type: ignore[attr-defined]  # a member that the form found
        actions.add_lesson(member, number, kind=Kept(kind), text=text, to=word)

    if is_done(form, act):
        return redirect("events:look-back", number)
    lessons = list(event.lessons.select_related("by", "to"))
    values = {
        "event": event,
        "kinds": [(kind.label, kind.value, [each for each in lessons if each.kind == kind]) for kind in Kept],
        "form": form,
        "is_here": place.membership is not None,
        "has_begun": event.starts_at is not None and event.starts_at <= now(),
    }
    return form_page(request, "events/look_back.html", values, form)


@require_POST
def make_task(request: HttpRequest, number: int, lesson: int) -> HttpResponse:
    """Make a task of it."""
    row = actions.make_task_of(looking(request), number, lesson)
    messages.success(request, "A task of it is free to take.")
    return redirect("events:look-back", row.event_id)


@require_POST
def propose(request: HttpRequest, number: int, lesson: int) -> HttpResponse:
    """Begin a procedure with it."""
    row = actions.propose(looking(request), number, lesson)
    return redirect("procedures:draft", row.draft_id)


@require_POST
@not_at_the_counter
def lend(request: HttpRequest, number: int) -> HttpResponse:
    """Lend one's authority for the day."""
    member = looking(request)
    event = get_event_for(member, number)
    form = LendForm(
        who_else(place_in(member, event.team), event), charter_of(event.team).compiled.charter, request.POST
    )

    def act(receivers: QuerySet[Member], **part: Any) -> None:  # noqa: ANN401 (what was typed)
        lend_for(member, number, to=[each.word for each in receivers], **part)

    if is_done(form, act):
        messages.success(request, "Lent for the day: they are told, and it ends with it.")
        return redirect("events:event", number)
    return event_page(request, event, lending=form)
