"""What is short, and what would help, in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from remit_engine.planning.conflicts import in_time
from remit_engine.planning.demands import Asks, Demand, Shortage
from remit_engine.planning.event import Event
from remit_engine.planning.helping import Help, Way
from remit_engine.planning.people import Person, joined
from remit_engine.planning.possible import starts, starts_with
from remit_engine.planning.tasks import Span, Task

_NUMBERS: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NAMED: Final = 6
"""Most people, or other demands, that a sentence goes through one by one."""


def short_in_words(event: Event, shortage: Shortage) -> str:
    """One sentence: what is needed, when, and how much of it is there."""
    demand, there = shortage.demand, shortage.demand.count - shortage.missing
    task = event.task[demand.task]
    when = _when(event, task)
    match demand.asks:
        case Asks.PEOPLE:
            are = "is" if demand.count == 1 else "are"
            needed = f"{_people(demand)} {are} needed"
            sentence = f"{needed} for {task.title!r}, {when}; {_there(there)}."
        case Asks.EQUIPMENT:
            pieces = f"{_many(demand.count)} of {event.piece[demand.what].title!r}"
            are = "is" if demand.count == 1 else "are"
            sentence = f"{pieces} {are} needed for {task.title!r}, {when}; {_there(there)}."
        case Asks.ROOM:
            rooms = " or ".join(repr(event.room[name].title) for name in dict.fromkeys(task.rooms))
            sentence = f"{task.title!r} needs a place in {rooms}, {when}, and there is none."
        case Asks.TIME:
            sentence = f"{task.title!r} can't take place in its window, {when}."
        case Asks.PIN:
            sentence = f"{_pinned(event, demand)} was set by hand, and can't be kept."
    return sentence[:1].upper() + sentence[1:]


def impossible_in_words(
    event: Event, shortage: Shortage, together: Sequence[Demand], helps: Sequence[Help]
) -> str:
    """What is short, what it can't be met together with, who could do it or why not, what would help."""
    demand = shortage.demand
    parts = [short_in_words(event, shortage)]
    others = [_asked(event, each) for each in together if each != demand]
    if len(others) > _NAMED:
        parts.append(f"It can't be met together with {len(others)} other demands, {others[0]} among them.")
    elif others:
        parts.append(f"It can't be met together with {_and(others)}.")
    if demand.asks is Asks.PEOPLE:
        parts.append(_who(event, demand))
    if helps:
        parts.append(_capital(f"{_or([help_in_words(event, each) for each in helps])} would help."))
    return " ".join(part for part in parts if part)


def help_in_words(event: Event, help_: Help) -> str:
    """A change, as a phrase before *would help*."""
    task = event.task[help_.task]
    match help_.way:
        case Way.MORE_PEOPLE:
            skill = f" with {help_.what!r}" if help_.what else ""
            return f"{_many(help_.count)} more {'person' if help_.count == 1 else 'people'}{skill}"
        case Way.LONGER_THERE:
            return f"{event.person[help_.what].title} being there for all of it"
        case Way.OTHER_TIME:
            assert help_.start is not None  # noqa: S101 -- said for the type checker
            day, clock = event.timeline.day_in_words(help_.start), event.timeline.clock(help_.start)
            on = "" if day == event.timeline.day_in_words(task.earliest) else f" on {day}"
            return f"{task.title!r} beginning{on} at {clock}"
        case Way.MORE_PIECES:
            return f"{_many(help_.count)} more of {event.piece[help_.what].title!r}"
        case Way.OTHER_ROOM:
            return f"{event.room[help_.what].title!r} for {task.title!r}"
        case Way.LET_GO:
            assert help_.pin is not None  # noqa: S101 -- said for the type checker
            pinned = Demand(asks=Asks.PIN, task=help_.task, pin=help_.pin)
            return f"letting go of what was set by hand ({_pinned(event, pinned)})"


def _asked(event: Event, demand: Demand) -> str:
    """A demand as a phrase."""
    task = event.task[demand.task]
    at = f"for {task.title!r} ({_when(event, task)})"
    match demand.asks:
        case Asks.PEOPLE:
            return f"{_people(demand)} {at}"
        case Asks.EQUIPMENT:
            return f"{_many(demand.count)} of {event.piece[demand.what].title!r} {at}"
        case Asks.ROOM:
            return f"a room {at}"
        case Asks.TIME:
            return f"a time {at}"
        case Asks.PIN:
            return f"what was set by hand ({_pinned(event, demand)})"


def _pinned(event: Event, demand: Demand) -> str:
    pin, task = demand.pin, event.task[demand.task]
    assert pin is not None  # noqa: S101 -- said for the type checker
    if pin.person is not None:
        return f"{event.person[pin.person].title} for {task.title!r}"
    if pin.room is not None:
        return f"{event.room[pin.room].title!r} for {task.title!r}"
    assert pin.start is not None  # noqa: S101 -- said for the type checker
    return f"{event.timeline.clock(pin.start)} for {task.title!r}"


def _who(event: Event, demand: Demand) -> str:
    """Those who have the skill, and what keeps each from it."""
    task = event.task[demand.task]
    skilled = [person for person in event.people if person.can(demand.what)]
    skill = f"the skill {demand.what!r}" if demand.what else "time"
    if not skilled:
        return f"Nobody has {skill}."
    if len(skilled) > _NAMED:
        free = sum(bool(starts_with(event, task, each, starts(event, task))) for each in skilled)
        return f"{_capital(_many(len(skilled)))} people have {skill}, of whom {_many(free)} could be there."
    return f"With {skill}: {_and([_kept_from(event, task, each) for each in skilled])}."


def _kept_from(event: Event, task: Task, person: Person) -> str:
    if starts_with(event, task, person, starts(event, task)):
        return f"{person.title} (could)"
    if person.id in task.not_by:
        return f"{person.title} (taken out by hand)"
    window = Span(task.earliest, task.latest)
    meeting = [span for span in joined(person.available) if span.meets(window)]
    if not meeting:
        return f"{person.title} (not there then)"
    if not any(min(span.end, window.end) - max(span.start, window.start) >= task.length for span in meeting):
        clock = event.timeline.clock
        spans = _and([f"{clock(span.start)} to {clock(span.end)}" for span in meeting])
        return f"{person.title} (there from {spans})"
    booked = [each.name for each in event.booked.get(person.id, ()) if each.span.meets(window)]
    if booked:
        return f"{person.title} (booked for {_and([repr(name) for name in booked])})"
    return f"{person.title} (needs rest, or the day would get too long)"


def _when(event: Event, task: Task) -> str:
    span = in_time(event.timeline, Span(task.earliest, task.latest))
    return span if task.is_fixed else f"within {span}"


def _people(demand: Demand) -> str:
    people = "person" if demand.count == 1 else "people"
    return f"{_many(demand.count)} {people}" + (f" with {demand.what!r}" if demand.what else "")


def _there(count: int) -> str:
    if not count:
        return "none is there"
    return f"{_many(count)} {'is' if count == 1 else 'are'} there"


def _many(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _and(parts: Sequence[str]) -> str:
    return _listed(parts, "and")


def _or(parts: Sequence[str]) -> str:
    return _listed(parts, "or")


def _listed(parts: Iterable[str], word: str) -> str:
    *first, last = parts
    return f"{', '.join(first)} {word} {last}" if first else last
