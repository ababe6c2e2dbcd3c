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
from remit.voice.models import EarlierAnswer, Question
from remit.voice.notices import answer_corrected, question_answered, question_came
from remit.voice.vocabulary import ANSWER_CORRECTED, QUESTION_ANSWERED


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
    said = _something(text)
    with write():
        question = _to_answer(member, number)
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


def correct_answer(member: Member, number: int, text: str, *, why: str, after: int) -> Question:
    """Who manages the team corrects an answer; what it said before stays to be read, with the why.

    The same correction sent again changes nothing.

    Args:
        member: who corrects, whoever answered.
        number: of the question.
        text: what the answer is from now on.
        why: it is corrected, as all read it.
        after: how often it had been corrected when they looked.

    Raises:
        NotThere: no such question.
        NotAllowed: by somebody below a manager.
        Changed: it was corrected meanwhile, or there is nothing to correct yet.
        Refusal: it says nothing, nothing else than before, or not why.
    """
    said, reason = _something(text), why.strip()
    if not reason:
        raise Refusal("no-why", "A word why is needed.", "All who read the answer read it.", field="why")
    with write():
        question = _to_answer(member, number)
        if question.answered_at is None or question.answered_by is None:
            raise Changed("question-open", "It isn't answered yet.", "Answer it.")
        before = question.earlier_answers.first()
        times = before.number if before else 0
        is_same = said == question.answer
        if times != after:
            if is_same and question.answered_by == member:
                return question
            raise Changed(
                "answer-corrected",
                f"{question.answered_by.name} corrected it meanwhile.",
                "Read that first. What you typed stands below.",
            )
        if is_same:
            raise Refusal("same-answer", "That is what it says already.", "What is right?", field="answer")
        EarlierAnswer.objects.create(
            question=question,
            number=times + 1,
            text=question.answer,
            by=question.answered_by,
            at=question.answered_at,
            why=reason,
            corrected_by=member,
        )
        concerned = {each for each in (question.author, question.answered_by) if each is not None}
        question.answer, question.answered_by, question.answered_at = said, member, now()
        question.save(update_fields=["answer", "answered_by", "answered_at"])
        record(ANSWER_CORRECTED, question.subject, by=member, team=question.team)
        told = [each for each in concerned if each != member and each.left_at is None]
        tell(told, answer_corrected(question, reason))
        return question


def _something(text: str) -> str:
    said = text.strip()
    if not said:
        raise Refusal(
            "no-answer", "What is your answer?", "That you don't know yet is one, too.", field="answer"
        )
    return said


def _to_answer(member: Member, number: int) -> Question:
    question = get_question_for(member, number)
    need_rank(place_at(member, question), Rank.MANAGER, "answer for all")
    return question
