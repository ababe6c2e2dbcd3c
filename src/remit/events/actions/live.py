"""The day itself: done, late, help needed. Each is one press, and pressed twice it is the same.

A press may come late, as a phone had no connection: it says when it was, and gives way to what others pressed
since. Sent again, as its answer was lost, it counts once: else it would undo what others did in between.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q

from remit.core.clock import now
from remit.core.errors import Changed, Refusal
from remit.core.writing import write
from remit.events.access import get_task_for
from remit.events.models import Press, Task
from remit.events.notices import help_needed
from remit.events.vocabulary import LATE
from remit.notices.actions import settle, tell
from remit.people.access import get_member_for, place_in
from remit.people.models import Member
from remit.people.vocabulary import Rank
from remit.trail.actions import record

_LATEST: Final = timedelta(days=3)
"""What waited longer counts as pressed so long ago: no clock of a phone is right for ever."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """A press, as a browser says.

    Attributes:
        key: that it made up for it; "" where it made none.
        at: when; None for now. Never later than now.
    """

    key: str = ""
    at: datetime | None = None

    @property
    def moment(self) -> datetime:
        """When it was."""
        return max(min(self.at or now(), now()), now() - _LATEST)


_NOW: Final = Pressed()


def do(member: Member, number: int, pressed: Pressed = _NOW) -> Task:
    """Say that a task is done; nobody needs help with it any more.

    Raises:
        NotThere: no such task, or they only look into its team.
        Changed: its event was called off.
    """
    with write():
        task, is_new = _on_the_day(member, number, pressed)
        if is_new and task.done_at is None:
            task.done_at, task.done_by, task.help_at, task.help_by, task.help_words = (
                pressed.moment,
                member,
                None,
                None,
                "",
            )
            _save(task, "event-task-done", by=member)
            settle(f"event-task:{task.pk}")
        return task


def undo(member: Member, number: int, pressed: Pressed = _NOW) -> Task:
    """Take back that a task is done.

    Raises:
        NotThere: no such task, or they only look into its team.
        Changed: its event was called off, or somebody said since then that it is done.
    """
    with write():
        task, is_new = _on_the_day(member, number, pressed)
        if is_new and task.done_at is not None:
            if task.done_at > pressed.moment:
                raise Changed("done-since", "It is done since then.", "Look at the sheet again.")
            task.done_at, task.done_by = None, None
            _save(task, "event-task-undone", by=member)
        return task


def be_late(member: Member, number: int, minutes: int, pressed: Pressed = _NOW) -> Task:
    """Say by how much a task will be late; 0 is in time again.

    Args:
        member: anybody of the team.
        number: of the task.
        minutes: one of those that the day offers.
        pressed: when, and its mark.

    Raises:
        NotThere: no such task, or they only look into its team.
        Changed: it is done, or its event was called off.
        Refusal: other minutes.
    """
    if minutes not in LATE:
        raise Refusal("late", "So many minutes aren't offered.", "Choose one of the buttons.")
    with write():
        task, is_new = _on_the_day(member, number, pressed)
        if not is_new:
            return task
        _need_open(task)
        if task.late_minutes != minutes:
            task.late_minutes = minutes
            _save(task, "event-task-late", by=member, minutes=minutes)
        return task


def need_help(member: Member, number: int, words: str = "", pressed: Pressed = _NOW) -> Task:
    """Say that help is needed: whoever runs the event, and leads there, is told at once.

    Args:
        member: anybody of the team.
        number: of the task.
        words: for what; may be "". Whoever asked may say so, or say it otherwise, afterwards.
        pressed: when, and its mark.

    Raises:
        NotThere: no such task, or they only look into its team.
        Changed: it is done, or its event was called off.
    """
    with write():
        task, is_new = _on_the_day(member, number, pressed)
        if not is_new:
            return task
        _need_open(task)
        said, is_new = words.strip(), task.help_at is None
        if is_new:
            task.help_at, task.help_by = pressed.moment, member
        if is_new or (said and task.help_by_id == member.pk and said != task.help_words):
            task.help_words = said
            _save(task, "event-help-needed", by=member)
            tell(_who_leads(task, member), help_needed(task, member.name, said))
        return task


def help_came(member: Member, number: int, pressed: Pressed = _NOW) -> Task:
    """Say that help came; where none is needed nothing happens.

    Raises:
        NotThere: no such task, or they only look into its team.
        Changed: its event was called off, or help is needed again since then.
    """
    with write():
        task, is_new = _on_the_day(member, number, pressed)
        if is_new and task.help_at is not None:
            if task.help_at > pressed.moment:
                raise Changed("help-since", "Help is needed since then.", "Look at the sheet again.")
            task.help_at, task.help_by, task.help_words = None, None, ""
            _save(task, "event-help-came", by=member)
            settle(f"event-task:{task.pk}")
        return task


def _on_the_day(member: Member, number: int, pressed: Pressed) -> tuple[Task, bool]:
    """A task of a day that takes place, and whether this press of it is a new one."""
    task = get_task_for(member, number)
    get_member_for(place_in(member, task.event.team), member.word)
    if not task.event.is_on:
        raise Changed("not-on", "This event doesn't take place.", "Look at its first page.")
    if not pressed.key:
        return task, True
    kept = {"task": task, "at": now()}
    return task, Press.objects.get_or_create(by=member, key=pressed.key, defaults=kept)[1]


def _need_open(task: Task) -> None:
    if task.done_at is not None:
        raise Changed("done-already", "It is done already.", "Look at the sheet again.")


def _save(task: Task, act: str, *, by: Member, **data: int) -> None:
    task.save(update_fields=["done_at", "done_by", "late_minutes", "help_at", "help_by", "help_words"])
    record(act, task.event.subject, by=by, team=task.event.team, words="", task=task.pk, **data)


def _who_leads(task: Task, member: Member) -> list[Member]:
    """Whoever runs the event, and leads of the team who take part; nobody is told of their own press."""
    leads = Q(
        memberships__team=task.event.team, memberships__until=None, memberships__role__rank__gte=Rank.LEAD
    )
    taking_part = task.event.people.values("member")
    found = Member.objects.filter(leads, pk__in=taking_part, left_at=None).exclude(pk=member.pk).distinct()
    owner = [task.event.owner] if task.event.owner_id != member.pk else []
    return [*owner, *found]
