"""Writing tasks down, and changing what they say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from remit.core.clock import now
from remit.core.errors import Changed, NotAllowed, Refusal
from remit.core.writing import write
from remit.people.access import Place, get_member_for, need_rank, place_in
from remit.people.models import Member
from remit.people.vocabulary import Rank
from remit.purpose.models import Objective
from remit.trail.actions import record
from remit.work.access import get_task_for
from remit.work.actions.holding import hold, turn
from remit.work.models import Task
from remit.work.vocabulary import Move


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskWords:
    """What a task says.

    Attributes:
        title: what is to be done.
        why: what it is for.
        text: how, and whatever one should know.
        objective: that it hangs on; None: on none yet.
        due_at: until when, aware; None: whenever there is time.
        place: where.
        minutes: how long it takes, about.
    """

    title: str
    why: str
    text: str = ""
    objective: Objective | None = None
    due_at: datetime | None = None
    place: str = ""
    minutes: int | None = None


def make_task(place: Place, words: TaskWords, *, stamp: str, to: str = "") -> Task:
    """Write down a task: free to take, unless it goes to somebody at once.

    Args:
        place: of whoever writes it down.
        words: what it says.
        stamp: of the form; sent a second time it makes no second task.
        to: word of the member who gets it: themselves, or as a lead anybody; "" leaves it free.

    Returns:
        The task; the one that there is already when the form was sent before.

    Raises:
        NotAllowed: they would give it to somebody, and aren't a lead.
        NotThere: there is nobody of that word.
        Refusal: title or why is missing.
    """
    _need_words(words)
    with write():
        if before := Task.objects.filter(stamp=stamp, made_by=place.member).first():
            return before
        getter = get_member_for(place, to) if to else None
        if getter is not None and getter != place.member:
            need_rank(place, Rank.LEAD, "give a task to somebody")
        task = Task(team=place.team, stamp=stamp, made_by=place.member, made_at=now())
        _say(task, words)
        task.save(force_insert=True)
        record("task-made", task.subject, by=place.member, team=place.team)
        if getter is not None:
            hold(task, getter, by=place.member, move=Move.TAKEN if getter == place.member else Move.GIVEN)
        return task


def change_task(member: Member, number: int, words: TaskWords, *, revision: int) -> Task:
    """Change what a task says; the same once more changes nothing.

    Args:
        member: who wrote it down, has it, or is a lead.
        number: of the task.
        words: what it says from now on.
        revision: the one that they saw.

    Raises:
        NotThere: no such task.
        NotAllowed: it isn't theirs to change.
        Changed: somebody else changed it meanwhile, or it has ended.
        Refusal: title or why is missing.
    """
    _need_words(words)
    with write():
        task = get_task_for(member, number)
        need_part_in(member, task, "change")
        if not task.is_open:
            raise Changed("task-ended", "This task has ended.", "Write down a new one.")
        if all(getattr(task, name) == getattr(words, name) for name in words.__slots__):
            return task
        if task.revision != revision:
            raise Changed(
                "task-changed",
                "Somebody else changed this task meanwhile.",
                "Open it in another window, take over what you typed here, and save it there.",
            )
        _say(task, words)
        task.revision += 1
        task.save()
        turn(task, Move.CHANGED, by=member)
        record("task-changed", task.subject, by=member, team=task.team)
        return task


def need_part_in(member: Member, task: Task, to_do: str) -> None:
    """Refuse what only those may do whose task it is: who wrote it down, who has it, a lead.

    Raises:
        NotAllowed: they are none of them.
    """
    if member.pk in {task.made_by_id, task.holder_id} or place_in(member, task.team).is_lead:
        return
    who = task.holder.name if task.holder else task.made_by.name
    raise NotAllowed(
        "not-your-task", f"It isn't yours to {to_do}.", f"Ask {who}, or a lead of {task.team.name}."
    )


def _say(task: Task, words: TaskWords) -> None:
    for name in words.__slots__:
        setattr(task, name, getattr(words, name))


def _need_words(words: TaskWords) -> None:
    if not words.title.strip():
        raise Refusal("no-title", "Say what is to be done.", "A few words are enough.", field="title")
    if not words.why.strip():
        raise Refusal("no-why", "A word why is needed.", "Say what it is for, in a sentence.", field="why")
