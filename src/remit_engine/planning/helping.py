"""What would help where a demand can't be met: the change as a value that can be applied and tried."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from remit_engine.planning.demands import Demand
from remit_engine.planning.event import Event
from remit_engine.planning.people import Person
from remit_engine.planning.plan import Pin
from remit_engine.planning.tasks import Span


class Way(StrEnum):
    """What kind of help it is."""

    MORE_PEOPLE = "more people"
    LONGER_THERE = "longer there"
    OTHER_TIME = "other time"
    MORE_PIECES = "more pieces"
    OTHER_ROOM = "other room"
    LET_GO = "let go of what was set by hand"


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    """A change with which a demand can be met, and all that was met before stays so. It was tried.

    Attributes:
        way: what kind of help.
        task: id of the task that is moved, or gets another room; of the demand otherwise.
        what: the skill, or the id of the person, equipment or room.
        count: how many people or pieces more.
        start: the minute at which the task would begin.
        pin: what would no longer be set by hand.
    """

    way: Way
    task: str
    what: str = ""
    count: int = 1
    start: int | None = None
    pin: Pin | None = None


def helped(event: Event, help_: Help) -> Event:
    """The event with the help in it; what is set by hand is let go by `without`."""
    match help_.way:
        case Way.MORE_PEOPLE:
            return replace(event, people=(*event.people, *_newcomers(event, help_)))
        case Way.LONGER_THERE:
            task = event.task[help_.task]
            people = (
                replace(each, available=(*each.available, Span(task.earliest, task.latest)))
                if each.id == help_.what
                else each
                for each in event.people
            )
            return replace(event, people=tuple(people))
        case Way.OTHER_TIME:
            assert help_.start is not None  # noqa: S101 -- said for the type checker
            return with_window(event, help_.task, event.task[help_.task].at(help_.start))
        case Way.MORE_PIECES:
            pieces = (
                replace(each, count=each.count + help_.count) if each.id == help_.what else each
                for each in event.equipment
            )
            return replace(event, equipment=tuple(pieces))
        case Way.OTHER_ROOM:
            tasks = (
                replace(each, rooms=(help_.what,)) if each.id == help_.task else each for each in event.tasks
            )
            return replace(event, tasks=tuple(tasks))
        case Way.LET_GO:
            return event


def with_window(event: Event, task: str, window: Span) -> Event:
    """The event with another window for a task."""
    tasks = (
        replace(each, earliest=window.start, latest=window.end) if each.id == task else each
        for each in event.tasks
    )
    return replace(event, tasks=tuple(tasks))


def without(demands: Iterable[Demand], help_: Help) -> tuple[Demand, ...]:
    """The demands without what the help lets go of."""
    return tuple(each for each in demands if help_.pin is None or each.pin != help_.pin)


def _newcomers(event: Event, help_: Help) -> Iterable[Person]:
    """People who are there for the whole task, and for nothing else."""
    task = event.task[help_.task]
    for number in range(help_.count):
        yield Person(
            id=f"\N{BULLET} one more {number}",
            skills=frozenset({help_.what} - {""}),
            available=(Span(task.earliest, task.latest),),
            most_a_day=task.length,
        )
