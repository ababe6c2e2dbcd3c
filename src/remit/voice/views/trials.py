"""Trials: beginning one, its page, and what came of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from remit.core.form_errors import is_done
from remit.core.form_page import form_page
from remit.core.sent import sent_in
from remit.people.access import need_rank
from remit.people.looking import looking
from remit.people.vocabulary import Rank
from remit.voice.access import get_idea_for, get_trial_for, place_at
from remit.voice.actions.trials import begin_trial, may_end, need_to_look_after, say_what_came
from remit.voice.forms.trials import CameForm, TrialForm
from remit.voice.models import Trial
from remit.voice.queries.measured import moved_in
from remit.voice.views.ideas import FORM
from remit.voice.vocabulary import Came


@require_http_methods(FORM)
def new(request: HttpRequest, number: int) -> HttpResponse:
    """Begin to try an idea."""
    member = looking(request)
    idea = get_idea_for(member, number)
    place = place_at(member, idea)
    need_rank(place, Rank.LEAD, "begin a trial")
    form = TrialForm(place, idea, sent_in(request))
    made: list[Trial] = []

    def write_down(stamp: str, **_: object) -> None:
        made.append(begin_trial(member, number, form.words, stamp=stamp))

    if is_done(form, write_down):
        return redirect("voice:trial", made[0].pk)
    values = {"idea": idea, "place": place, "form": form}
    return form_page(request, "voice/new_trial.html", values, form)


@require_safe
def trial(request: HttpRequest, number: int) -> HttpResponse:
    """One trial: what makes it safe, and what came of it."""
    return _page(request, get_trial_for(looking(request), number))


@require_POST
def say(request: HttpRequest, number: int) -> HttpResponse:
    """Say what came of it."""
    member = looking(request)
    found = get_trial_for(member, number)
    need_to_look_after(member, found)
    form = CameForm(request.POST, is_over=found.is_over)

    def act(came: str, learned: str) -> None:
        say_what_came(member, number, came=Came(came), learned=learned)

    if is_done(form, act):
        messages.success(request, "Thank you. It stays readable, whatever came of it.")
        return redirect("voice:trial", number)
    return _page(request, found, form)


def _page(request: HttpRequest, trial: Trial, form: CameForm | None = None) -> HttpResponse:
    member = looking(request)
    place = place_at(member, trial)
    shown = form or CameForm(is_over=trial.is_over)
    values = {
        "trial": trial,
        "moved": moved_in(trial),
        "form": shown,
        "may_ask": place.is_lead,
        "may_end": may_end(member, trial, is_lead=place.is_lead),
    }
    return form_page(request, "voice/trial.html", values, shown)
