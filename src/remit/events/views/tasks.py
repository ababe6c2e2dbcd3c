"""The tasks of a big day: the list, and writing one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from remit.core.form_errors import is_done
from remit.core.form_page import form_page
from remit.core.paging import paged
from remit.core.sent import sent_in
from remit.events.access import get_event_for, get_task_for, is_runner, need_runner, things_of
from remit.events.actions.tasks import change_task, make_task, remove_task, words_of
from remit.events.forms.tasks import TaskForm
from remit.events.models import Event, Task
from remit.events.views.events import FORM
from remit.people.access import place_in
from remit.people.looking import looking
from remit.people.middleware import not_at_the_counter


@require_safe
def tasks(request: HttpRequest, number: int) -> HttpResponse:
    """All tasks of an event, by time."""
    member = looking(request)
    event = get_event_for(member, number)
    rows = event.tasks.prefetch_related("needs__thing", "after")
    values = {
        "event": event,
        "tasks": paged(rows, request.GET.get("page")),
        "is_runner": is_runner(place_in(member, event.team), event),
    }
    return render(request, "events/tasks.html", values)


@require_http_methods(FORM)
@not_at_the_counter
def new(request: HttpRequest, number: int) -> HttpResponse:
    """Add a task."""
    member = looking(request)
    event = get_event_for(member, number)
    place = need_runner(member, event, "add a task")
    form = TaskForm(event, list(things_of(place)), sent_in(request))

    def write_down(stamp: str, **_: object) -> None:
        make_task(member, number, form.words, stamp=stamp)

    if is_done(form, write_down):
        messages.success(request, "It is among the tasks.")
        return redirect("events:tasks", number)
    return _form_page(request, event, form, None)


@require_http_methods(FORM)
@not_at_the_counter
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Change what a task says."""
    member = looking(request)
    task = get_task_for(member, number)
    place = need_runner(member, task.event, "change its tasks")
    form = TaskForm(task.event, list(things_of(place)), sent_in(request), task=task, said=words_of(task))

    def write_down(revision: int | None, **_: object) -> None:
        change_task(member, number, form.words, revision=revision or 0)

    if is_done(form, write_down):
        return redirect("events:tasks", task.event_id)
    return _form_page(request, task.event, form, task)


@require_POST
@not_at_the_counter
def remove(request: HttpRequest, number: int) -> HttpResponse:
    """Take a task out."""
    event = remove_task(looking(request), number)
    messages.success(request, "It is taken out.")
    return redirect("events:tasks", event.pk)


def _form_page(request: HttpRequest, event: Event, form: TaskForm, task: Task | None) -> HttpResponse:
    values = {"event": event, "form": form, "task": task}
    return form_page(request, "events/task_form.html", values, form)
