"""What comes before what: days counted back from the event, the critical path, and how much air there is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from graphlib import TopologicalSorter

from remit_engine.planning.event import Event
from remit_engine.planning.tasks import Span, Task
from remit_engine.planning.timeline import Timeline


def before(timeline: Timeline, day: date, *, days: int, from_hour: int = 0, to_hour: int = 24) -> Span:
    """A window so many days before the day of the event, by the wall clock.

    Args:
        timeline: of the event.
        day: of the event.
        days: 0 for the day itself, 2 for two days before; below 0 for the days after.
        from_hour: the first hour of that day.
        to_hour: the hour at which it ends; above 24 it lies on the next day.
    """
    that = day - timedelta(days=days)
    return Span(timeline.on(that, from_hour), timeline.on(that, to_hour))


def in_order(tasks: Iterable[Task]) -> tuple[str, ...]:
    """Ids with whatever has to be over first before it; the same order for the same tasks."""
    return tuple(TopologicalSorter({task.id: task.after for task in tasks}).static_order())


@dataclass(frozen=True, slots=True, kw_only=True)
class Air:
    """How free a task is in time, by windows and prerequisites alone; people and things may leave it less.

    Attributes:
        soonest: minute at which it can begin at the soonest.
        last: minute at which it has to begin at the latest, if all that waits for it is to be in time.
    """

    soonest: int
    last: int

    @property
    def slack(self) -> int:
        """Minutes that it may slip without making anything late; below 0 it can't be in time at all."""
        return self.last - self.soonest


def air(event: Event) -> Mapping[str, Air]:
    """How free each task is, by id."""
    order = in_order(event.tasks)
    soonest: dict[str, int] = {}
    for name in order:
        task = event.task[name]
        ends = (soonest[first] + event.task[first].length for first in task.after)
        soonest[name] = on_step(event, task, max([task.earliest, *ends]))
    last = {task.id: task.last_start for task in event.tasks}
    for name in reversed(order):
        for first in event.task[name].after:
            last[first] = min(last[first], last[name] - event.task[first].length)
    return {name: Air(soonest=soonest[name], last=last[name]) for name in order}


def on_step(event: Event, task: Task, minute: int) -> int:
    """The first minute from this one on at which the task may begin."""
    return minute if minute == task.earliest else -(-minute // event.step) * event.step


def critical_path(event: Event) -> tuple[str, ...]:
    """The chain of tasks with the least slack, first one first: what must not slip. Empty without tasks.

    It ends at a task for which nothing waits; of several such chains the one that ends last is taken.
    """
    free = air(event)
    awaited = {first for task in event.tasks for first in task.after}
    ends = [task for task in event.tasks if task.id not in awaited]
    if not ends:
        return ()
    task = min(ends, key=lambda each: (_least(event, free, each), -free[each.id].soonest, each.id))
    chain = [task.id]
    while task.after:
        name = min(task.after, key=lambda each: (free[each].slack, -free[each].soonest, each))
        task = event.task[name]
        chain.append(name)
    return tuple(reversed(chain))


def _least(event: Event, free: Mapping[str, Air], task: Task) -> int:
    """The least slack on the way to a task."""
    names, seen, least = [task.id], set(), free[task.id].slack
    while names:
        name = names.pop()
        least = min(least, free[name].slack)
        names += (first for first in event.task[name].after if first not in seen)
        seen |= set(event.task[name].after)
    return least
