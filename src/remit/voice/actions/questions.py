"""Asking the manager something, and answering it for all."""

from __future__ import annotations

from remit.core.clock import now
from remit.core.errors import Changed, Refusal
from remit.core.writing import write
from remit.notices.actions import settle, tell
from remit.people.access import Place, need_rank, people_who_manage
from remit.people.models import Member
from remit.people.vocabulary import Rank
from remit.trail.actions import record
from remit.voice.access import get_question_for, place_at
from remit.voice.actions.nameless import said_at
from remit.voice.models import Question
from remit.voice.notices import question_answered, question_came
from remit.voice.vocabulary import QUESTION_ANSWERED


def ask(place: Place, text: str, *, stamp: str, is_nameless: bool = False) -> Question:
    """Ask those who manage a team; sent a second time it is one.

    Without a name nothing says whose it is, as with ideas.

    Args:
        place: of whoever asks.
        text: the question.
        stamp: of the form.
        is_nameless: whether nothing shall say who asks.

    Raises:
        Refusal: it asks nothing.
    """
    said = text.strip()
    if not said:
        raise Refusal("no-question", "What would you like to know?", "A sentence is enough.", field="text")
    with write():
        if before := Question.objects.filter(team=place.team, stamp=stamp).first():
            return before
        with said_at(place.team, is_nameless=is_nameless) as moment:
            question = Question.objects.create(
                team=place.team,
                stamp=stamp,
                text=said,
                author=None if is_nameless else place.member,
                at=moment,
            )
            if not is_nameless:
                record("question-asked", question.subject, by=place.member, team=place.team)
            told = [each for each in people_who_manage(place.team) if each.pk != question.author_id]
            tell(told, question_came(question))
        return question


def answer_question(member: Member, number: int, text: str) -> Question:
    """Who manages the team answers, for all; the same answer sent again changes nothing.

    Raises:
        NotThere: no such question.
        NotAllowed: by somebody below a manager.
        Changed: somebody else answered meanwhile.
        Refusal: it says nothing.
    """
    said = text.strip()
    if not said:
        raise Refusal(
            "no-answer", "What is your answer?", "That you don't know yet is one, too.", field="answer"
        )
    with write():
        question = get_question_for(member, number)
        need_rank(place_at(member, question), Rank.MANAGER, "answer for all")
        if question.answered_at is not None:
            if (question.answer, question.answered_by_id) == (said, member.pk):
                return question
            raise Changed(
                "question-answered", "It was answered meanwhile.", "The answer stands on this page."
            )
        question.answer, question.answered_by, question.answered_at = said, member, now()
        question.save(update_fields=["answer", "answered_by", "answered_at"])
        settle(question.subject)
        record(QUESTION_ANSWERED, question.subject, by=member, team=question.team)
        if question.author is not None and question.author != member and question.author.left_at is None:
            tell([question.author], question_answered(question))
        return question
