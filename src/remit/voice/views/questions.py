"""Questions to the manager: answered ones for all, asking one, answering one."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.db.models import Exists, OuterRef, Q
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from remit.core.form_errors import is_done
from remit.core.form_page import form_page
from remit.core.paging import paged
from remit.core.sent import sent_in
from remit.people.access import get_place_for, need_rank, teams_of
from remit.people.looking import looking
from remit.people.vocabulary import Rank
from remit.voice.access import get_question_for, place_at, questions_for, waiting_questions_for
from remit.voice.actions.questions import answer_question, ask, correct_answer
from remit.voice.forms.questions import CorrectionForm, QuestionAnswerForm, QuestionForm
from remit.voice.models import EarlierAnswer, Question
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
    corrected = EarlierAnswer.objects.filter(question=OuterRef("pk"))
    mine = questions_for(member).filter(answered_at=None, author=member).order_by("at", "id")
    waiting = list(waiting_questions_for(member)[: _MOST_WAITING + 1])
    values = {
        "words": words,
        "rows": paged(rows.annotate(is_corrected=Exists(corrected)), request.GET.get("page")),
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
    return form_page(request, "voice/new_question.html", {"place": place, "form": form}, form)


@require_safe
def question(request: HttpRequest, number: int) -> HttpResponse:
    """One question, with its answer and what it said before it was corrected."""
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
    return _page(request, found, answer=form)


@require_POST
def correct(request: HttpRequest, number: int) -> HttpResponse:
    """Correct the answer; what it said before stays to be read."""
    member = looking(request)
    found = get_question_for(member, number)
    need_rank(place_at(member, found), Rank.MANAGER, "answer for all")
    form = CorrectionForm(request.POST)

    def act(answer: str, after: int, why: str) -> None:
        correct_answer(member, number, answer, why=why, after=after)

    if is_done(form, act):
        messages.success(request, "Corrected, for all to read, with what it said before.")
        return redirect("voice:question", number)
    return _page(request, found, correction=form)


def _page(request: HttpRequest, question: Question, **forms: Form) -> HttpResponse:
    earlier = list(question.earlier_answers.select_related("by", "corrected_by"))
    values = {
        "question": question,
        "place": place_at(looking(request), question),
        "earlier": earlier,
        "answer": QuestionAnswerForm(),
        "correction": CorrectionForm(answer=question.answer, after=len(earlier)),
    } | forms
    return form_page(request, "voice/question.html", values, *forms.values())
