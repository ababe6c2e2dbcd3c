"""What is done with tasks: each door says what it does, a refusal stands where it was pressed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from remit.core.errors import Changed
from remit.core.form_errors import is_done
from remit.core.why_form import WhyForm
from remit.people.access import members_for, place_in
from remit.people.looking import looking
from remit.people.models import Member
from remit.people.signing_in import local_address
from remit.work.access import get_task_for
from remit.work.actions import ending, holding
from remit.work.forms.tasks import HandOverForm
from remit.work.models import Task
from remit.work.views.tasks import task_page

Act = Callable[[Member, int], Task]


@require_POST
def take(request: HttpRequest, number: int) -> HttpResponse:
    """Take up a task."""
    return _pressed(request, number, holding.take, "It is yours now.")


@require_POST
def put_back(request: HttpRequest, number: int) -> HttpResponse:
    """Put a task back."""
    return _pressed(request, number, holding.put_task_back, "It is free to take again.")


@require_POST
def do(request: HttpRequest, number: int) -> HttpResponse:
    """Say that a task is done."""
    return _pressed(request, number, ending.do, "Done. Thank you.")


@require_POST
def undo(request: HttpRequest, number: int) -> HttpResponse:
    """Take back that a task is done, or closed."""
    return _pressed(request, number, ending.undo, "It is open again.")


@require_POST
def give(request: HttpRequest, number: int) -> HttpResponse:
    """Give a task to somebody."""
    return _handed(request, number, holding.give, "give", is_word_needed=False)


@require_POST
def hand_over(request: HttpRequest, number: int) -> HttpResponse:
    """Hand a task over, with a word."""
    return _handed(request, number, holding.hand_over, "hand_over", is_word_needed=True)


@require_POST
def close(request: HttpRequest, number: int) -> HttpResponse:
    """Close a task without doing it."""
    member = looking(request)
    form = WhyForm(request.POST)
    if is_done(form, partial(ending.close, member, number)):
        messages.success(request, "Closed. The why stays with it.")
        return redirect("work:task", number)
    return task_page(request, get_task_for(member, number), close=form)


def _pressed(request: HttpRequest, number: int, act: Act, said: str) -> HttpResponse:
    """Do it and go back; that somebody was quicker is said there, and is no error."""
    try:
        act(looking(request), number)
    except Changed as changed:
        messages.info(request, str(changed))
    else:
        messages.success(request, said)
    wanted = request.POST.get("next")
    return redirect(local_address(wanted)) if wanted else redirect("work:task", number)


def _handed(
    request: HttpRequest, number: int, act: Callable[..., Task], name: str, *, is_word_needed: bool
) -> HttpResponse:
    member = looking(request)
    task = get_task_for(member, number)
    form = HandOverForm(
        members_for(place_in(member, task.team)),
        request.POST,
        is_word_needed=is_word_needed,
        auto_id="id_give_%s" if name == "give" else "id_%s",
    )

    def handed(to: Member, words: str) -> None:
        act(member, number, to=to.word, words=words)

    if is_done(form, handed):
        messages.success(request, f"{form.cleaned_data['to'].first_name} has it now, and is told.")
        return redirect("work:task", number)
    return task_page(request, task, **{name: form})
