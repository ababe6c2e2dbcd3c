"""The briefing of a big day."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from remit.core.errors import NotThere
from remit.core.form_errors import is_done
from remit.core.form_page import UNPROCESSABLE
from remit.events.access import get_event_for, is_runner, need_runner
from remit.events.actions import briefing as actions
from remit.events.forms.around import AnswerForm, BriefingForm, FloorForm, PointForm, QuestionForm
from remit.events.models import Event
from remit.events.queries.floor import suggested, who_is_here
from remit.events.views.plan import need_day
from remit.people.access import place_in
from remit.people.looking import looking
from remit.people.middleware import not_at_the_counter
from remit.people.models import Membership


@require_safe
def briefing(request: HttpRequest, number: int) -> HttpResponse:
    """The why in one line, the agenda and whose floor each point is, and what was asked before."""
    return _page(request, get_event_for(looking(request), number))


@require_POST
@not_at_the_counter
def set_time(request: HttpRequest, number: int) -> HttpResponse:
    """Say when it is talked through."""
    event = _run(request, number)
    form = BriefingForm(event, request.POST)

    def act(**_: object) -> None:
        actions.set_time(looking(request), number, form.moment)

    if is_done(form, act):
        return redirect("events:briefing", number)
    return _page(request, event, when=form)


@require_POST
@not_at_the_counter
def add_point(request: HttpRequest, number: int) -> HttpResponse:
    """Add a point to the agenda."""
    event = _run(request, number)
    form = PointForm(list(event.tasks.values_list("pk", "title")), request.POST)

    def act(title: str, minutes: int, task: int | None) -> None:
        actions.add_point(looking(request), number, title=title, minutes=minutes, task=task)

    if is_done(form, act):
        return redirect("events:briefing", number)
    return _page(request, event, point=form)


@require_POST
def set_point(request: HttpRequest, number: int, point: int) -> HttpResponse:
    """Say whose floor a point is, and what was said; or take it out."""
    member = looking(request)
    event = get_event_for(member, number)
    if request.POST.get("remove"):
        actions.remove_point(member, number, point)
        return redirect("events:briefing", number)
    row = event.points.select_related("speaker").filter(pk=point).first()
    if row is None:
        raise NotThere("point")
    if row.speaker_id != member.pk:
        need_runner(member, event, "change the briefing")
    here = who_is_here(event, place_in(member, event.team))
    form = FloorForm(row, _names(here), request.POST)

    def act(speaker: str, words: str, revision: int | None) -> None:
        actions.set_point(member, number, point, speaker=speaker, words=words, revision=revision or 0)

    if is_done(form, act):
        return redirect("events:briefing", number)
    return _page(request, event, wrong={point: form})


@require_POST
def ask(request: HttpRequest, number: int) -> HttpResponse:
    """Ask something beforehand."""
    member = looking(request)
    event = get_event_for(member, number)
    form = QuestionForm(request.POST, auto_id="id_question_%s")

    def act(text: str) -> None:
        actions.ask(member, number, text)

    if is_done(form, act):
        messages.success(request, "It is there for the briefing.")
        return redirect("events:briefing", number)
    return _page(request, event, question=form)


@require_POST
def answer(request: HttpRequest, number: int, question: int) -> HttpResponse:
    """Answer what was asked beforehand."""
    member = looking(request)
    event = get_event_for(member, number)
    row = event.questions.filter(pk=question).first()
    if row is None:
        raise NotThere("question")
    form = AnswerForm(row, request.POST)

    def act(words: str, revision: int | None) -> None:
        actions.answer(member, number, question, words=words, revision=revision or 0)

    if is_done(form, act):
        messages.success(request, "Everybody reads it here.")
        return redirect("events:briefing", number)
    return _page(request, event, wrong_answer={question: form})


def _page(request: HttpRequest, event: Event, **given: Any) -> HttpResponse:  # noqa: ANN401
    need_day(event)
    member = looking(request)
    wrong, wrong_answer = given.pop("wrong", {}), given.pop("wrong_answer", {})
    place = place_in(member, event.team)
    runs, here = is_runner(place, event), who_is_here(event, place)
    points = list(event.points.select_related("speaker", "task"))
    names = _names(here)
    floors = suggested(event, points, here) if runs else {}
    values = {
        "event": event,
        "points": [
            (each, floors.get(each.pk), wrong.get(each.pk) or FloorForm(each, names)) for each in points
        ],
        "minutes": sum(each.minutes for each in points),
        "questions": [
            (
                each,
                wrong_answer.get(each.pk) or AnswerForm(each),
                place.membership is not None and (runs or each.answered_by_id in {None, member.pk}),
            )
            for each in event.questions.select_related("by", "answered_by")
        ],
        "is_runner": runs,
        "when": BriefingForm(event),
        "question": QuestionForm(auto_id="id_question_%s"),
    } | given
    if runs and "point" not in given:
        values["point"] = PointForm(list(event.tasks.values_list("pk", "title")))
    status = UNPROCESSABLE if given or wrong or wrong_answer else 200
    return render(request, "events/briefing.html", values, status=status)


def _names(here: list[Membership]) -> list[tuple[str, str]]:
    return [(each.member.word, each.member.name) for each in here]


def _run(request: HttpRequest, number: int) -> Event:
    member = looking(request)
    event = get_event_for(member, number)
    need_runner(member, event, "change the briefing")
    return event
