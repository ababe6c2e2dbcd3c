"""Equipment, rooms, and what other events have taken of them and of people."""

from __future__ import annotations

from dataclasses import dataclass

from remit_engine.planning.tasks import EquipmentNeed, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Equipment:
    """Pieces of one kind, and how many there are."""

    id: str
    count: int
    name: str = ""

    @property
    def title(self) -> str:
        """As people call it."""
        return self.name or self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A place, and how many tasks may be in it at the same time."""

    id: str
    name: str = ""
    at_once: int = 1

    @property
    def title(self) -> str:
        """As people call it."""
        return self.name or self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """What another event has taken already. For the people in it, it is work like any other.

    Attributes:
        name: of the other event, as people call it.
        span: when.
        people, rooms: ids; a room is taken as a whole.
        equipment: how many pieces of what.
    """

    name: str
    span: Span
    people: tuple[str, ...] = ()
    equipment: tuple[EquipmentNeed, ...] = ()
    rooms: tuple[str, ...] = ()
