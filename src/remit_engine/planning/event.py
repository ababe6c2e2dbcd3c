"""A big day: what it asks for, and who and what is there. What planning begins with.

Everything is frozen, compares by what it says, and can be shared between threads. Times are minutes on the
timeline of the event. An `Event` refuses, in words, what can't be meant.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from remit_engine.planning.checking import check_event
from remit_engine.planning.people import Person
from remit_engine.planning.tasks import Task
from remit_engine.planning.things import Booking, Equipment, Room
from remit_engine.planning.timeline import Timeline

STEP: Final = 15
"""Minutes: tasks begin at quarters of an hour."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """All that planning needs to know of a big day.

    Attributes:
        name: as people call it.
        timeline: what its minutes are called.
        bookings: of all other events, as far as they are about the same people and things.
        step: tasks begin at their earliest minute, or at a multiple of so many minutes.

    Raises:
        InputError: something in it can't be meant; it says what, and what to do.
    """

    name: str
    timeline: Timeline
    tasks: tuple[Task, ...]
    people: tuple[Person, ...] = ()
    equipment: tuple[Equipment, ...] = ()
    rooms: tuple[Room, ...] = ()
    bookings: tuple[Booking, ...] = ()
    step: int = STEP

    def __post_init__(self) -> None:
        check_event(
            tasks=self.tasks,
            people=self.people,
            equipment=self.equipment,
            rooms=self.rooms,
            bookings=self.bookings,
            step=self.step,
        )

    @cached_property
    def task(self) -> Mapping[str, Task]:
        """Tasks by id."""
        return {each.id: each for each in self.tasks}

    @cached_property
    def person(self) -> Mapping[str, Person]:
        """People by id."""
        return {each.id: each for each in self.people}

    @cached_property
    def piece(self) -> Mapping[str, Equipment]:
        """Equipment by id."""
        return {each.id: each for each in self.equipment}

    @cached_property
    def room(self) -> Mapping[str, Room]:
        """Rooms by id."""
        return {each.id: each for each in self.rooms}

    @cached_property
    def booked(self) -> Mapping[str, tuple[Booking, ...]]:
        """What each person is booked for elsewhere; whoever isn't, isn't in it."""
        found: dict[str, list[Booking]] = {}
        for booking in self.bookings:
            for person in booking.people:
                found.setdefault(person, []).append(booking)
        return {person: tuple(bookings) for person, bookings in found.items()}
