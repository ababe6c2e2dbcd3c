"""What is said: doors to the conversation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import F, Q
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from remit.complaints.access import get_complaint_for
from remit.complaints.actions import conversation
from remit.complaints.actions.unsent_files import forget_unsent, keep_unsent
from remit.complaints.forms.conversation import AdviceForm, NoteForm, QuestionForm, ReplyForm
from remit.complaints.models import Complaint, Message
from remit.complaints.queries.page import colleagues_in
from remit.complaints.replies import VARIABLES, filled_where_known
from remit.complaints.views.page import the_page
from remit.core.errors import NotThere, Refusal
from remit.core.form_errors import say_in
from remit.core.form_page import UNPROCESSABLE
from remit.core.sent import number_in, sent_in
from remit.people.looking import looking
from remit.people.models import Member


@require_POST
def reply(request: HttpRequest, number: int) -> HttpResponse:
    """Say something to the customer, with files; or put a file to it, or take one away, and go on writing."""
    member = looking(request)
    complaint = get_complaint_for(member, number)
    form = ReplyForm(request.POST, request.FILES, prefix="reply")
    do = request.POST.get("do", "")
    if do:
        form.fields["text"].required = False
    is_right = form.is_valid()
    if is_right and not do:
        try:
            unsent = [found for each in request.POST.getlist("unsent") if (found := number_in(each))]
            text, files = form.cleaned_data["text"], form.cleaned_data["attached"]
            return _at(number, conversation.reply(member, complaint, text, files=files, unsent=unsent))
        except Refusal as refusal:
            say_in(form, refusal)
    try:
        if (gone := number_in(do.removeprefix("remove-"))) is not None:
            forget_unsent(member, complaint, gone)
        keep_unsent(member, complaint, form.clean_files)
    except Refusal as refusal:
        say_in(form, refusal)
    return the_page(request, number, status=UNPROCESSABLE if form.errors else 200, reply=form)


@require_POST
def note(request: HttpRequest, number: int) -> HttpResponse:
    """Write something down for the team."""
    member = looking(request)
    complaint = get_complaint_for(member, number)
    form = NoteForm(request.POST, prefix="note")
    return _said(request, number, "note", form, lambda text: conversation.note(member, complaint, text))


@require_POST
def advise(request: HttpRequest, number: int, question_id: int) -> HttpResponse:
    """Answer *what would you do?*."""
    member = looking(request)
    complaint = get_complaint_for(member, number)
    question = _message(complaint, question_id)
    form = AdviceForm(request.POST, prefix="advice")
    return _said(
        request, number, "advice", form, lambda text: conversation.advise(member, complaint, question, text)
    )


@require_POST
def take_back(request: HttpRequest, number: int, message_id: int) -> HttpResponse:
    """Take a reply back before it left; its text stands in the form again."""
    member = looking(request)
    complaint = get_complaint_for(member, number)
    message = _message(complaint, message_id)
    conversation.take_reply_back(member, message)
    messages.success(request, "Taken back. Nothing was sent, and your text is here again.")
    again = reverse("complaints:complaint", args=[number])
    return HttpResponseRedirect(f"{again}?again={message.pk}#reply")


@require_http_methods(["GET", "POST"])
def ask_colleague(request: HttpRequest, number: int) -> HttpResponse:
    """Ask a colleague what they would do."""
    member = looking(request)
    complaint = get_complaint_for(member, number)
    colleagues = colleagues_in(complaint.team, but=member)
    form = QuestionForm(sent_in(request), colleagues=colleagues)
    if request.method == "POST" and form.is_valid():
        try:
            asked = conversation.ask_colleague(
                member, complaint, _of(colleagues, form.cleaned_data["colleague"]), form.cleaned_data["text"]
            )
        except Refusal as refusal:
            say_in(form, refusal)
        else:
            messages.success(request, "Your question is on its way. The decision stays yours.")
            return _at(number, asked)
    return act_page(
        request,
        complaint,
        form,
        title="What would you do?",
        lead="A question to a colleague. They are told, their answer stands in the conversation, "
        "and the decision stays yours.",
        button="Ask",
    )


@require_GET
def saved_replies(request: HttpRequest, number: int) -> HttpResponse:
    """The saved replies of the team, filled in for this complaint; those for its category first."""
    member = looking(request)
    complaint = get_complaint_for(member, number)
    replies = complaint.team.saved_replies.filter(Q(category="") | Q(category=complaint.category)).order_by(
        F("category").desc(), "title"
    )
    filled = [(each, filled_where_known(each.text, complaint, member)) for each in replies]
    context = {"complaint": complaint, "replies": filled, "variables": VARIABLES}
    return render(request, "complaints/page/saved_replies.html", context)


def act_page(
    request: HttpRequest,
    complaint: Complaint,
    form: Form,
    *,
    title: str,
    lead: str,
    button: str,
    **more: Any,  # noqa: ANN401
) -> HttpResponse:
    """A page with one form, for one act on a complaint; 422 where something that was typed can't be."""
    context = {"complaint": complaint, "form": form, "title": title, "lead": lead, "button": button} | more
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "complaints/page/act.html", context, status=status)


def colleague_of(colleagues: Any, word: str) -> Member:  # noqa: ANN401
    """One of the colleagues by their word."""
    return _of(colleagues, word)


def _said(
    request: HttpRequest, number: int, name: str, form: Form, say: Callable[[str], Message]
) -> HttpResponse:
    if form.is_valid():
        try:
            return _at(number, say(form.cleaned_data["text"]))
        except Refusal as refusal:
            if refusal.status != 409:  # noqa: PLR2004 (not allowed, not there: another page says so)
                raise
            form.add_error("text", str(refusal))
    return the_page(request, number, status=UNPROCESSABLE, **{name: form})


def _at(number: int, message: Message) -> HttpResponse:
    return redirect(f"{reverse('complaints:complaint', args=[number])}#message-{message.pk}")


def _message(complaint: Complaint, message_id: int) -> Message:
    message = (
        Message.objects.select_related("complaint__team", "author")
        .filter(pk=message_id, complaint=complaint)
        .first()
    )
    if message is None:
        raise NotThere("message")
    return message


def _of(colleagues: Any, word: str) -> Member:  # noqa: ANN401
    colleague: Member | None = colleagues.filter(word=word).first()
    if colleague is None:
        raise NotThere("colleague")
    return colleague
