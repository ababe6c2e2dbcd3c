"""What somebody wished for a big day, and what became of it in the plan."""

from __future__ import annotations

from datetime import datetime

from remit.events.models import Person, Placing, Wish

_KEPT, _NOT_KEPT = "kept", "not this time"


def wishes_of(person: Person) -> list[tuple[Wish, str]]:
    """Each wish, with whether the plan keeps it: `kept`, `not this time`; "" while nothing is planned.

    As in the engine: a wish for something is kept where it happens at all, one against it where it never
    does.
    """
    wishes = list(person.wishes.select_related("task"))
    if not wishes:
        return []
    names = ("task_id", "starts_at", "task__assignments__person_id", "task__assignments__skill")
    planned = list(Placing.objects.filter(task__event=person.event_id).values_list(*names))
    theirs = [(task, starts, skill) for task, starts, who, skill in planned if who == person.pk]
    return [(wish, _came(wish, theirs) if planned else "") for wish in wishes]


def _came(wish: Wish, theirs: list[tuple[int, datetime, str]]) -> str:
    happens = any(_touches(wish, *each) for each in theirs)
    return _KEPT if happens == (wish.weight > 0) else _NOT_KEPT


def _touches(wish: Wish, task: int, starts: datetime, skill: str) -> bool:
    if wish.starts_at is not None and wish.ends_at is not None:
        return wish.starts_at <= starts < wish.ends_at
    return skill == wish.skill if wish.skill else task == wish.task_id
