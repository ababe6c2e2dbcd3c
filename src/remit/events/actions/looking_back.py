"""What stays of a big day: kept, changed, thanks; and one click makes a task or a proposal of it."""

from __future__ import annotations

from typing import Final

from remit.core.clock import now
from remit.core.errors import NotThere, Refusal
from remit.core.writing import write
from remit.events.access import get_event_for
from remit.events.models import Event, Lesson
from remit.events.vocabulary import MOST_LESSONS, Kept
from remit.people.access import get_member_for, place_in
from remit.people.models import Member
from remit.procedures.actions.drafting import begin_new
from remit.trail.actions import record
from remit.work.actions.tasks import TaskWords, make_task
from remit.work.vocabulary import LONGEST_TITLE

_CUT: Final = "…"


def add_lesson(member: Member, number: int, *, kind: Kept, text: str, to: str = "") -> Lesson:
    """Say what stays of an event; said twice it is there once.

    Args:
        member: anybody of the team.
        number: of the event.
        kind: kept, changed or thanks.
        text: never empty.
        to: word of whoever is thanked; "" for everybody.

    Raises:
        NotThere: no such event or member, or they only look into the team.
        Refusal: nothing is said, it is too early, or there are enough.
    """
    said = text.strip()
    if not said:
        raise Refusal("no-words", "What stays of it?", "A sentence is enough.", field="text")
    with write():
        event = get_event_for(member, number)
        place = place_in(member, event.team)
        get_member_for(place, member.word)
        if event.starts_at is None or event.starts_at > now():
            raise Refusal("too-early", "The day hasn't begun yet.", "Look back when it has.")
        if before := event.lessons.filter(kind=kind, by=member, text=said).first():
            return before
        if event.lessons.count() >= MOST_LESSONS:
            raise Refusal("too-many", "There is much already.", "Look what others said.")
        thanked = get_member_for(place, to) if to and kind == Kept.THANKS else None
        lesson = Lesson.objects.create(event=event, kind=kind, text=said, to=thanked, by=member, at=now())
        record("event-lesson", event.subject, by=member, team=event.team, kind=str(kind))
        return lesson


def make_task_of(member: Member, number: int, lesson: int) -> Lesson:
    """Make a task of it, free to take; a second click makes no second one.

    Raises:
        NotThere: no such event or lesson, or they only look into the team.
    """
    with write():
        event, row = _lesson(member, number, lesson)
        if row.task_id is None:
            words = TaskWords(
                title=_short(row.text),
                why=f"We said so when we looked back at “{event.title}”.",
                text=row.text,
                objective=event.objective,
            )
            row.task = make_task(place_in(member, event.team), words, stamp=f"lesson:{row.pk}")
            row.save(update_fields=["task"])
            record("event-lesson-task", event.subject, by=member, team=event.team, task=row.task.pk)
        return row


def propose(member: Member, number: int, lesson: int) -> Lesson:
    """Begin a procedure with it, as a draft of theirs; a second click makes no second one.

    Raises:
        NotThere: no such event or lesson, or they only look into the team.
    """
    with write():
        event, row = _lesson(member, number, lesson)
        if row.draft_id is None:
            row.draft = begin_new(
                member,
                event.team.word,
                title=_short(row.text),
                why=f"We said so when we looked back at “{event.title}”: {row.text}",
            )
            row.save(update_fields=["draft"])
            record("event-lesson-proposal", event.subject, by=member, team=event.team, draft=row.draft.pk)
        return row


def _lesson(member: Member, number: int, lesson: int) -> tuple[Event, Lesson]:
    event = get_event_for(member, number)
    get_member_for(place_in(member, event.team), member.word)
    row = event.lessons.select_for_update(of=("self",)).filter(pk=lesson).first()
    if row is None:
        raise NotThere("word of a look back")
    return event, row


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_TITLE else text[: LONGEST_TITLE - 1] + _CUT
