"""From a cause to what is undertaken about it: a task, or a change of a procedure's step."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.db.models import Exists, F, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from remit.core.form_errors import is_done
from remit.core.form_page import UNPROCESSABLE
from remit.core.paging import paged
from remit.core.sent import number_in, sent_in
from remit.insight.causes.counting import Cause
from remit.insight.causes.looking import line_of
from remit.insight.causes.undertaking import undertake_step, undertake_task
from remit.insight.causes.words import why_undertaken
from remit.people.access import Place, get_place_for
from remit.people.looking import looking
from remit.people.middleware import not_at_the_counter
from remit.procedures.access import latest_versions
from remit.procedures.models import Procedure, Tag
from remit.procedures.queries.listing import Wanted, listed
from remit.work.forms.tasks import TaskForm
from remit.work.models import Task

_FORM: Final = ["GET", "POST"]
_LONGEST_WORDS: Final = 100
_PROCEDURES: Final = 10
"""On a page, each with all its steps."""


@require_http_methods(_FORM)
def task(request: HttpRequest, team: str, sort: str, value: str) -> HttpResponse:
    """Write down a task about a cause: its why begins with the figures."""
    place = get_place_for(looking(request), team)
    line = line_of(place.team, Cause(sort, value))
    form = TaskForm(place, sent_in(request), why=why_undertaken(line))
    made: list[Task] = []

    def write_down(stamp: str, **_: object) -> None:
        made.append(undertake_task(place, line.cause, form.words, stamp=stamp, to=form.getter))

    if is_done(form, write_down):
        messages.success(request, "Written down. The page of the cause shows it, and what becomes of it.")
        return redirect("work:task", made[0].pk)
    values = {"place": place, "line": line, "form": form}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "insight/causes/task.html", values, status=status)


@require_http_methods(_FORM)
@not_at_the_counter
def step(request: HttpRequest, team: str, sort: str, value: str) -> HttpResponse:
    """Choose the step of a procedure that should be otherwise because of a cause."""
    place = get_place_for(looking(request), team)
    line = line_of(place.team, Cause(sort, value))
    if request.method == "POST":
        procedure, _, key = request.POST.get("step", "").partition(":")
        draft = undertake_step(place, line.cause, number_in(procedure) or 0, key)
        messages.info(request, f"Say here what this step should be, so that “{line.words}” gets rarer.")
        return redirect(f"{reverse('procedures:draft', args=[draft.pk])}#step-{key}")
    words = request.GET.get("q", "")[:_LONGEST_WORDS]
    shown = paged(_for_cause(place, line.cause, words), request.GET.get("page"), _PROCEDURES)
    versions = latest_versions(shown)
    values = {
        "place": place,
        "line": line,
        "words": words,
        "shown": shown,
        "procedures": [(procedure, versions[procedure.pk].document.steps) for procedure in shown],
    }
    return render(request, "insight/causes/step.html", values)


def _for_cause(place: Place, cause: Cause, words: str) -> QuerySet[Procedure]:
    """The procedures of a team; those with the cause as a tag first."""
    tagged = Tag.objects.filter(procedure=OuterRef("pk"), word=cause.value.lower())
    rows = listed(place.member, Wanted(words=words)).filter(team=place.team)
    return rows.annotate(is_tagged=Exists(tagged)).order_by(F("is_tagged").desc(), "title", "pk")
