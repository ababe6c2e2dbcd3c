"""The page of a complaint."""

from __future__ import annotations

from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from remit.complaints.access import get_complaint_for
from remit.complaints.actions.handling import be_here
from remit.complaints.forms.conversation import AdviceForm, NoteForm, ReplyForm
from remit.complaints.looked_at_first import first_of, first_page, what_comes_first
from remit.complaints.mail import goes_by_mail
from remit.complaints.queries.alike import complaints_like
from remit.complaints.queries.deciding import panel_for
from remit.complaints.queries.page import (
    Conversation,
    Seen,
    belonging_to,
    can_be_taken_back,
    conversation_of,
    seen_by,
)
from remit.complaints.queries.timeline import timeline_of
from remit.complaints.replies import filled_where_known
from remit.complaints.vocabulary import MailState, MessageForm
from remit.core.pages import is_part
from remit.people.facts import everybody_of
from remit.people.looking import looking
from remit.procedures.queries.listing import for_category


@require_GET
def complaint_page(request: HttpRequest, number: int) -> HttpResponse:
    """A complaint: what was said, what can be done, what is known."""
    return the_page(request, number)


def the_page(request: HttpRequest, number: int, *, status: int = 200, **forms: Form) -> HttpResponse:
    """The page of a complaint.

    Args:
        request: of a member.
        number: of the complaint.
        status: 422 where something that was typed can't be.
        forms: `reply`, `note`, `advice` as they were typed, in place of empty ones.
    """
    member = looking(request)
    seen = seen_by(member, number, saved=_number(request, "saved") or 0)
    complaint = seen.complaint
    first = first_of(complaint) if request.method == "GET" else None
    if first is not None:
        return first_page(request, complaint, first)
    everybody = everybody_of(complaint.team)
    before = _number(request, "before")
    conversation = conversation_of(complaint, before=before)
    context: dict[str, Any] = {
        "seen": seen,
        "complaint": complaint,
        "team": complaint.team,
        "place": everybody.place_of(member),
        "conversation": conversation,
        "leaving": {each.pk for each in conversation.messages if can_be_taken_back(each)},
        "belonging": belonging_to(member, complaint) if seen.is_linked else (),
        "reply": ReplyForm(initial=_draft(request, seen, conversation), prefix="reply"),
        "note": NoteForm(prefix="note"),
        "advice": AdviceForm(prefix="advice"),
        "by_mail": goes_by_mail(complaint),
        "panel": panel_for(member, everybody, complaint, start=seen.given),
    } | forms
    template = "complaints/page/complaint.html"
    if is_part(request) and request.method == "GET" and before is not None:
        return render(request, "complaints/page/messages.html", context)
    return render(request, template, context, status=status)


@require_POST
def here(request: HttpRequest, number: int) -> HttpResponse:
    """Somebody has the page open; who else has is answered."""
    member = looking(request)
    complaint = get_complaint_for(member, number)
    names = [each.name for each in be_here(member, complaint)]
    return render(request, "complaints/page/here.html", {"complaint": complaint, "names": names})


@require_GET
def alike(request: HttpRequest, number: int) -> HttpResponse:
    """What was given in complaints like this one, and how the team goes about them."""
    member = looking(request)
    complaint = get_complaint_for(member, number)
    context = {
        "complaint": complaint,
        "team": complaint.team,
        "alike": complaints_like(complaint),
        "procedures": for_category(member, complaint.team, complaint.category),
    }
    return render(request, _whole_or_part(request, "alike"), context)


@require_GET
@what_comes_first
def timeline(request: HttpRequest, number: int) -> HttpResponse:
    """What happened, act by act."""
    member = looking(request)
    complaint = get_complaint_for(member, number)
    steps = timeline_of(complaint, member)
    context = {"complaint": complaint, "team": complaint.team, "steps": steps}
    return render(request, _whole_or_part(request, "timeline"), context)


def _whole_or_part(request: HttpRequest, name: str) -> str:
    return f"complaints/page/{name}.html#part" if is_part(request) else f"complaints/page/{name}.html"


def _number(request: HttpRequest, name: str) -> int | None:
    """A number in the address."""
    text = request.GET.get(name, "")[:18]
    return int(text) if text.isdecimal() else None


def _draft(request: HttpRequest, seen: Seen, conversation: Conversation) -> dict[str, str]:
    """What the reply begins with: a saved reply, or one that was taken back a moment ago."""
    member, again = looking(request), _number(request, "again")
    if again is not None:
        taken_back = (
            each.text
            for each in conversation.messages
            if each.pk == again
            and each.form == MessageForm.TO_CUSTOMER
            and each.mail_state == MailState.TAKEN_BACK
            and each.author_id == member.pk
        )
        return {"text": next(taken_back, "")}
    return {"text": filled_where_known(seen.saved, seen.complaint, member)} if seen.saved else {}
