"""What is done about the pulse: thin doors."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from remit.core.clock import today
from remit.core.form_errors import is_done
from remit.core.form_page import UNPROCESSABLE
from remit.core.sent import sent_in
from remit.people.access import get_place_for, need_rank
from remit.people.looking import looking
from remit.people.middleware import not_at_the_counter, ones_own
from remit.people.vocabulary import Rank
from remit.pulse.access import get_wave_for, open_wave_of, own_items_of, rhythm_of
from remit.pulse.actions import answering, replying
from remit.pulse.actions.rhythm import set_rhythm
from remit.pulse.forms import AnswerForm, ReplyForm, RhythmForm, said_by
from remit.pulse.queries.pages import result_of

_FORM = ["GET", "POST"]


@require_http_methods(_FORM)
@ones_own
def answer(request: HttpRequest, team: str) -> HttpResponse:
    """Answer the wave that is open; one address for everybody, and nothing in it says who comes."""
    place = get_place_for(looking(request), team)
    wave = open_wave_of(place.team)
    if wave is None:
        messages.info(request, "Nothing is asked just now.")
        return redirect("pulse:team", team)
    form = AnswerForm(sent_in(request), wave=wave)
    counted: list[bool] = []

    def act(number: int, words: str = "", **_: object) -> None:
        counted.append(answering.answer(place, number, form.marks, words))

    if is_done(form, act):
        said = "Counted. Thank you." if counted[0] else "You have answered this wave already: it counts once."
        messages.success(request, said)
        return redirect("pulse:team", team)
    if not form.is_bound and place.member.pk not in wave.waiting.members:
        messages.info(request, "You have answered already, or this wave doesn't ask you.")
        return redirect("pulse:team", team)
    return _form_page(request, "pulse/answer.html", form, team=place.team, wave=wave)


@require_http_methods(_FORM)
@not_at_the_counter
def rhythm(request: HttpRequest, team: str) -> HttpResponse:
    """Choose how often a team is asked, and what."""
    place = get_place_for(looking(request), team)
    need_rank(place, Rank.MANAGER, "choose how often the pulse is asked")
    there = rhythm_of(place.team)
    own = [each.text for each in own_items_of(place.team)]
    form = RhythmForm(sent_in(request), initial=said_by(there, own, today(place.team.time_zone)))

    def act(revision: int, **_: object) -> None:
        set_rhythm(place, form.wanted, revision=revision)

    if is_done(form, act):
        messages.success(request, "Chosen. A wave that is open already stays as it began.")
        return redirect("pulse:team", team)
    if form.is_bound:  # who was refused saw what holds now, and sends it again
        newest = rhythm_of(place.team)
        form.data = form.data.copy()  # type: ignore[attr-defined]  # always of a request here
        form.data["revision"] = str(newest.revision if newest else 0)  # type: ignore[index]
    return _form_page(request, "pulse/rhythm.html", form, team=place.team, rhythm=there)


@require_http_methods(_FORM)
@not_at_the_counter
def reply(request: HttpRequest, team: str, number: int) -> HttpResponse:
    """Say what is done about a result."""
    place = get_place_for(looking(request), team)
    need_rank(place, Rank.MANAGER, "answer a result")
    wave = get_wave_for(place, number)
    form = ReplyForm(sent_in(request))

    def act(**typed: Any) -> None:  # noqa: ANN401 (what the form gives)
        replying.reply(place, number, **typed)

    if is_done(form, act):
        messages.success(request, "Said to everybody whom it had asked. The next wave may come.")
        return redirect("pulse:wave", team, number)
    if hasattr(wave, "reply") and not form.is_bound:
        return redirect("pulse:wave", team, number)
    result = result_of(place, wave)
    return _form_page(request, "pulse/reply.html", form, team=place.team, wave=wave, result=result)


def _form_page(request: HttpRequest, template: str, form: Form, **values: object) -> HttpResponse:
    status = UNPROCESSABLE if form.is_bound and form.errors else 200
    return render(request, template, {"form": form, **values}, status=status)
