"""The day itself: done, late, help needed. Each is one press, and pressed twice it is the same."""

from __future__ import annotations

from django.db.models import Q

from remit.core.clock import now
from remit.core.errors import Changed, Refusal
from remit.core.writing import write
from remit.events.access import get_task_for
from remit.events.models import Task
from remit.events.notices import help_needed
from remit.events.vocabulary import LATE
from remit.notices.actions import settle, tell
from remit.people.access import get_member_for, place_in
from remit.people.models import Member
from remit.people.vocabulary import Rank
from remit.trail.actions import record


def do(member: Member, number: int) -> Task:
    """Say that a task is done; nobody needs help with it any more.

    Raises:
        NotThere: no such task, or they only look into its team.
        Changed: its event was called off.
    """
    with write():
        task = _on_the_day(member, number)
        if task.done_at is None:
            task.done_at, task.done_by, task.help_at, task.help_by, task.help_words = (
                now(),
                member,
                None,
                None,
                "",
            )
            _save(task, "event-task-done", by=member)
            settle(f"event-task:{task.pk}")
        return task


def undo(member: Member, number: int) -> Task:
    """Take back that a task is done.

    Raises:
        NotThere: no such task, or they only look into its team.
        Changed: its event was called off.
    """
    with write():
        task = _on_the_day(member, number)
        if task.done_at is not None:
            task.done_at, task.done_by = None, None
            _save(task, "event-task-undone", by=member)
        return task


def be_late(member: Member, number: int, minutes: int) -> Task:
    """Say by how much a task will be late; 0 is in time again.

    Args:
        member: anybody of the team.
        number: of the task.
        minutes: one of those that the day offers.

    Raises:
        NotThere: no such task, or they only look into its team.
        Changed: it is done, or its event was called off.
        Refusal: other minutes.
    """
    if minutes not in LATE:
        raise Refusal("late", "So many minutes aren't offered.", "Choose one of the buttons.")
    with write():
        task = _on_the_day(member, number)
        if task.done_at is not None:
            raise Changed("done-already", "It is done already.", "Look at the sheet again.")
        if task.late_minutes != minutes:
            task.late_minutes = minutes
            _save(task, "event-task-late", by=member, minutes=minutes)
        return task


def need_help(member: Member, number: int, words: str = "") -> Task:
    """Say that help is needed: whoever runs the event, and leads there, is told at once.

    Args:
        member: anybody of the team.
        number: of the task.
        words: for what; may be "". Whoever asked may say so, or say it otherwise, afterwards.

    Raises:
        NotThere: no such task, or they only look into its team.
        Changed: it is done, or its event was called off.
    """
    with write():
        task = _on_the_day(member, number)
        if task.done_at is not None:
            raise Changed("done-already", "It is done already.", "Look at the sheet again.")
        said, is_new = words.strip(), task.help_at is None
        if is_new:
            task.help_at, task.help_by = now(), member
        if is_new or (said and task.help_by_id == member.pk and said != task.help_words):
            task.help_words = said
            _save(task, "event-help-needed", by=member)
            tell(_who_leads(task, member), help_needed(task, member.name, said))
        return task


def help_came(member: Member, number: int) -> Task:
    """Say that help came; where none is needed nothing happens.

    Raises:
        NotThere: no such task, or they only look into its team.
        Changed: its event was called off.
    """
    with write():
        task = _on_the_day(member, number)
        if task.help_at is not None:
            task.help_at, task.help_by, task.help_words = None, None, ""
            _save(task, "event-help-came", by=member)
            settle(f"event-task:{task.pk}")
        return task


def _on_the_day(member: Member, number: int) -> Task:
    task = get_task_for(member, number)
    get_member_for(place_in(member, task.event.team), member.word)
    if not task.event.is_on:
        raise Changed("not-on", "This event doesn't take place.", "Look at its first page.")
    return task


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
