"""Publishing a draft: its checks, who gains or loses what, from when on and for how long; binding checks."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from remit.charters import actions
from remit.charters.access import DraftSeen, get_draft, get_draft_to_edit, versions_to_come_for
from remit.charters.actions.publishing import seconds_for
from remit.charters.actions.terms import Terms
from remit.charters.beside import what_if_of
from remit.charters.draft_forms import ChecksForm, PublishDraftForm
from remit.charters.in_force import compiled_version
from remit.charters.models import Publication, Version
from remit.charters.queries.beside_each_other import beside_each_other
from remit.charters.queries.binding import binding_words, failed_checks
from remit.charters.queries.drafting import opened
from remit.charters.queries.looking import Look, look_at, raises_level_of
from remit.charters.queries.people_changed import changed_for_each
from remit.charters.views.drafting import around
from remit.charters.views.publishing import shown
from remit.core.clock import today
from remit.core.errors import Refusal
from remit.core.form_page import UNPROCESSABLE
from remit.core.sent import sent_in
from remit.people.access import need_owner
from remit.people.facts import person_of
from remit.people.looking import looking
from remit.people.middleware import not_at_the_counter


@require_http_methods(["GET", "POST"])
@not_at_the_counter
def publish(request: HttpRequest, number: int) -> HttpResponse:
    """What a draft changes, and publishing it."""
    seen = get_draft(looking(request), number)
    if request.method == "POST":
        get_draft_to_edit(seen.member, number)
    row = seen.draft
    form = PublishDraftForm(
        sent_in(request),
        initial={
            "why": row.why,
            "starts_on": row.starts_on,
            "trial_until": row.trial_until,
            "question": row.question,
        },
    )
    look = look_at(row.text, row.team)
    if not form.is_bound or not form.is_valid():
        return _page(request, seen, form, look)
    if request.POST.get("mark") != look.mark:
        form.add_error(None, "The draft changed since you looked: read once more what it changes.")
        return _page(request, seen, form, look)
    if look.needs_confirming and not request.POST.get("confirmed"):
        form.add_error(None, "Look at what was found first: tick that you have read it.")
        return _page(request, seen, form, look)
    typed = form.cleaned_data
    terms = Terms(typed["starts_on"], typed["trial_until"], typed["question"])
    try:
        done = actions.hand_in(seen.member, row.team, row.text, typed["why"], draft=row, terms=terms)
    except Refusal as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return _page(request, seen, form, look)
    return _done(request, done)


def _done(request: HttpRequest, done: Version | Publication) -> HttpResponse:
    if isinstance(done, Publication):
        messages.info(request, "It waits for its second publisher, who is told now.")
        return redirect("charters:publication", done.pk)
    messages.success(request, f"Version {done.number} is published.")
    if done.team is None:
        return redirect("charters:charter")
    return redirect("charters:version", done.team.word, done.number)


def _page(request: HttpRequest, seen: DraftSeen, form: PublishDraftForm, look: Look) -> HttpResponse:
    row = seen.draft
    values = around(seen, opened(seen, look), "publish") | {
        "form": form,
        "look": look,
        "looks": [shown(each) for each in (look, *look.below)],
        "failed": failed_checks(look, binding_words()),
        "what_if": what_if_of(row),
        "to_come": versions_to_come_for(seen.place) if seen.place else (),
    }
    if row.team is not None and look.changes is not None and look.compiled is not None:
        currency = look.compiled.charter.currency
        values["for_each"] = changed_for_each(look.changes, row.team, currency)
        if look.base is not None:
            old, day = compiled_version(look.base), today(row.team.time_zone)
            values["ladders"] = beside_each_other(old, look.compiled, day, row.team.word)
    if seen.place is not None and seen.place.membership is not None and seen.may_edit:
        raised = raises_level_of(person_of(seen.place.membership), look)
        values |= {"raises": raised, "seconds": seconds_for(seen.member, row.team) if raised else ()}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "charters/draft/publish.html", values, status=status)


@require_http_methods(["GET", "POST"])
@not_at_the_counter
def checks(request: HttpRequest) -> HttpResponse:
    """Which checks a charter has to pass."""
    member = looking(request)
    need_owner(member, "say which checks a charter has to pass")
    form = ChecksForm(sent_in(request), initial={"checks": sorted(binding_words())})
    if form.is_bound and form.is_valid():
        actions.bind_checks(member, form.cleaned_data["checks"])
        messages.success(request, "Kept. It holds for whatever is published from now on.")
        return redirect("charters:checks")
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "charters/checks.html", {"form": form}, status=status)
