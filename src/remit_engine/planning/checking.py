"""What can't be meant in an event, said in words: which part, what is wrong, what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from graphlib import CycleError, TopologicalSorter
from itertools import chain

from remit_engine import limits
from remit_engine.errors import InputError
from remit_engine.planning.people import STRONGEST_WISH, Person, Wish
from remit_engine.planning.tasks import ANYBODY, EquipmentNeed, Task
from remit_engine.planning.things import Booking, Equipment, Room

_DAY = 24 * 60
Wrong = tuple[str, str, str]
"""A code, what is wrong, and what to do."""


def check_event(
    *,
    tasks: Sequence[Task],
    people: Sequence[Person],
    equipment: Sequence[Equipment],
    rooms: Sequence[Room],
    bookings: Sequence[Booking],
    step: int,
) -> None:
    """Refuse the first thing that can't be meant.

    Raises:
        InputError: with the id of what it is about in `data["about"]`.
    """
    ids = _Ids(tasks, people, equipment, rooms)
    found = chain(
        _sizes(tasks, people, bookings, step),
        _twice("task", (each.id for each in tasks)),
        _twice("person", (each.id for each in people)),
        _twice("equipment", (each.id for each in equipment)),
        _twice("room", (each.id for each in rooms)),
        chain.from_iterable(_of_task(each, ids) for each in tasks),
        _circle(tasks),
        chain.from_iterable(_of_person(each, ids) for each in people),
        _of_things(equipment, rooms),
        chain.from_iterable(_of_booking(each, ids) for each in bookings),
    )
    for about, (code, wrong, next_step) in found:
        raise InputError(code, wrong, next_step, about=about)


class _Ids:
    """What may be named."""

    def __init__(
        self,
        tasks: Sequence[Task],
        people: Sequence[Person],
        equipment: Sequence[Equipment],
        rooms: Sequence[Room],
    ) -> None:
        self.task = {each.id: each.title for each in tasks}
        self.person = {each.id for each in people}
        self.equipment = {each.id for each in equipment}
        self.room = {each.id for each in rooms}


Found = Iterator[tuple[str, Wrong]]


def _sizes(tasks: Sequence[Task], people: Sequence[Person], bookings: Sequence[Booking], step: int) -> Found:
    for things, most, words in (
        (tasks, limits.PLAN_TASKS, "tasks"),
        (people, limits.PLAN_PEOPLE, "people"),
        (bookings, limits.PLAN_BOOKINGS, "bookings"),
    ):
        if len(things) > most:
            yield "", ("too-large", f"There are {len(things)} {words}.", f"Plan at most {most} at a time.")
    if not 1 <= step <= _DAY:
        yield (
            "",
            ("step", f"Tasks can't begin every {step} minutes.", "Choose a step from 1 to 1440 minutes."),
        )


def _twice(what: str, ids: Iterable[str]) -> Found:
    for name, times in Counter(ids).items():
        if times > 1:
            yield name, ("named-twice", f"The {what} {name!r} is there twice.", "Give each its own id.")
        if not name:
            yield name, ("no-id", f"A {what} has no id.", "Give each its own id.")


def _of_task(task: Task, ids: _Ids) -> Found:
    said = f"The task {task.title!r}"
    yield from _of_time(task, said)
    for before in task.after:
        if before not in ids.task:
            yield task.id, _unknown(said, "task", before)
    for name, times in Counter(need.skill for need in task.people).items():
        if times > 1:
            who = f"people with {name!r}" if name != ANYBODY else "people with any skill"
            yield task.id, ("need-twice", f"{said} asks for {who} twice.", "Put both into one number.")
    for people in task.people:
        if people.count < 1:
            yield task.id, ("count", f"{said} needs {people.count} people.", "Choose 1 or more.")
    yield from ((task.id, wrong) for wrong in _of_needs(said, task.equipment, ids))
    yield from ((task.id, _unknown(said, "room", each)) for each in task.rooms if each not in ids.room)
    yield from ((task.id, _unknown(said, "person", each)) for each in task.not_by if each not in ids.person)


def _of_time(task: Task, said: str) -> Found:
    if not task.why.strip():
        yield task.id, ("empty-why", f"{said} has no why.", "Say in a sentence what it is for.")
    if not 1 <= task.length <= _DAY:
        yield task.id, ("length", f"{said} takes {task.length} minutes.", "Choose from 1 to 1440 minutes.")
    if task.last_start < task.earliest:
        window = task.latest - task.earliest
        wrong = (
            f"{said} takes {task.length} minutes, but from its earliest beginning to its end are {window}."
        )
        yield task.id, ("window-too-short", wrong, "Make it shorter, or let it begin earlier or end later.")
    if task.latest - task.earliest > limits.PLAN_DAYS * _DAY:
        wrong = f"{said} may lie anywhere within more than {limits.PLAN_DAYS} days."
        yield task.id, ("window-too-long", wrong, "Say more closely when.")


def _of_needs(said: str, needs: Sequence[EquipmentNeed], ids: _Ids) -> Iterator[Wrong]:
    for name, times in Counter(need.equipment for need in needs).items():
        if name not in ids.equipment:
            yield _unknown(said, "equipment", name)
        if times > 1:
            yield ("need-twice", f"{said} asks for {name!r} twice.", "Put both into one number.")
    for need in needs:
        if need.count < 1:
            yield ("count", f"{said} needs {need.count} of {need.equipment!r}.", "Choose 1 or more.")


def _unknown(said: str, what: str, name: str) -> Wrong:
    return (
        f"unknown-{what}",
        f"{said} names the {what} {name!r}, which isn't there.",
        "Add it, or take it out.",
    )


def _circle(tasks: Sequence[Task]) -> Found:
    names = {task.id: task.title for task in tasks}
    try:
        TopologicalSorter({task.id: task.after for task in tasks}).prepare()
    except CycleError as error:
        # graphlib names whoever has to come before first.
        circle = [names.get(name, name) for name in reversed(error.args[1])]
        wrong = f"Each of these waits for the next: {', '.join(map(repr, circle))}."
        yield error.args[1][0], ("circle", wrong, "Take one of these prerequisites out.")


def _of_person(person: Person, ids: _Ids) -> Found:
    for span in person.available:
        if span.start >= span.end:
            wrong = f"{person.title!r} is available until {span.end}, from {span.start} on."
            yield person.id, ("span", wrong, "Let it end after it begins.")
    numbers = (("rest", person.rest), ("most minutes a day", person.most_a_day), ("carried", person.carried))
    for words, value in numbers:
        if not 0 <= value <= limits.PLAN_DAYS * _DAY:
            wrong = f"{person.title!r} has {value} minutes as {words}."
            yield person.id, ("minutes", wrong, f"Choose from 0 to {limits.PLAN_DAYS * _DAY}.")
    for wish in person.wishes:
        yield from ((person.id, wrong) for wrong in _of_wish(person, wish, ids))


def _of_wish(person: Person, wish: Wish, ids: _Ids) -> Iterator[Wrong]:
    said = f"A wish of {person.title!r}"
    if not 1 <= abs(wish.weight) <= STRONGEST_WISH:
        yield ("wish-weight", f"{said} has the weight {wish.weight}.", "Choose 1 to 3 for, -1 to -3 against.")
    if sum((bool(wish.tasks), bool(wish.skill), wish.during is not None)) != 1:
        yield ("wish", f"{said} doesn't say one thing.", "Name tasks, or a skill, or a time.")
    if wish.during is not None and wish.during.start >= wish.during.end:
        yield ("span", f"{said} ends before it begins.", "Let it end after it begins.")
    for task in wish.tasks:
        if task not in ids.task:
            yield _unknown(said, "task", task)


def _of_things(equipment: Sequence[Equipment], rooms: Sequence[Room]) -> Found:
    for each in equipment:
        if each.count < 0:
            yield each.id, ("count", f"There are {each.count} of {each.title!r}.", "Choose 0 or more.")
    for room in rooms:
        if room.at_once < 1:
            wrong = f"{room.title!r} holds {room.at_once} tasks at once."
            yield room.id, ("count", wrong, "Choose 1 or more, or take the room out.")


def _of_booking(booking: Booking, ids: _Ids) -> Found:
    said = f"The booking for {booking.name!r}"
    if booking.span.start >= booking.span.end:
        yield booking.name, ("span", f"{said} ends before it begins.", "Let it end after it begins.")
    for person in booking.people:
        if person not in ids.person:
            yield booking.name, _unknown(said, "person", person)
    for room in booking.rooms:
        if room not in ids.room:
            yield booking.name, _unknown(said, "room", room)
    yield from ((booking.name, wrong) for wrong in _of_needs(said, booking.equipment, ids))
