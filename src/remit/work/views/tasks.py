"""Tasks: the lists, a task, and writing one."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from remit.core.errors import Changed
from remit.core.form_errors import is_done
from remit.core.form_page import form_page
from remit.core.paging import paged
from remit.core.sent import sent_in
from remit.core.tabs import Tab, chosen_tab
from remit.core.why_form import WhyForm
from remit.people.access import Place, get_place_for, members_for, place_in, teams_of
from remit.people.looking import looking
from remit.people.middleware import ones_own
from remit.people.models import Member
from remit.purpose.access import vision_of
from remit.work import access
from remit.work.access import get_task_for
from remit.work.actions.tasks import change_task, make_task, need_part_in
from remit.work.forms.tasks import HandOverForm, TaskForm
from remit.work.models import Task
from remit.work.queries.balance import SMALLEST_GROUP, WEEKS, balance_of
from remit.work.queries.done import done_from
from remit.work.queries.origin import origins_of

_FORM = ["GET", "POST"]
_TABS: dict[str, Tab[Member, Task]] = {
    "mine": Tab("Mine", access.mine, "Nothing is yours just now."),
    "free": Tab("Free to take", access.free, "Nothing waits for somebody."),
    "others": Tab("With others", access.held_by_others, "Nobody else has anything."),
    "ended": Tab("Done", access.ended, "Nothing was done yet."),
}


@require_safe
def tasks(request: HttpRequest) -> HttpResponse:
    """One of the lists; which one stands in the address."""
    member = looking(request)
    word, shown = chosen_tab(request, _TABS)
    after = request.GET.get("after", "")
    done = done_from(member, after) if word == "ended" else None
    rows = done.rows if done else paged(_TABS[word].rows(member), request.GET.get("page"))
    values = {
        "tasks": rows,
        "done": done,
        "is_later": bool(after),
        "teams": list(teams_of(member)),
        **shown,
    }
    return render(request, "work/tasks.html", values)


@require_safe
@ones_own
def balance(request: HttpRequest) -> HttpResponse:
    """How tasks came to people: of the teams together, and of oneself."""
    values = {"rows": balance_of(looking(request)), "weeks": WEEKS, "smallest": SMALLEST_GROUP}
    return render(request, "work/balance.html", values)


@require_safe
def task(request: HttpRequest, number: int) -> HttpResponse:
    """One task: what it is for, who has it, and what happened to it."""
    member = looking(request)
    return task_page(request, get_task_for(member, number))


def task_page(request: HttpRequest, task: Task, **forms: Any) -> HttpResponse:  # noqa: ANN401
    """The page of a task; with a form that was refused, as it was typed.

    Args:
        request: of whoever looks.
        task: as `access` gives it.
        forms: `hand_over`, `give` or `close`.
    """
    member = looking(request)
    place = place_in(member, task.team)
    others = members_for(place).exclude(pk=task.holder_id) if task.holder_id else members_for(place)
    is_mine = task.holder_id == member.pk
    values = {
        "task": task,
        "origins": origins_of(member, task),
        "turns": task.turns.select_related("by", "to"),
        "vision": vision_of(task.team) if task.objective else None,
        "is_mine": is_mine,
        "is_lead": place.is_lead,
        "is_here": place.membership is not None,
        "has_part": is_mine or place.is_lead or task.made_by_id == member.pk,
        "hand_over": HandOverForm(others),
        "give": HandOverForm(others, is_word_needed=False, auto_id="id_give_%s"),
        "close": WhyForm(),
    } | forms
    return form_page(request, "work/task.html", values, *forms.values())


@require_http_methods(_FORM)
def new(request: HttpRequest, team: str) -> HttpResponse:
    """Write down a task."""
    place = get_place_for(looking(request), team)
    form = TaskForm(place, sent_in(request))
    made: list[Task] = []

    def write_down(stamp: str, **_: object) -> None:
        made.append(make_task(place, form.words, stamp=stamp, to=form.getter))

    if is_done(form, write_down):
        return redirect("work:task", made[0].pk)
    return _form_page(request, place, form, None)


@require_http_methods(_FORM)
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Change what a task says."""
    member = looking(request)
    task = get_task_for(member, number)
    place = place_in(member, task.team)
    need_part_in(member, task, "change")
    form = TaskForm(place, sent_in(request), task=task)

    def write_down(revision: int | None, **_: object) -> None:
        change_task(member, number, form.words, revision=revision or 0)

    if not task.is_open:
        raise Changed("task-ended", "This task has ended.", "Write down a new one.")
    if is_done(form, write_down):
        return redirect("work:task", number)
    return _form_page(request, place, form, task)


def _form_page(request: HttpRequest, place: Place, form: TaskForm, task: Task | None) -> HttpResponse:
    values = {"place": place, "form": form, "task": task}
    return form_page(request, "work/task_form.html", values, form)
