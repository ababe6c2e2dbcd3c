"""Days of work: nobody works too long on one, and everybody rests between two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from ortools.sat.python import cp_model

from remit_engine.planning.people import Person
from remit_engine.planning.solver.model import Model, Values
from remit_engine.planning.tasks import Task


@dataclass(frozen=True, slots=True)
class _Might:
    """A task that somebody might do, and the minutes at which it may begin."""

    task: Task
    does: cp_model.IntVar
    start: cp_model.IntVar
    starts: Sequence[int]


def add_days(model: Model) -> None:
    """The rules about days, for everybody.

    What other events have booked is in them already: nobody can begin a task at a minute that doesn't fit it,
    but the minutes of a booked day count towards what is the most of that day.
    """
    for person in model.event.people:
        might = [
            _Might(task, does, model.start[task.id], model.starts[task.id])
            for task, does in model.of_person(person.id)
        ]
        days = sorted({model.event.timeline.day(start) for each in might for start in each.starts})
        for day in days:
            _add_most(model, person, might, day)
        for _, following in pairwise(days):
            _add_rest(model, person, might, following)


def _add_most(model: Model, person: Person, might: Sequence[_Might], day: date) -> None:
    """The most minutes of one day."""
    first, end = model.event.timeline.bounds(day)
    that_day = [each for each in might if any(first <= start < end for start in each.starts)]
    booked = sum(
        booking.span.end - booking.span.start
        for booking in model.event.booked.get(person.id, ())
        if first <= booking.span.start < end
    )
    if len(that_day) < 2 or booked + sum(each.task.length for each in that_day) <= person.most_a_day:  # noqa: PLR2004 -- one alone was looked at before
        return
    minutes: list[cp_model.LinearExprT] = []
    for each in that_day:
        does = model.both(each.does, model.begins_within(each.task, first, end))
        if does is not None:
            minutes.append(each.task.length * does)
    model.cp.add(sum(minutes) <= max(person.most_a_day - booked, 0))


def _add_rest(model: Model, person: Person, might: Sequence[_Might], following: date) -> None:
    """The rest between what begins before a day and what begins on it or later.

    It begins at one minute: whatever is done before has ended by then, whatever is done later begins at least
    so much later. So any two on both sides are held apart, with one variable.
    """
    cp, rest = model.cp, person.rest
    border = model.event.timeline.bounds(following)[0]
    earlier = [each for each in might if each.starts[0] < border]
    later = [each for each in might if each.starts[-1] >= border]
    last_end = max(
        max(start for start in each.starts if start < border) + each.task.length for each in earlier
    )
    first_start = min(min(start for start in each.starts if start >= border) for each in later)
    if first_start - last_end >= rest:
        return
    begins = cp.new_int_var(first_start - rest, last_end, f"rest of {person.id} before {following}")
    model.derived.append((begins, lambda values: _last_end(values, earlier, border, first_start - rest)))
    for each in earlier:
        before = model.begins_within(each.task, each.starts[0], border)
        ends = each.start + each.task.length
        cp.add(ends <= begins).only_enforce_if(each.does, before)
    for each in later:
        after = model.begins_within(each.task, border, each.starts[-1] + 1)
        cp.add(each.start >= begins + rest).only_enforce_if(each.does, after)


def _last_end(values: Values, might: Sequence[_Might], border: int, soonest: int) -> int:
    """When the last of what begins before the border and is done ends."""
    done = (each for each in might if values.of(each.does))
    starts = ((values.of(each.start), each.task.length) for each in done)
    return max([soonest, *(start + length for start, length in starts if start < border)])
