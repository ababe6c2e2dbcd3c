"""Made big days of any size: people with skills and wishes; tasks with windows, order, things and rooms."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Final

from remit_engine.planning.event import Event
from remit_engine.planning.people import Person, Wish
from remit_engine.planning.tasks import ANYBODY, EquipmentNeed, PeopleNeed, Span, Task
from remit_engine.planning.things import Booking, Equipment, Room
from remit_engine.planning.timeline import Timeline

SKILLS: Final = ("bar", "kitchen", "service", "tech", "driving", "first aid", "decoration", "till")
FIRST: Final = date(2026, 6, 4)
DAYS: Final = 3
LENGTHS: Final = (30, 45, 60, 90, 120, 180, 240)


def made_day(people: int, tasks: int, *, seed: int = 1) -> Event:
    """An event of three days; the same for the same numbers.

    Two thirds of the tasks may begin within some hours, the others at one time. Everybody has one to three
    skills, comes on most days, and has one to three wishes.
    """
    chance = random.Random(seed)  # noqa: S311 -- made data, not a secret
    timeline = Timeline(origin=datetime(2026, 6, 1, tzinfo=UTC), zone="Europe/Berlin")
    rooms = tuple(Room(id=f"room {number}", at_once=2 + number % 3) for number in range(max(1, tasks // 20)))
    equipment = tuple(
        Equipment(id=name, count=max(2, tasks // 15)) for name in ("van", "ladder", "till", "radio")
    )
    made = _tasks(chance, timeline, tasks, rooms, equipment)
    return Event(
        name=f"{tasks} tasks for {people} people",
        timeline=timeline,
        tasks=made,
        people=tuple(_person(chance, timeline, number, made) for number in range(people)),
        equipment=equipment,
        rooms=rooms,
        bookings=_bookings(chance, timeline, people),
    )


def _tasks(
    chance: random.Random,
    timeline: Timeline,
    count: int,
    rooms: Sequence[Room],
    equipment: Sequence[Equipment],
) -> tuple[Task, ...]:
    made: list[Task] = []
    for number in range(count):
        length = chance.choice(LENGTHS)
        day = FIRST.replace(day=FIRST.day + number * DAYS // count)
        earliest = timeline.on(day, chance.randint(8, 20), chance.choice((0, 30)))
        air = 0 if chance.random() < 1 / 3 else chance.choice((60, 120, 240))
        end = min(earliest + length + air, timeline.on(day, 26))
        before = [each for each in made[-8:] if each.latest <= end - length]
        skills = chance.sample(SKILLS, k=chance.choice((1, 1, 1, 2)))
        needs = [PeopleNeed(skill, chance.choice((1, 1, 1, 2))) for skill in skills]
        if chance.random() < 0.1:
            needs.append(PeopleNeed(ANYBODY, 1))
        used = chance.sample(equipment, k=1) if chance.random() < 0.4 else []
        made.append(
            Task(
                id=f"task {number}",
                why="So that everything is ready in time.",
                earliest=min(earliest, end - length),
                latest=end,
                length=length,
                after=(chance.choice(before).id,) if before and chance.random() < 0.5 else (),
                people=tuple(needs),
                equipment=tuple(EquipmentNeed(each.id, 1) for each in used),
                rooms=tuple(each.id for each in chance.sample(rooms, k=min(3, len(rooms))))
                if chance.random() < 0.5
                else (),
            )
        )
    return tuple(made)


def _person(chance: random.Random, timeline: Timeline, number: int, tasks: Sequence[Task]) -> Person:
    spans = []
    for offset in range(DAYS):
        if chance.random() < 0.85:
            day = FIRST.replace(day=FIRST.day + offset)
            begin = chance.choice((7, 7, 9, 12))
            spans.append(Span(timeline.on(day, begin), timeline.on(day, chance.choice((20, 23, 26)))))
    return Person(
        id=f"person {number}",
        skills=frozenset(chance.sample(SKILLS, k=chance.choice((1, 2, 2, 3)))),
        available=tuple(spans),
        wishes=tuple(_wish(chance, timeline, tasks) for _ in range(chance.choice((1, 2, 3)))),
    )


def _wish(chance: random.Random, timeline: Timeline, tasks: Sequence[Task]) -> Wish:
    weight = chance.choice((1, 2, 3))
    match chance.choice(("task", "skill", "evening")):
        case "task":
            return Wish(weight=weight, tasks=(chance.choice(tasks).id,))
        case "skill":
            return Wish(weight=chance.choice((weight, -weight)), skill=chance.choice(SKILLS))
        case _:
            day = FIRST.replace(day=FIRST.day + chance.randrange(DAYS))
            return Wish(weight=-weight, during=Span(timeline.on(day, 18), timeline.on(day, 27)))


def _bookings(chance: random.Random, timeline: Timeline, people: int) -> tuple[Booking, ...]:
    days = [FIRST.replace(day=FIRST.day + chance.randrange(DAYS)) for _ in range(max(1, people // 10))]
    return tuple(
        Booking(
            name=f"another event {number}",
            span=Span(timeline.on(day, 10), timeline.on(day, 14)),
            people=(f"person {chance.randrange(people)}",),
        )
        for number, day in enumerate(days)
    )
