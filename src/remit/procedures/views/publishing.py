"""Publishing a draft, proposing it, answering a proposal; and looking after what was published."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any, Final

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from remit.core.clock import today
from remit.core.form_errors import is_done
from remit.core.form_page import UNPROCESSABLE
from remit.core.sent import number_in, sent_in
from remit.core.why_form import WhyForm
from remit.people.access import place_in
from remit.people.looking import looking
from remit.people.middleware import not_at_the_counter
from remit.people.models import Member
from remit.procedures.access import get_draft_for, get_procedure_for, may_publish
from remit.procedures.actions import drafting, looking_after, publishing
from remit.procedures.forms.acts import AnswerForm, LookAfterForm, PublishForm
from remit.procedures.models import Draft
from remit.procedures.queries.page import steps_of
from remit.procedures.text.difference import difference
from remit.procedures.vocabulary import REVIEW_AFTER
from remit.purpose.models import Objective

_FORM: Final = ["GET", "POST"]


@require_safe
@not_at_the_counter
def publish_page(request: HttpRequest, number: int) -> HttpResponse:
    """What a draft changes, what is missing, and the way to publish or propose it."""
    member = looking(request)
    found = get_draft_for(member, number)
    if found.ended_at is not None:
        return redirect("procedures:draft", number)
    return _page(request, member, found)


def _page(request: HttpRequest, member: Member, found: Draft, **sent: Form) -> HttpResponse:
    place = place_in(member, found.team)
    document = drafting.latest_of(found).document
    compared = found.translated if found.is_translation else found.base
    before = compared.document if compared else None
    first_day = {"review_by": today(found.team.time_zone) + REVIEW_AFTER}
    values: dict[str, Any] = {
        "draft": found,
        "team": found.team,
        "procedure": found.procedure,
        "document": document,
        "changes": difference(before, document) if before else None,
        "steps": steps_of(document, found.spoken),
        "missing": publishing.missing_of(found, document),
        "may_publish": may_publish(place, found.procedure),
        "is_mine": found.made_by_id == member.pk,
        "is_behind": drafting.is_behind(found),
        "publish": PublishForm(
            place=place,
            procedure=found.procedure,
            is_translation=found.is_translation,
            initial=first_day,
            prefix="publish",
        ),
        "hand_in": WhyForm(prefix="hand-in"),
        "answer": AnswerForm(prefix="answer"),
        **sent,
    }
    return render(request, "procedures/publish.html", values, status=UNPROCESSABLE if sent else 200)


@require_POST
@not_at_the_counter
def publish(request: HttpRequest, number: int) -> HttpResponse:
    """Make a version of a draft."""
    member = looking(request)
    found = get_draft_for(member, number)
    place = place_in(member, found.team)
    form = PublishForm(
        request.POST,
        place=place,
        procedure=found.procedure,
        is_translation=found.is_translation,
        prefix="publish",
    )

    def act(
        *,
        why: str,
        objective: Objective | None = None,
        review_by: date | None = None,
        is_slight: bool = False,
    ) -> None:
        publishing.publish(
            member,
            number,
            number_in(request.POST.get("revision")) or 0,
            why=why,
            objective=objective,
            review_by=review_by,
            is_slight=is_slight,
        )

    if is_done(form, act):
        found = get_draft_for(member, number)
        if found.is_translation:
            messages.success(request, f"Published: who reads in {found.spoken.name} reads this from now on.")
            return redirect("procedures:languages", found.procedure_id)
        messages.success(request, "Published. Whoever has something to read hears of it in one notice.")
        return redirect("procedures:procedure", found.procedure_id)
    return _page(request, member, found, publish=form)


@require_POST
@not_at_the_counter
def hand_in(request: HttpRequest, number: int) -> HttpResponse:
    """Make a proposal of a draft."""
    member = looking(request)
    form = WhyForm(request.POST, prefix="hand-in")
    seen = number_in(request.POST.get("revision")) or 0
    if is_done(form, partial(publishing.hand_in, member, number, seen)):
        messages.success(request, "Handed in. It is taken in, or answered with a why.")
        return redirect("procedures:draft-publish", number)
    return _page(request, member, get_draft_for(member, number), hand_in=form)


@require_POST
@not_at_the_counter
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """Answer a proposal that isn't taken in."""
    member = looking(request)
    form = AnswerForm(request.POST, prefix="answer")
    if is_done(form, partial(publishing.answer, member, number)):
        messages.success(request, "Answered.")
        return redirect("procedures:draft", number)
    return _page(request, member, get_draft_for(member, number), answer=form)


@require_POST
@not_at_the_counter
def put_away(request: HttpRequest, number: int) -> HttpResponse:
    """Put a draft away."""
    found = drafting.put_away(looking(request), number)
    messages.info(request, "Put away. What it said is kept.")
    if found.procedure_id:
        return redirect("procedures:procedure", found.procedure_id)
    return redirect("procedures:list")


@require_POST
@not_at_the_counter
def forward(request: HttpRequest, number: int) -> HttpResponse:
    """Put a version that was published meanwhile under a draft."""
    both = publishing.catch_up(looking(request), number)
    for words in both:
        messages.warning(request, f"Both changed it; the draft stands as it was. The other one says: {words}")
    messages.success(request, "The newest version is in it. Look at what is otherwise now.")
    return redirect("procedures:draft-publish", number)


@require_http_methods(_FORM)
@not_at_the_counter
def look_after(request: HttpRequest, number: int) -> HttpResponse:
    """Who looks after a procedure, until when it holds, and when it isn't done any more."""
    member = looking(request)
    seen = get_procedure_for(member, number)
    form = LookAfterForm(sent_in(request), place=seen.place, procedure=seen.procedure)
    if is_done(form, partial(looking_after.look_after, member, number)):
        messages.success(request, "Kept.")
        return redirect("procedures:procedure", number)
    return _look_after_page(request, number, form, WhyForm(prefix="retire"))


def _look_after_page(request: HttpRequest, number: int, form: Form, retire: Form) -> HttpResponse:
    seen = get_procedure_for(looking(request), number)
    values = {"seen": seen, "procedure": seen.procedure, "form": form, "retire": retire}
    is_wrong = form.is_bound or retire.is_bound
    return render(request, "procedures/look_after.html", values, status=UNPROCESSABLE if is_wrong else 200)


@require_POST
@not_at_the_counter
def retire(request: HttpRequest, number: int) -> HttpResponse:
    """Take a procedure out of use."""
    member = looking(request)
    seen = get_procedure_for(member, number)
    form = WhyForm(request.POST, prefix="retire")
    if is_done(form, partial(looking_after.retire, member, number)):
        messages.info(request, "It is out of use. Its history stays.")
        return redirect("procedures:procedure", number)
    return _look_after_page(request, number, LookAfterForm(place=seen.place, procedure=seen.procedure), form)


@require_POST
@not_at_the_counter
def bring_back(request: HttpRequest, number: int) -> HttpResponse:
    """Take a procedure into use again."""
    looking_after.bring_back(looking(request), number)
    messages.success(request, "It is in use again.")
    return redirect("procedures:procedure", number)
