"""Bringing in a file: choose it, look at what would happen, say yes, watch it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from remit.complaints.access import get_import_for
from remit.complaints.actions.importing import (
    begin_import,
    cancel_import,
    choose_columns,
    preview_of,
    start_import,
)
from remit.complaints.forms.importing import ImportForm
from remit.complaints.import_names import FIELD_WORDS, FIELDS, NEEDED
from remit.complaints.models import Import
from remit.complaints.queries.importing import imports_for, teams_to_import_into
from remit.core.errors import NotAllowed, Refusal
from remit.core.form_errors import say_in
from remit.core.form_page import UNPROCESSABLE
from remit.core.sent import sent_in
from remit.people.access import get_place_for
from remit.people.looking import looking
from remit.people.middleware import not_at_the_counter

_STATE = "complaints/import/state.html"


@require_http_methods(["GET", "POST"])
@not_at_the_counter
def new_import(request: HttpRequest) -> HttpResponse:
    """Choose a file; and what was brought in before."""
    member = looking(request)
    teams = teams_to_import_into(member)
    if not teams:
        raise NotAllowed("needs-rank", "It takes a lead to import.", "Ask a lead of your team.")
    form = ImportForm(sent_in(request), request.FILES or None, teams=teams, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            team = get_place_for(member, data["team"]).team
            begun = begin_import(member, team, data["what"], data["file"])
        except Refusal as refusal:
            say_in(form, refusal)
        else:
            return HttpResponseRedirect(_address(begun))
    context = {"form": form, "before": imports_for(member)}
    return render(
        request, "complaints/import/new.html", context, status=UNPROCESSABLE if form.errors else 200
    )


@require_GET
@not_at_the_counter
def one_import(request: HttpRequest, number: int) -> HttpResponse:
    """What would happen, or how far it is."""
    begun = get_import_for(looking(request), number)
    if begun.started_at is None and begun.ended_at is None:
        return _preview(request, begun)
    return render(request, "complaints/import/progress.html", {"begun": begun, "state": _STATE})


@require_GET
@not_at_the_counter
def import_state(request: HttpRequest, number: int) -> HttpResponse:
    """How far it is; a part of the page."""
    return render(request, _STATE, {"begun": get_import_for(looking(request), number)})


@require_POST
@not_at_the_counter
def import_columns(request: HttpRequest, number: int) -> HttpResponse:
    """Say which column stands for what, and look again."""
    chosen = {name: request.POST.get(f"column-{name}", "")[:300] for name in FIELD_WORDS}
    return HttpResponseRedirect(_address(choose_columns(looking(request), number, chosen)))


@require_POST
@not_at_the_counter
def import_start(request: HttpRequest, number: int) -> HttpResponse:
    """Bring it in."""
    return HttpResponseRedirect(_address(start_import(looking(request), number)))


@require_POST
@not_at_the_counter
def import_cancel(request: HttpRequest, number: int) -> HttpResponse:
    """Stop it."""
    begun = cancel_import(looking(request), number)
    if begun.started_at is None:
        messages.success(request, f"{begun.name} is forgotten; nothing was brought in.")
        return HttpResponseRedirect(reverse("complaints:import"))
    return HttpResponseRedirect(_address(begun))


def _preview(request: HttpRequest, begun: Import) -> HttpResponse:
    try:
        preview = preview_of(begun)
    except Refusal as refusal:
        return render(
            request,
            "complaints/import/unreadable.html",
            {"begun": begun, "refusal": refusal},
            status=UNPROCESSABLE,
        )
    choices = [
        {
            "name": name,
            "words": FIELD_WORDS[name],
            "column": preview.columns.get(name, ""),
            "is_needed": name in NEEDED[begun.what],
        }
        for name in FIELDS[begun.what]
    ]
    shown = [name for name in FIELDS[begun.what] if name in preview.columns]
    context = {
        "begun": begun,
        "preview": preview,
        "choices": choices,
        "shown": [FIELD_WORDS[name] for name in shown],
        "examples": [(row.line, [row.text.get(name, "") for name in shown]) for row in preview.examples],
        "missing": [FIELD_WORDS[name] for name in preview.missing],
        "unused": [column for column in preview.header if column not in preview.columns.values()],
    }
    return render(request, "complaints/import/preview.html", context)


def _address(begun: Import) -> str:
    return reverse("complaints:import-one", args=[begun.pk])
