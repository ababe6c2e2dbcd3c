"""Erasing: what somebody said goes with them; where others named them, the name does.

What came without a name can't be found by who said it: only what names somebody is taken out of it.
"""

from __future__ import annotations

from typing import Final

from django.db.models import Q

from remit.core.erasing import ERASED, Loose, Traces, take_out
from remit.core.left_files import remove_once_kept
from remit.core.writing import write
from remit.notices.actions import erase_notices
from remit.people.models import Member
from remit.voice.models import Answer, EarlierAnswer, Idea, Picture, Promise, Question, Thanks, Trial

_LOOSE: Final[Loose] = (
    (Idea, ("text", "source_words")),
    (Answer, ("why",)),
    (Trial, ("what", "measure", "limit", "learned")),
    (Thanks, ("text", "value")),
    (Question, ("text", "answer")),
    (EarlierAnswer, ("text", "why")),
    (Promise, ("why", "values")),
)


def erase_voice(traces: Traces, *, of: Member | None = None) -> None:
    """Take somebody out of what the team said. That there was an idea, and what became of it, stays.

    Args:
        traces: by what they are found in what others wrote.
        of: somebody who works here or did: what they said with their name goes as a whole.
    """
    with write():
        if of is not None:
            _erase_what_they_said(of)
        take_out(traces, _LOOSE)


def _erase_what_they_said(member: Member) -> None:
    ideas, thanks = Idea.objects.filter(author=member), Thanks.objects.filter(by=member)
    questions = Question.objects.filter(Q(author=member) | Q(answered_by=member))
    earlier = EarlierAnswer.objects.filter(Q(by=member) | Q(corrected_by=member))
    answers, trials = Answer.objects.filter(by=member), Trial.objects.filter(said_by=member)
    about = {
        "idea": {*ideas.values_list("pk", flat=True), *answers.values_list("idea", flat=True)},
        "trial": trials.values_list("pk", flat=True),
        "thanks": thanks.values_list("pk", flat=True),
        "question": {*questions.values_list("pk", flat=True), *earlier.values_list("question", flat=True)},
    }
    erase_notices([f"{what}:{key}" for what, keys in about.items() for key in keys], (), Traces())
    pictures = Picture.objects.filter(idea__author=member)
    remove_once_kept(list(pictures.values_list("file", flat=True)))
    pictures.delete()
    ideas.update(text=ERASED, source="", source_key="", source_words="")
    Question.objects.filter(author=member).update(text=ERASED)
    Question.objects.filter(answered_by=member).update(answer=ERASED)
    EarlierAnswer.objects.filter(by=member).update(text=ERASED)
    EarlierAnswer.objects.filter(corrected_by=member).update(why=ERASED)
    thanks.update(text=ERASED)
    answers.update(why=ERASED)
    trials.update(learned=ERASED)
