"""Events for tests: by hand with few words, and generated ones."""

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import strategies as st

from remit_engine.planning import (
    Booking,
    Equipment,
    EquipmentNeed,
    Event,
    PeopleNeed,
    Person,
    Room,
    Span,
    Task,
    Timeline,
    Wish,
)

SATURDAY = date(2026, 6, 6)
LINE = Timeline(origin=datetime(2026, 6, 5, 22, tzinfo=UTC), zone="Europe/Berlin")
"""Minute 0 is the midnight before the Saturday."""
HOUR = 60


def hours(first, last):
    """A span from an hour of the Saturday to another one; above 24 on the Sunday."""
    return Span(round(first * HOUR), round(last * HOUR))


def task(name, first, last, *, long=None, needs=(), **more):
    """A task in a window of hours: as long as the window, or so many hours."""
    span = hours(first, last)
    length = span.end - span.start if long is None else round(long * HOUR)
    people = tuple(PeopleNeed(*need) if isinstance(need, tuple) else PeopleNeed(need) for need in needs)
    why = "The guests are waiting for it."
    return Task(id=name, why=why, earliest=span.start, latest=span.end, length=length, people=people, **more)


def person(name, *skills, there=((0, 72),), **more):
    """Somebody who is there in these hours."""
    spans = tuple(hours(*each) for each in there)
    return Person(id=name, skills=frozenset(skills), available=spans, **more)


def event(tasks, people=(), **more):
    """An event on the Saturday."""
    return Event(name="Summer feast", timeline=LINE, tasks=tuple(tasks), people=tuple(people), **more)


SKILLS = ("bar", "kitchen")


@st.composite
def events(draw, *, tasks=3, people=3, step=2 * HOUR):
    """Events on two days, small enough to be looked through. Half of them are hard: there much is short."""
    is_hard = draw(st.booleans())
    made = []
    for number in range(draw(st.integers(1 if is_hard else max(1, tasks // 2), tasks))):
        first = draw(st.sampled_from([8, 14, 20, 23, 32, 38]))
        length = draw(st.sampled_from([1, 2, 4]))
        air = draw(st.sampled_from([0, 0, 2, 4] if is_hard else [0, 2, 4, 6]))
        skills = draw(st.lists(st.sampled_from(["", *SKILLS]), min_size=1 - is_hard, max_size=2, unique=True))
        most = 2 if is_hard or people > 3 else 1
        made.append(
            task(
                f"task {number}",
                first,
                first + length + air,
                long=length,
                needs=[(skill, draw(st.integers(1, most))) for skill in skills],
                after=(made[-1].id,) if made and draw(st.booleans()) else (),
                equipment=draw(st.sampled_from([(), (EquipmentNeed("van", 1),), (EquipmentNeed("van", 2),)])),
                rooms=draw(st.sampled_from([(), ("hall",), ("hall", "yard")])),
            )
        )
    names = [each.id for each in made]
    count = draw(st.integers(0, people)) if is_hard else people
    some = [draw(people_(f"person {number}", names, is_hard=is_hard)) for number in range(count)]
    out = [each.id for each in some[: 2 if is_hard else 1]]
    made = [
        replace(each, not_by=tuple(draw(st.lists(st.sampled_from(out), max_size=1)))) if out else each
        for each in made
    ]
    return event(
        made,
        some,
        equipment=(Equipment(id="van", count=draw(st.integers(0, 2) if is_hard else st.integers(2, 3))),),
        rooms=(Room(id="hall"), Room(id="yard", at_once=2)),
        bookings=tuple(draw(st.lists(bookings([each.id for each in some]), max_size=2 if is_hard else 1))),
        step=step,
    )


@st.composite
def people_(draw, name, tasks, *, is_hard):
    """Somebody with a skill or two, wishes, and rules of their own."""
    there = [((0, 72),), ((8, 24), (30, 48))] + ([((8, 16),), ((18, 40),)] if is_hard else [])
    wishes = st.one_of(
        st.builds(
            Wish, weight=st.sampled_from([1, 3, -2]), tasks=st.sampled_from(tasks).map(lambda each: (each,))
        ),
        st.builds(Wish, weight=st.sampled_from([1, -1]), skill=st.sampled_from(SKILLS)),
        st.builds(Wish, weight=st.sampled_from([2, -3]), during=st.just(hours(18, 28))),
    )
    return person(
        name,
        *draw(st.lists(st.sampled_from(SKILLS), min_size=1 - is_hard, max_size=2, unique=True)),
        there=draw(st.sampled_from(there)),
        wishes=tuple(draw(st.lists(wishes, max_size=2))),
        rest=draw(st.sampled_from([0, 9 * HOUR, 11 * HOUR])),
        most_a_day=draw(st.sampled_from([3 * HOUR, 6 * HOUR, 10 * HOUR])),
        carried=draw(st.sampled_from([0, 0, 150])),
        only_skilled=draw(st.sampled_from([False, False, True])),
    )


@st.composite
def bookings(draw, people):
    """What another event has taken."""
    first = draw(st.sampled_from([6, 13, 20, 33]))
    return Booking(
        name="A wedding",
        span=hours(first, first + draw(st.sampled_from([1, 3]))),
        people=tuple(draw(st.lists(st.sampled_from(people), max_size=1))) if people else (),
        equipment=draw(st.sampled_from([(), (EquipmentNeed("van", 1),)])),
        rooms=draw(st.sampled_from([(), ("hall",), ("yard",)])),
    )
