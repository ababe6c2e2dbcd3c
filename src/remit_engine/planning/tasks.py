"""What there is to do on a big day, and what each task needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

ANYBODY: Final = ""
"""The skill of a need that everybody can fill."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From one minute up to, and without, another."""

    start: int
    end: int

    def holds(self, other: Span) -> bool:
        """Whether the other one lies within."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Span) -> bool:
        """Whether they have a minute in common."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class PeopleNeed:
    """So many people with a skill, for the whole of a task.

    Attributes:
        skill: the word; `ANYBODY` for none in particular.
        count: how many, at least 1.
    """

    skill: str = ANYBODY
    count: int = 1


@dataclass(frozen=True, slots=True)
class EquipmentNeed:
    """So many pieces of equipment, for the whole of a task or booking."""

    equipment: str
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something that is done once, without a break, by the same people from its beginning to its end.

    Attributes:
        id: unique in the event.
        why: what it is for, never empty.
        earliest, latest: the window: it begins no earlier and has ended at the latest. As long as the task
            itself: a fixed time.
        length: minutes, at least 1 and at most a day.
        name: as people call it; the id where none is given.
        after: ids of tasks that have to be over before it begins.
        people: whom it needs; each skill once.
        equipment: what it needs; each kind once.
        rooms: ids of rooms of which it needs one; empty for none.
        not_by: ids of people who were taken out of it by hand: whoever plans doesn't choose them.
    """

    id: str
    why: str
    earliest: int
    latest: int
    length: int
    name: str = ""
    after: tuple[str, ...] = ()
    people: tuple[PeopleNeed, ...] = ()
    equipment: tuple[EquipmentNeed, ...] = ()
    rooms: tuple[str, ...] = ()
    not_by: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """As people call it."""
        return self.name or self.id

    @property
    def last_start(self) -> int:
        """The minute at which it has to begin at the latest."""
        return self.latest - self.length

    @property
    def is_fixed(self) -> bool:
        """Whether it can begin at one minute only."""
        return self.last_start == self.earliest

    def at(self, start: int) -> Span:
        """When it takes place if it begins then."""
        return Span(start, start + self.length)
