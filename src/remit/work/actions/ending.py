"""How tasks end: done, closed without doing them, and both taken back."""

from __future__ import annotations

from remit.core.clock import now
from remit.core.errors import Changed, NotAllowed, Refusal
from remit.core.writing import write
from remit.notices.actions import settle
from remit.people.access import get_member_for, place_in
from remit.people.models import Member
from remit.trail.actions import record
from remit.work.access import get_task_for
from remit.work.actions.holding import hold, turn
from remit.work.actions.tasks import need_part_in
from remit.work.models import Task
from remit.work.vocabulary import End, Move


def do(member: Member, number: int) -> Task:
    """Say that a task is done. A free one is taken up with it; done a second time nothing happens.

    Raises:
        NotThere: no such task, or they only look into its team.
        NotAllowed: somebody else has it, and they aren't a lead.
        Changed: it was closed without doing it.
    """
    with write():
        task = get_task_for(member, number)
        place = place_in(member, task.team)
        get_member_for(place, member.word)
        if task.end == End.DONE:
            return task
        if task.end:
            raise Changed("task-ended", "It was closed without doing it.", "Take that back first.")
        if task.holder is None:
            hold(task, member, by=member, move=Move.TAKEN)
        elif task.holder != member and not place.is_lead:
            raise NotAllowed(
                "not-your-task", f"{task.holder.name} has this task.", "Let them say that it is done."
            )
        _end(task, End.DONE, by=member)
        return task


def close(member: Member, number: int, why: str) -> Task:
    """Close a task without doing it; closed already, nothing happens.

    Args:
        member: who wrote it down, has it, or is a lead.
        number: of the task.
        why: never empty.

    Raises:
        NotThere: no such task.
        NotAllowed: it isn't theirs.
        Changed: it is done.
        Refusal: the why is missing.
    """
    words = why.strip()
    if not words:
        raise Refusal("no-why", "A word why is needed.", "Say it in a sentence.", field="why")
    with write():
        task = get_task_for(member, number)
        need_part_in(member, task, "close")
        if task.end == End.CLOSED:
            return task
        if task.end:
            raise Changed("task-ended", "It is done already.", "Take that back first.")
        _end(task, End.CLOSED, by=member, words=words)
        return task


def undo(member: Member, number: int) -> Task:
    """Take back that a task is done, or closed: it is open again, with whoever had it.

    Raises:
        NotThere: no such task.
        NotAllowed: it isn't theirs.
    """
    with write():
        task = get_task_for(member, number)
        need_part_in(member, task, "open again")
        if task.is_open:
            return task
        task.ended_at, task.end = None, ""
        task.save(update_fields=["ended_at", "end"])
        turn(task, Move.UNDONE, by=member)
        record("task-undone", task.subject, by=member, team=task.team)
        return task


def _end(task: Task, end: End, *, by: Member, words: str = "") -> None:
    task.ended_at, task.end = now(), end
    task.save(update_fields=["ended_at", "end"])
    turn(task, Move(end.value), by=by, words=words)
    settle(task.subject)
    record(f"task-{end}", task.subject, by=by, team=task.team)
