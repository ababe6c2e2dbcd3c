"""What is worth a look: shown to whom it concerns first, with room to answer."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from remit.complaints.models import Decision
from remit.core.errors import NotAllowed, Refusal
from remit.core.form_page import UNPROCESSABLE
from remit.core.typed_fields import text_field
from remit.core.why_form import WhyForm
from remit.findings import looking_into
from remit.findings.access import FIRST_ALONE, get_worth_a_look_for
from remit.findings.models import Behind, Finding, LookedInto
from remit.insight.hold_on.words import sentence_of, title_of
from remit.people.access import place_in
from remit.people.looking import looking
from remit.people.middleware import not_at_the_counter
from remit.people.models import Member

_SHOWN: Final = 50


class ReplyForm(forms.Form):
    """What somebody says about it."""

    words = text_field("What do you say?", "Say it in a sentence, or leave it.", longest=2000, rows=3)


@require_http_methods(["GET", "POST"])
@not_at_the_counter
def hold_on(request: HttpRequest, number: int) -> HttpResponse:
    """Something that is worth a look; who sees it may say something, who manages may close it."""
    member = looking(request)
    finding = get_worth_a_look_for(member, number)
    act = request.POST.get("act")
    reply = ReplyForm(request.POST if act != "close" and request.method == "POST" else None)
    close = WhyForm(request.POST if act == "close" else None)
    if request.method == "GET":
        return _page(request, member, finding, reply, close)
    form = close if act == "close" else reply
    if form.is_valid():
        try:
            if act == "close":
                looking_into.look_into(member, number, form.cleaned_data["why"])
                messages.success(request, "It was looked into. What is observed from now on begins anew.")
                return redirect("letgo:let-go")
            looking_into.reply(member, number, form.cleaned_data["words"])
        except NotAllowed:
            raise
        except Refusal as error:
            form.add_error(error.field or None, str(error))
        else:
            messages.success(request, "It stands beside it now, wherever it is shown.")
            return redirect("letgo:hold-on", number)
    return _page(request, member, finding, reply, close, status=UNPROCESSABLE)


def _page(
    request: HttpRequest,
    member: Member,
    finding: Finding,
    reply: ReplyForm,
    close: WhyForm,
    *,
    status: int = 200,
) -> HttpResponse:
    behind = Behind.objects.filter(finding=finding).first()
    numbers = behind.numbers[-_SHOWN:] if behind is not None else []
    rows = Decision.objects.filter(pk__in=numbers, team=finding.team).select_related(
        "complaint", "member", "remedy"
    )
    place = place_in(member, finding.team)
    values: dict[str, Any] = {
        "finding": finding,
        "team": finding.team,
        "title": title_of(finding, member),
        "sentence": sentence_of(finding, member),
        "decisions": rows.order_by("-at", "-pk"),
        "of": behind.of if behind is not None else 0,
        "replies": finding.replies.select_related("by"),
        "looked_into": LookedInto.objects.filter(finding=finding).select_related("by").first(),
        "is_mine": finding.member_id == member.pk,
        "may_close": place.is_manager and finding.member_id != member.pk,
        "alone_until": finding.found_at + FIRST_ALONE,
        "reply_form": reply,
        "close_form": close,
    }
    return render(request, "insight/hold_on/hold_on.html", values, status=status)
