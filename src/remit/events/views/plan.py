"""The plan of a big day: asked for, looked at, stopped, changed by hand."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from remit.core.errors import Refusal
from remit.core.form_errors import is_done
from remit.core.form_page import form_page
from remit.core.sent import number_in, sent_in
from remit.events.access import get_event_for, get_task_for, is_runner, need_runner
from remit.events.actions import by_hand as actions
from remit.events.actions.planning import ask_plan, stop_planning
from remit.events.facts import Facts, facts_of
from remit.events.forms.by_hand import HandForm
from remit.events.models import Event, Task
from remit.events.queries.plan import plan_of
from remit.events.queries.reasons import reasons_of
from remit.events.views.events import FORM
from remit.events.vocabulary import StopWord
from remit.people.access import place_in
from remit.people.looking import looking
from remit.people.middleware import not_at_the_counter
from remit_engine import planning
from remit_engine.charter.sentences import listed

_A_PAGE: Final = 50


@require_http_methods(FORM)
def plan(request: HttpRequest, number: int) -> HttpResponse:
    """The plan; sent, it is asked for."""
    member = looking(request)
    if request.method == "POST":
        ask_plan(member, number)
        return redirect("events:plan", number)
    event = get_event_for(member, number)
    need_day(event)
    seen = plan_of(event)
    page = max(1, number_in(request.GET.get("page")) or 1)
    start = (page - 1) * _A_PAGE
    values = {
        "event": event,
        "seen": seen,
        "lines": seen.lines[start : start + _A_PAGE],
        "page": page,
        "has_more": len(seen.lines) > start + _A_PAGE,
        "is_runner": is_runner(place_in(member, event.team), event),
        "has_solver": planning.has_solver(),
    }
    return render(request, "events/plan.html", values)


@require_safe
def state(request: HttpRequest, number: int) -> HttpResponse:
    """How far planning is; asked again and again by the page."""
    member = looking(request)
    event = get_event_for(member, number)
    values = {
        "event": event,
        "asked": event.plannings.select_related("by").first(),
        "is_runner": is_runner(place_in(member, event.team), event),
        "has_solver": planning.has_solver(),
    }
    return render(request, "events/parts/plan_state.html", values)


@require_POST
def stop(request: HttpRequest, number: int) -> HttpResponse:
    """Stop planning: take the best until now, or leave everything as it was."""
    word = StopWord.TAKE if request.POST.get("take") else StopWord.LEAVE
    stop_planning(looking(request), number, word)
    return redirect("events:plan", number)


@require_http_methods(FORM)
@not_at_the_counter
def by_hand(request: HttpRequest, number: int) -> HttpResponse:
    """A task in the plan: why these people, what doesn't fit, and a form to set it otherwise."""
    member = looking(request)
    task = get_task_for(member, number)
    need_runner(member, task.event, "change its plan")
    need_day(task.event)
    facts = facts_of(task.event)
    form = HandForm(task, facts, sent_in(request), mark=_mark(facts, task))

    def set_it(mark: str, **_: object) -> None:
        actions.set_by_hand(member, number, form.choice, mark=mark)

    if is_done(form, set_it):
        for conflict in actions.would_be(facts, number, form.choice):
            messages.warning(request, conflict.sentence)
        out = _taken_out(facts, number, form)
        also = f" {out} won't be chosen for it again, until you let the planner." if out else ""
        messages.success(request, f"Set by hand. Planning anew leaves it so.{also}")
        return redirect("events:by-hand", number)
    values = {
        "event": task.event,
        "task": task,
        "form": form,
        "conflicts": actions.conflicts_of(facts, str(number)),
        "reasons": reasons_of(facts, str(number)),
        "is_by_hand": any(pin.task == str(number) for pin in facts.pins),
        "spared": [facts.event.person[each] for each in facts.event.task[str(number)].not_by],
        "page": request.GET.get("page", ""),
    }
    return form_page(request, "events/by_hand.html", values, form)


@require_POST
@not_at_the_counter
def check(request: HttpRequest, number: int) -> HttpResponse:
    """What wouldn't fit if that were chosen; nothing is written."""
    member = looking(request)
    task = get_task_for(member, number)
    need_runner(member, task.event, "change its plan")
    need_day(task.event)
    facts = facts_of(task.event, with_wishes=False)
    form = HandForm(task, facts, request.POST)
    conflicts = actions.would_be(facts, number, form.choice) if form.is_valid() else ()
    values = {"conflicts": conflicts, "is_valid": form.is_valid(), "is_check": True, "event": task.event}
    return render(request, "events/parts/fits.html", values)


@require_POST
@not_at_the_counter
def free(request: HttpRequest, number: int) -> HttpResponse:
    """What was set by hand may be planned otherwise from now on."""
    actions.let_planner_choose(looking(request), number)
    messages.success(request, "The next plan may choose otherwise.")
    return redirect("events:by-hand", number)


@require_POST
@not_at_the_counter
def choose_again(request: HttpRequest, number: int) -> HttpResponse:
    """Whoever was taken out by hand may be chosen again."""
    actions.may_be_chosen_again(looking(request), number, number_in(request.POST.get("person")) or 0)
    messages.success(request, "The next plan may choose them again.")
    return redirect("events:by-hand", number)


def need_day(event: Event) -> None:
    """Refuse a page that a template hasn't.

    Raises:
        Refusal: it is one.
    """
    if event.is_template:
        raise Refusal("no-day", "A template has no day.", "Copy it for a day first.")


def _taken_out(facts: Facts, number: int, form: HandForm) -> str:
    """Names of those who did a task and aren't chosen any more."""
    placed = facts.plan.of.get(str(number))
    chosen = {str(person) for person, _ in form.choice.people}
    out = [each.person for each in placed.people if each.person not in chosen] if placed else []
    return listed([facts.event.person[each].title for each in out]) if out else ""


def _mark(facts: Facts, task: Task) -> str:
    return actions.mark_of(facts.tasks[str(task.pk)])
