"""Questions to the manager: answered ones for all, asking one, answering one."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from remit.core.form_errors import is_done
from remit.core.form_page import UNPROCESSABLE
from remit.core.paging import paged
from remit.core.sent import sent_in
from remit.people.access import get_place_for, need_rank, teams_of
from remit.people.looking import looking
from remit.people.vocabulary import Rank
from remit.voice.access import get_question_for, place_at, questions_for, waiting_questions_for
from remit.voice.actions.questions import answer_question, ask
from remit.voice.forms.questions import QuestionAnswerForm, QuestionForm
from remit.voice.models import Question
from remit.voice.views.ideas import FORM, somewhere

_LONGEST_SEARCH: Final = 100
_MOST_WAITING: Final = 20


@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """Those that were answered, the newest answer first, by words too; above them those that wait."""
    member = looking(request)
    words = " ".join(request.GET.get("q", "")[:_LONGEST_SEARCH].split())
    rows = questions_for(member).filter(answered_at__isnull=False).order_by("-answered_at", "-id")
    for word in words.split():
        rows = rows.filter(Q(text__icontains=word) | Q(answer__icontains=word))
    mine = questions_for(member).filter(answered_at=None, author=member).order_by("at", "id")
    waiting = list(waiting_questions_for(member)[: _MOST_WAITING + 1])
    values = {
        "words": words,
        "rows": paged(rows, request.GET.get("page")),
        "waiting": waiting[:_MOST_WAITING],
        "more_wait": len(waiting) > _MOST_WAITING,
        "mine": [each for each in mine[:_MOST_WAITING] if each not in waiting],
        "teams": list(teams_of(member)),
    }
    return render(request, "voice/questions.html", values)


@require_safe
def new_somewhere(request: HttpRequest) -> HttpResponse:
    """From anywhere: to the form of one's team; who is in several chooses one."""
    return somewhere(request, "voice:new-question", "Whose manager do you ask?")


@require_http_methods(FORM)
def new(request: HttpRequest, team: str) -> HttpResponse:
    """Ask something."""
    place = get_place_for(looking(request), team)
    form = QuestionForm(sent_in(request))

    def act(text: str, stamp: str, *, is_nameless: bool) -> None:
        ask(place, text, stamp=stamp, is_nameless=is_nameless)

    if is_done(form, act):
        messages.success(request, "Asked. The answer will be for all.")
        return redirect("voice:questions")
    status = UNPROCESSABLE if form.is_bound and form.errors else 200
    return render(request, "voice/new_question.html", {"place": place, "form": form}, status=status)


@require_safe
def question(request: HttpRequest, number: int) -> HttpResponse:
    """One question, with its answer."""
    return _page(request, get_question_for(looking(request), number))


@require_POST
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """Answer it, for all."""
    member = looking(request)
    found = get_question_for(member, number)
    need_rank(place_at(member, found), Rank.MANAGER, "answer for all")
    form = QuestionAnswerForm(request.POST)

    def act(answer: str) -> None:
        answer_question(member, number, answer)

    if is_done(form, act):
        messages.success(request, "Answered, for all to read.")
        return redirect("voice:question", number)
    return _page(request, found, form)


def _page(request: HttpRequest, question: Question, form: QuestionAnswerForm | None = None) -> HttpResponse:
    place = place_at(looking(request), question)
    values = {"question": question, "place": place, "form": form or QuestionAnswerForm()}
    status = UNPROCESSABLE if form is not None and form.errors else 200
    return render(request, "voice/question.html", values, status=status)
