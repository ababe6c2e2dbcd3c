"""What is wrong with a plan, whoever made it. Knows nothing of how plans are made, so it can judge them.

A *conflict* can't be: somebody in two places, without the skill, not there, without rest; a thing used twice.
What is merely *short* (a place that nobody fills, a task without a room or not in the plan) is told apart by
`shortages`. Together they say everything: a plan with neither is whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from remit_engine.planning.event import Event
from remit_engine.planning.people import Person, joined
from remit_engine.planning.plan import Placed, Plan
from remit_engine.planning.tasks import ANYBODY, Span, Task
from remit_engine.planning.timeline import Timeline


class Kind(StrEnum):
    """What kind of conflict it is."""

    UNKNOWN = "unknown"
    TWO_PLACES = "two places"
    SKILL = "skill"
    TAKEN_OUT = "taken out"
    AWAY = "away"
    REST = "rest"
    LONG_DAY = "long day"
    WINDOW = "window"
    ORDER = "order"
    TOO_MANY = "too many"
    EQUIPMENT = "equipment"
    ROOM = "room"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Something that can't be.

    Attributes:
        kind: what kind.
        sentence: the same for people.
        tasks: ids of the tasks in it.
        about: id of the person, equipment or room; "" where there is none.
    """

    kind: Kind
    sentence: str
    tasks: tuple[str, ...]
    about: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """Something that somebody does at a time.

    Attributes:
        span: when.
        title: as people call it.
        task: id of the task; "" for what another event has booked.
    """

    span: Span
    title: str
    task: str = ""


def conflicts(event: Event, plan: Plan) -> tuple[Conflict, ...]:
    """Everything in the plan that can't be, in the order of its tasks; empty when nothing is."""
    unknown = tuple(_unknown(event, plan))
    if unknown:
        return unknown
    found = [each for placed in plan.placed for each in _of_task(event, plan, placed)]
    for person, works in works_of_people(event, plan).items():
        found += person_conflicts(event.timeline, event.person[person], works)
    found += _of_equipment(event, plan)
    found += _of_rooms(event, plan)
    order = {placed.task: at for at, placed in enumerate(plan.placed)}
    return tuple(sorted(found, key=lambda each: (order[each.tasks[0]], each.kind, each.about)))


def works_of_people(event: Event, plan: Plan) -> dict[str, list[Work]]:
    """What everybody in the plan does, with what other events have booked, by time."""
    found: dict[str, list[Work]] = {}
    for placed in plan.placed:
        task = event.task[placed.task]
        for person in dict.fromkeys(place.person for place in placed.people):
            found.setdefault(person, []).append(Work(task.at(placed.start), task.title, task.id))
    for person, works in found.items():
        works.extend(Work(booking.span, booking.name) for booking in event.booked.get(person, ()))
        works.sort(key=lambda work: (work.span, work.task))
    return found


def person_conflicts(timeline: Timeline, person: Person, works: Sequence[Work]) -> list[Conflict]:
    """What can't be in what one person does. What other events have booked is never held against them alone.

    Args:
        timeline: of the event.
        person: whose.
        works: everything they do, by time.
    """
    found = []
    there = joined(person.available)
    for work in works:
        if work.task and not any(span.holds(work.span) for span in there):
            sentence = f"{person.title} isn't there for the whole of {_when(timeline, work)}."
            found.append(Conflict(kind=Kind.AWAY, sentence=sentence, tasks=(work.task,), about=person.id))
    for earlier, later in combinations(works, 2):
        if not (earlier.task or later.task):
            continue
        conflict = _of_two(timeline, person, earlier, later)
        if conflict:
            found.append(conflict)
    days: dict[object, list[Work]] = {}
    for work in works:
        days.setdefault(timeline.day(work.span.start), []).append(work)
    for of_day in days.values():
        minutes = sum(work.span.end - work.span.start for work in of_day)
        tasks = tuple(work.task for work in of_day if work.task)
        if minutes > person.most_a_day and tasks:
            day = timeline.day_in_words(of_day[0].span.start)
            would = f"{person.title} would work {in_hours(minutes)} on {day}"
            sentence = f"{would}, and at most {in_hours(person.most_a_day)} are meant."
            found.append(Conflict(kind=Kind.LONG_DAY, sentence=sentence, tasks=tasks, about=person.id))
    return found


def _of_two(timeline: Timeline, person: Person, earlier: Work, later: Work) -> Conflict | None:
    """What can't be in two things that one person does, of which the first begins no later."""
    tasks = tuple(work.task for work in (earlier, later) if work.task)
    if earlier.span.meets(later.span):
        places = f"{_when(timeline, earlier)}, and {_when(timeline, later)}"
        sentence = f"{person.title} would be in two places: {places}."
        return Conflict(kind=Kind.TWO_PLACES, sentence=sentence, tasks=tasks, about=person.id)
    gap = later.span.start - earlier.span.end
    if gap < person.rest and timeline.day(earlier.span.start) != timeline.day(later.span.start):
        sentence = (
            f"{person.title} would rest {in_hours(gap)} between {_when(timeline, earlier)} and "
            f"{_when(timeline, later)}, "
            f"and {in_hours(person.rest)} are meant."
        )
        return Conflict(kind=Kind.REST, sentence=sentence, tasks=tasks, about=person.id)
    return None


def in_hours(minutes: int) -> str:
    """Minutes as people say them: `45 minutes`, `11 hours`, `2 h 30`."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} minutes" if rest != 1 else "1 minute"
    if rest:
        return f"{hours} h {rest:02}"
    return f"{hours} hours" if hours != 1 else "1 hour"


def _when(timeline: Timeline, work: Work) -> str:
    return f"{work.title!r} ({in_time(timeline, work.span)})"


def in_time(timeline: Timeline, span: Span) -> str:
    """Day and times of a span, such as `Saturday 5 June, 18:00 to 23:00`."""
    return f"{timeline.day_in_words(span.start)}, {timeline.clock(span.start)} to {timeline.clock(span.end)}"


def _unknown(event: Event, plan: Plan) -> Iterator[Conflict]:
    seen = set()
    for placed in plan.placed:
        people = [place.person for place in placed.people]
        things = [need.equipment for need in placed.equipment]
        rooms = [placed.room] if placed.room is not None else []
        named = [("task", placed.task)] if placed.task not in event.task else []
        named += [("person", each) for each in people if each not in event.person]
        named += [("equipment", each) for each in things if each not in event.piece]
        named += [("room", each) for each in rooms if each not in event.room]
        for what, name in named:
            sentence = f"The {what} {name!r} of {placed.task!r} isn't there any more."
            yield Conflict(kind=Kind.UNKNOWN, sentence=sentence, tasks=(placed.task,), about=name)
        if placed.task in seen:
            sentence = f"{placed.task!r} is in the plan twice."
            yield Conflict(kind=Kind.UNKNOWN, sentence=sentence, tasks=(placed.task,))
        seen.add(placed.task)


def taken_out(task: Task, person: Person) -> Conflict:
    """Somebody would do what they were taken out of."""
    sentence = f"{person.title} was taken out of {task.title!r} by hand."
    return Conflict(kind=Kind.TAKEN_OUT, sentence=sentence, tasks=(task.id,), about=person.id)


def _of_task(event: Event, plan: Plan, placed: Placed) -> Iterator[Conflict]:
    """Its window, its order, the skills of its people, its room."""
    task, clock = event.task[placed.task], event.timeline.clock
    span = task.at(placed.start)
    if not Span(task.earliest, task.latest).holds(span):
        window = in_time(event.timeline, Span(task.earliest, task.latest))
        sentence = (
            f"{task.title!r} is at {clock(span.start)} to {clock(span.end)}, outside of its window: {window}."
        )
        yield Conflict(kind=Kind.WINDOW, sentence=sentence, tasks=(task.id,))
    for name in dict.fromkeys(task.after):
        before = plan.of.get(name)
        if before is not None and before.start + event.task[name].length > placed.start:
            ends = clock(before.start + event.task[name].length)
            first = event.task[name].title
            sentence = f"{task.title!r} begins at {clock(span.start)}, before {first!r} is over at {ends}."
            yield Conflict(kind=Kind.ORDER, sentence=sentence, tasks=(task.id, name))
    for place in placed.people:
        if not event.person[place.person].can(place.skill):
            who = event.person[place.person].title
            sentence = (
                f"{who} hasn't the skill {place.skill!r} for {task.title!r}."
                if place.skill != ANYBODY
                else f"{who} is there for what they can do alone, not for anybody's place of {task.title!r}."
            )
            yield Conflict(kind=Kind.SKILL, sentence=sentence, tasks=(task.id,), about=place.person)
        if place.person in task.not_by:
            yield taken_out(task, event.person[place.person])
    for name, times in Counter(place.person for place in placed.people).items():
        if times > 1:
            sentence = f"{event.person[name].title} would be in two places of {task.title!r}."
            yield Conflict(kind=Kind.TWO_PLACES, sentence=sentence, tasks=(task.id,), about=name)
    if placed.room is not None and placed.room not in task.rooms:
        sentence = f"{task.title!r} can't be in {event.room[placed.room].title!r}."
        yield Conflict(kind=Kind.ROOM, sentence=sentence, tasks=(task.id,), about=placed.room)
    yield from _more_than_asked(task, placed)


def _more_than_asked(task: Task, placed: Placed) -> Iterator[Conflict]:
    asked = {need.skill: need.count for need in task.people}
    for skill in dict.fromkeys(place.skill for place in placed.people):
        if placed.of(skill) > asked.get(skill, 0):
            who = f"people with {skill!r}" if skill != ANYBODY else "people"
            sentence = f"{task.title!r} has {placed.of(skill)} {who}, and asks for {asked.get(skill, 0)}."
            yield Conflict(kind=Kind.TOO_MANY, sentence=sentence, tasks=(task.id,), about=skill)


def _of_equipment(event: Event, plan: Plan) -> Iterator[Conflict]:
    for piece in event.equipment:
        used = [
            (event.task[placed.task].at(placed.start), need.count, placed.task)
            for placed in plan.placed
            for need in placed.equipment
            if need.equipment == piece.id
        ]
        taken = [
            (booking.span, need.count, "")
            for booking in event.bookings
            for need in booking.equipment
            if need.equipment == piece.id
        ]
        for at, count, tasks in _over([*used, *taken], piece.count):
            sentence = (
                f"{count} of {piece.title!r} are in use on {event.timeline.day_in_words(at)} at "
                f"{event.timeline.clock(at)}, and there are {piece.count}."
            )
            yield Conflict(kind=Kind.EQUIPMENT, sentence=sentence, tasks=tasks, about=piece.id)


def _of_rooms(event: Event, plan: Plan) -> Iterator[Conflict]:
    for room in event.rooms:
        used = [
            (event.task[placed.task].at(placed.start), 1, placed.task)
            for placed in plan.placed
            if placed.room == room.id
        ]
        taken = [(each.span, room.at_once, "") for each in event.bookings if room.id in each.rooms]
        for at, _, tasks in _over([*used, *taken], room.at_once):
            titles = " and ".join(repr(event.task[task].title) for task in tasks)
            when = f"{event.timeline.day_in_words(at)} at {event.timeline.clock(at)}"
            sentence = f"{room.title!r} has no place for {titles} on {when}."
            yield Conflict(kind=Kind.ROOM, sentence=sentence, tasks=tasks, about=room.id)


def _over(uses: Iterable[tuple[Span, int, str]], most: int) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Each moment at which a use begins that makes it too much: the minute, how much, and the tasks in it."""
    uses = sorted(uses)
    told = set()
    for span, _, _ in uses:
        there = [use for use in uses if use[0].start <= span.start < use[0].end]
        count = sum(use[1] for use in there)
        tasks = tuple(dict.fromkeys(use[2] for use in there if use[2]))
        if count > most and tasks and tasks not in told:
            told.add(tasks)
            yield span.start, count, tasks
