"""The briefing: its points, whose floor each is, and what was asked before."""

from __future__ import annotations

from datetime import datetime

from remit.core.clock import now
from remit.core.errors import Changed, NotThere, Refusal
from remit.core.writing import write
from remit.events.access import get_event_for, need_runner
from remit.events.models import Event, Point, Question
from remit.events.notices import question_answered
from remit.events.vocabulary import MOST_POINTS, MOST_QUESTIONS
from remit.notices.actions import settle, tell
from remit.people.access import get_member_for, place_in
from remit.people.models import Member
from remit.trail.actions import record


def set_time(member: Member, number: int, at: datetime | None) -> Event:
    """Say when an event is talked through.

    Args:
        member: who runs it.
        number: of the event.
        at: aware; None where nobody knows yet.

    Raises:
        NotThere: no such event.
        NotAllowed: they don't run it.
    """
    with write():
        event = _run(member, number)
        if event.briefing_at != at:
            event.briefing_at = at
            event.save(update_fields=["briefing_at"])
            record("event-briefing", event.subject, by=member, team=event.team)
        return event


def add_point(member: Member, number: int, *, title: str, minutes: int, task: int | None) -> Point:
    """Add a point to the agenda; one of the same title is there already.

    Args:
        member: who runs the event.
        number: of the event.
        title: what is talked about.
        minutes: how long it has.
        task: that it is about; None for none in particular.

    Raises:
        NotThere: no such event.
        NotAllowed: they don't run it.
        Refusal: the task is gone, or there are enough.
    """
    with write():
        event = _run(member, number)
        if before := event.points.filter(title=title).first():
            return before
        if event.points.count() >= MOST_POINTS:
            raise Refusal("too-many", f"{MOST_POINTS} points are no short briefing.", "Take some out first.")
        if task is not None and not event.tasks.filter(pk=task).exists():
            raise Refusal("task-gone", "That task is gone.", "Choose another one.", field="task")
        point = Point.objects.create(event=event, title=title, minutes=minutes, task_id=task)
        record("event-briefing", event.subject, by=member, team=event.team, point=point.pk)
        return point


def set_point(member: Member, number: int, point: int, *, speaker: str, words: str, revision: int) -> Point:
    """Say whose floor a point is, and what was said; the same once more changes nothing.

    Args:
        member: who runs the event, or whose floor it is.
        number: of the event.
        point: its number.
        speaker: word of a member of the team; "" for nobody yet.
        words: notes.
        revision: of the point that they saw.

    Raises:
        NotThere: no such event, point or member.
        NotAllowed: it isn't theirs.
        Changed: somebody else changed it meanwhile.
    """
    with write():
        event = get_event_for(member, number)
        row = event.points.select_related("speaker").filter(pk=point).first()
        if row is None:
            raise NotThere("point")
        if row.speaker_id != member.pk:
            need_runner(member, event, "change the briefing")
        whose = get_member_for(place_in(member, event.team), speaker) if speaker else None
        if (row.speaker, row.words) == (whose, words):
            return row
        if row.revision != revision:
            raise Changed("point-changed", "Somebody else changed this point meanwhile.", "Look at it again.")
        row.speaker, row.words, row.revision = whose, words, row.revision + 1
        row.save()
        record("event-briefing", event.subject, by=member, team=event.team, point=point)
        return row


def remove_point(member: Member, number: int, point: int) -> None:
    """Take a point out of the agenda; taken out already, nothing happens.

    Raises:
        NotThere: no such event.
        NotAllowed: they don't run it.
    """
    with write():
        event = _run(member, number)
        if event.points.filter(pk=point).delete()[0]:
            record("event-briefing", event.subject, by=member, team=event.team)


def ask(member: Member, number: int, text: str) -> Question:
    """Ask something beforehand; asked twice it is there once.

    Args:
        member: anybody who sees the event.
        number: of the event.
        text: never empty.

    Raises:
        NotThere: no such event.
        Refusal: there is nothing asked, or there are enough.
    """
    said = text.strip()
    if not said:
        raise Refusal("no-question", "What would you like to know?", "Write it down.", field="text")
    with write():
        event = get_event_for(member, number)
        if before := event.questions.filter(by=member, text=said).first():
            return before
        if event.questions.count() >= MOST_QUESTIONS:
            raise Refusal("too-many", "There are many questions already.", "Ask in person.")
        question = Question.objects.create(event=event, text=said, by=member, at=now())
        record("event-asked", event.subject, by=member, team=event.team)
        return question


def answer(member: Member, number: int, question: int, *, words: str, revision: int) -> Question:
    """Answer what was asked beforehand, or say it better; all who see the event read it; who asked is told.

    The same once more changes nothing.

    Args:
        member: anybody of the team for the first answer; then whoever gave it, and who runs the event.
        number: of the event.
        question: its number.
        words: never empty.
        revision: of the question that they saw.

    Raises:
        NotThere: no such event or question, or they only look into its team.
        NotAllowed: somebody else answered it, and they don't run it.
        Changed: somebody else answered it meanwhile.
        Refusal: nothing is said.
    """
    said = words.strip()
    if not said:
        raise Refusal("no-answer", "What is the answer?", "A sentence is enough.", field="words")
    with write():
        event = get_event_for(member, number)
        get_member_for(place_in(member, event.team), member.word)
        row = event.questions.select_related("by", "event").filter(pk=question).first()
        if row is None:
            raise NotThere("question")
        if row.answer == said:
            return row
        if row.revision != revision:
            raise Changed("answered", "Somebody else answered this meanwhile.", "Read it first.")
        if row.answered_by_id not in {None, member.pk}:
            need_runner(member, event, "change that answer")
        row.answer, row.answered_by, row.answered_at = said, member, now()
        row.revision += 1
        row.save()
        record("event-answered", event.subject, by=member, team=event.team)
        if row.by_id != member.pk and row.by.left_at is None:
            settle(f"event-question:{row.pk}")
            tell([row.by], question_answered(row))
        return row


def _run(member: Member, number: int) -> Event:
    event = get_event_for(member, number)
    need_runner(member, event, "change the briefing")
    return event
