"""What a plan is asked for, piece by piece; and what a given plan leaves short of it.

A demand is the smallest thing that can be met or not: that a task takes place, its people of one skill, its
equipment of one kind, its room, and each thing that was set by hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from remit_engine.planning.event import Event
from remit_engine.planning.plan import Pin, Plan


class Asks(StrEnum):
    """What a demand is for."""

    TIME = "time"
    PEOPLE = "people"
    EQUIPMENT = "equipment"
    ROOM = "room"
    PIN = "set by hand"


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """One thing that is asked for.

    Attributes:
        asks: for what.
        task: id of the task.
        what: the skill, or the id of the equipment; else "".
        count: how many people or pieces; else 1.
        pin: what was set by hand; else None.
    """

    asks: Asks
    task: str
    what: str = ""
    count: int = 1
    pin: Pin | None = None


@dataclass(frozen=True, slots=True)
class Shortage:
    """A demand that a plan doesn't meet, and how many are missing."""

    demand: Demand
    missing: int


def demands_of(event: Event, pins: Iterable[Pin] = ()) -> tuple[Demand, ...]:
    """All that is asked for, in the order of the tasks; what was set by hand comes last."""
    found = [demand for task in event.tasks for demand in _of_task(event, task.id)]
    found += [Demand(asks=Asks.PIN, task=pin.task, pin=pin) for pin in dict.fromkeys(pins)]
    return tuple(found)


def _of_task(event: Event, name: str) -> Iterator[Demand]:
    task = event.task[name]
    yield Demand(asks=Asks.TIME, task=name)
    for people in task.people:
        yield Demand(asks=Asks.PEOPLE, task=name, what=people.skill, count=people.count)
    for equipment in task.equipment:
        yield Demand(asks=Asks.EQUIPMENT, task=name, what=equipment.equipment, count=equipment.count)
    if task.rooms:
        yield Demand(asks=Asks.ROOM, task=name)


def shortages(event: Event, plan: Plan, pins: Iterable[Pin] = ()) -> tuple[Shortage, ...]:
    """What the plan leaves short of all that is asked for; empty when nothing is."""
    found = (Shortage(demand, demand.count - met(plan, demand)) for demand in demands_of(event, pins))
    return tuple(each for each in found if each.missing > 0)


def met(plan: Plan, demand: Demand) -> int:
    """How many of what a demand asks for the plan gives."""
    placed = plan.of.get(demand.task)
    if placed is None:
        return 0
    match demand.asks:
        case Asks.TIME:
            return 1
        case Asks.PEOPLE:
            return placed.of(demand.what)
        case Asks.EQUIPMENT:
            return sum(need.count for need in placed.equipment if need.equipment == demand.what)
        case Asks.ROOM:
            return int(placed.room is not None)
        case Asks.PIN:
            assert demand.pin is not None  # noqa: S101 -- said for the type checker
            return int(keeps(plan, demand.pin))


def keeps(plan: Plan, pin: Pin) -> bool:
    """Whether the plan leaves what was set by hand as it is."""
    placed = plan.of.get(pin.task)
    if placed is None:
        return False
    if pin.person is not None:
        return any(place.person == pin.person for place in placed.people)
    return pin.start == placed.start if pin.start is not None else pin.room == placed.room
