"""At which minutes a task may begin, by itself and with one person: what every planner chooses from."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from remit_engine.planning.conflicts import Work, person_conflicts
from remit_engine.planning.event import Event
from remit_engine.planning.people import Person, joined
from remit_engine.planning.plan import Pin, Plan
from remit_engine.planning.tasks import Task
from remit_engine.planning.things import Room


def starts(
    event: Event, task: Task, earlier: Plan | None = None, pins: Iterable[Pin] = ()
) -> tuple[int, ...]:
    """Minutes at which a task may begin, in order, whoever does it.

    Its earliest one, all multiples of the step of the event in its window, and where it stood or was set
    by hand.
    """
    found = {
        task.earliest,
        *range(-(-task.earliest // event.step) * event.step, task.last_start + 1, event.step),
    }
    found |= {pin.start for pin in pins if pin.task == task.id and pin.start is not None}
    if earlier is not None and task.id in earlier.of:
        found.add(earlier.of[task.id].start)
    return tuple(sorted(start for start in found if task.earliest <= start <= task.last_start))


def starts_with(event: Event, task: Task, person: Person, choice: Sequence[int]) -> tuple[int, ...]:
    """Those of the minutes at which this person could do it, if they did nothing else in the event.

    Args:
        event: with what other events have booked.
        task: what is to be done.
        person: by whom.
        choice: the minutes to choose from, in order.

    They weren't taken out of it, are there for the whole of it, not booked elsewhere, and would rest between
    both; a day would not get too long.
    """
    if person.id in task.not_by or task.length > person.most_a_day:
        return ()
    inside: list[int] = []
    for span in joined(person.available):
        inside += choice[bisect_left(choice, span.start) : bisect_right(choice, span.end - task.length)]
    booked = event.booked.get(person.id, ())
    if not booked:
        return tuple(inside)
    other = [Work(booking.span, booking.name) for booking in booked]
    return tuple(
        start
        for start in inside
        if not person_conflicts(
            event.timeline, person, sorted([*other, Work(task.at(start), task.title, task.id)], key=_by_time)
        )
    )


def _by_time(work: Work) -> tuple[int, int, str]:
    return work.span.start, work.span.end, work.task


def is_free(event: Event, room: Room, task: Task, start: int) -> bool:
    """Whether no other event has the room while the task is there."""
    span = task.at(start)
    return not any(room.id in booking.rooms and booking.span.meets(span) for booking in event.bookings)
