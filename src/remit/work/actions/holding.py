"""Who has a task: taken up, given, handed over, put back. Each is a row of its own, and few are told."""

from __future__ import annotations

from remit.core.clock import now
from remit.core.errors import Changed, NotAllowed, Refusal
from remit.core.writing import write
from remit.notices.actions import settle, tell
from remit.people.access import get_member_for, need_rank, place_in
from remit.people.models import Member, Membership
from remit.people.vocabulary import Rank
from remit.trail.actions import record
from remit.work.access import get_task_for
from remit.work.models import Task, Turn
from remit.work.notices import given, put_back
from remit.work.vocabulary import Move


def take(member: Member, number: int) -> Task:
    """Take up a task that is free; one that they have already stays theirs.

    Raises:
        NotThere: no such task, or they only look into its team.
        Changed: somebody was quicker, or it has ended.
    """
    with write():
        task = get_task_for(member, number)
        get_member_for(place_in(member, task.team), member.word)
        need_open(task)
        if task.holder is not None and task.holder != member:
            raise Changed(
                "task-taken",
                f"{task.holder.name} has taken this up already.",
                "Take another one that is free.",
            )
        if task.holder is None:
            hold(task, member, by=member, move=Move.TAKEN)
        return task


def give(member: Member, number: int, *, to: str, words: str = "") -> Task:
    """A lead gives a task to somebody; to whoever has it already nothing happens.

    Args:
        member: the lead.
        number: of the task.
        to: word of the member.
        words: what they should know.

    Raises:
        NotThere: no such task, or nobody of that word.
        NotAllowed: by somebody below a lead.
        Changed: it has ended.
    """
    with write():
        task = get_task_for(member, number)
        place = place_in(member, task.team)
        need_rank(place, Rank.LEAD, "give a task to somebody")
        need_open(task)
        getter = get_member_for(place, to)
        if task.holder != getter:
            move = Move.TAKEN if getter == member else Move.GIVEN
            hold(task, getter, by=member, move=move, words=words.strip())
        return task


def hand_over(member: Member, number: int, *, to: str, words: str) -> Task:
    """Hand a task that one has over to somebody, with a word.

    Args:
        member: who has it.
        number: of the task.
        to: word of the member.
        words: what they should know; never empty.

    Raises:
        NotThere: no such task, or nobody of that word.
        NotAllowed: somebody else has it.
        Changed: it has ended.
        Refusal: the word is missing.
    """
    said = words.strip()
    if not said:
        raise Refusal("no-words", "A word with it is needed.", "Say how far it is.", field="words")
    with write():
        task = get_task_for(member, number)
        need_open(task)
        getter = get_member_for(place_in(member, task.team), to)
        if task.holder == getter:
            return task
        if task.holder != member:
            raise _not_yours(task)
        hold(task, getter, by=member, move=Move.HANDED_OVER, words=said)
        return task


def put_task_back(member: Member, number: int, words: str = "") -> Task:
    """Put a task back, so that it is free to take; one that is free stays so.

    Args:
        member: who has it, or a lead.
        number: of the task.
        words: how far it is; may be "".

    Raises:
        NotThere: no such task.
        NotAllowed: somebody else has it.
        Changed: it has ended.
    """
    with write():
        task = get_task_for(member, number)
        need_open(task)
        holder = task.holder
        if holder is None:
            return task
        if holder != member and not place_in(member, task.team).is_lead:
            raise _not_yours(task)
        _free(task, by=member, words=words.strip())
        if holder != member:
            tell([holder], put_back(task, member.name))
        return task


def free_all_of(membership: Membership, by: Member | None) -> None:
    """Somebody left a team: what they had is free to take again."""
    with write():
        for task in Task.objects.filter(team=membership.team, holder=membership.member, ended_at=None):
            _free(task, by=by or membership.member, words="")


def hold(task: Task, holder: Member, *, by: Member, move: Move, words: str = "") -> None:
    """Somebody has a task from now on; inside a write of the caller."""
    task.holder, task.held_by = holder, move
    task.save(update_fields=["holder", "held_by"])
    turn(task, move, by=by, to=holder, words=words)
    settle(task.subject)
    if move == Move.TAKEN:
        record("task-taken", task.subject, by=by, team=task.team)
        return
    record(f"task-{move}", task.subject, by=by, team=task.team, to=holder.word)
    if holder != by:
        tell([holder], given(task, by.name, move, words))


def turn(task: Task, move: Move, *, by: Member, to: Member | None = None, words: str = "") -> None:
    """Write down what happened to a task; inside a write of the caller."""
    Turn.objects.create(task=task, move=move, by=by, to=to, words=words, at=now())


def need_open(task: Task) -> None:
    """Refuse what is only for a task that still waits.

    Raises:
        Changed: it has ended.
    """
    if not task.is_open:
        how = "is done" if task.end == "done" else "was closed"
        raise Changed("task-ended", f"This task {how} already.", "Look for another one.")


def _free(task: Task, *, by: Member, words: str) -> None:
    task.holder, task.held_by = None, ""
    task.save(update_fields=["holder", "held_by"])
    turn(task, Move.PUT_BACK, by=by, words=words)
    settle(task.subject)
    record("task-put-back", task.subject, by=by, team=task.team)


def _not_yours(task: Task) -> NotAllowed:
    who = task.holder.name if task.holder else "Nobody"
    return NotAllowed("not-your-task", f"{who} has this task.", f"Ask them, or a lead of {task.team.name}.")
