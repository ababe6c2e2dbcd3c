"""A plan: when each task begins, who does it, where, and with what. And what somebody has set by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from remit_engine.errors import InputError
from remit_engine.planning.event import Event
from remit_engine.planning.tasks import EquipmentNeed, Task


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Somebody in a task.

    Attributes:
        person: id.
        skill: the need that they fill, `ANYBODY` for the one that asks for none.
    """

    person: str
    skill: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A task in a plan.

    Attributes:
        task: id.
        start: minute at which it begins.
        people: who does it.
        room: id of its room; None for none.
        equipment: what it gets.
    """

    task: str
    start: int
    people: tuple[Place, ...] = ()
    room: str | None = None
    equipment: tuple[EquipmentNeed, ...] = ()

    def of(self, skill: str) -> int:
        """How many people fill the need for a skill."""
        return sum(place.skill == skill for place in self.people)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Tasks with their time, people, room and equipment. What isn't in it isn't planned."""

    placed: tuple[Placed, ...] = ()

    @cached_property
    def of(self) -> Mapping[str, Placed]:
        """By id of the task."""
        return {each.task: each for each in self.placed}

    def of_person(self, person: str) -> tuple[Placed, ...]:
        """What somebody does, by time."""
        theirs = (each for each in self.placed if any(place.person == person for place in each.people))
        return tuple(sorted(theirs, key=lambda each: (each.start, each.task)))

    def replaced(self, placed: Placed) -> Plan:
        """The same plan with one task placed otherwise, or placed at all."""
        rest = (each for each in self.placed if each.task != placed.task)
        return Plan(placed=(*rest, placed))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """What somebody has set by hand for a task; planning again leaves it so. Exactly one thing is said.

    Attributes:
        task: id.
        person: id of somebody who does it.
        start: minute at which it begins.
        room: id of its room.
    """

    task: str
    person: str | None = None
    start: int | None = None
    room: str | None = None


def check_pins(event: Event, pins: tuple[Pin, ...]) -> None:
    """Refuse what nobody can set by hand.

    Raises:
        InputError: a task, person or room that isn't there; a person for whom the task has no place; a start
            outside of its window; a pin that says nothing or two things.
    """
    for pin in pins:
        wrong = _wrong(event, pin)
        if wrong:
            code, sentence, next_step = wrong
            raise InputError(code, sentence, next_step, about=pin.task)


def _wrong(event: Event, pin: Pin) -> tuple[str, str, str] | None:
    task = event.task.get(pin.task)
    if task is None:
        return "unknown-task", f"The task {pin.task!r} isn't there.", "Take out what was set by hand for it."
    if sum(said is not None for said in (pin.person, pin.start, pin.room)) != 1:
        return (
            "pin",
            f"What was set by hand for {task.title!r} isn't one thing.",
            "Set a person, start or room.",
        )
    if pin.start is not None and not task.earliest <= pin.start <= task.last_start:
        clock = event.timeline.clock
        window = f"from {clock(task.earliest)} to {clock(task.last_start)}"
        wrong = f"{task.title!r} can't begin at {clock(pin.start)}: it may begin {window}."
        return "start-outside", wrong, "Choose a start within, or change its window."
    if pin.room is not None and pin.room not in task.rooms:
        wrong = f"{task.title!r} can't be in the room {pin.room!r}."
        return "room-outside", wrong, "Choose one of its rooms, or add it to them."
    return None if pin.person is None else _wrong_person(event, task, pin.person)


def _wrong_person(event: Event, task: Task, name: str) -> tuple[str, str, str] | None:
    person = event.person.get(name)
    if person is None:
        return "unknown-person", f"The person {name!r} isn't there.", "Choose somebody who is."
    if not any(person.can(need.skill) for need in task.people):
        wrong = f"{person.title} has none of the skills that {task.title!r} asks for."
        return "no-place", wrong, "Choose somebody else, or change what the task needs."
    if name in task.not_by:
        wrong = f"{person.title} was set for {task.title!r} by hand, and taken out of it."
        return "taken-out", wrong, "Choose one of both."
    return None
