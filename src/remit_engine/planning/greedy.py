"""The planner of the base package: one task after the other, the best people for each. Quick, and no proof.

Tasks are placed in the order of their prerequisites, those with the least time left first. Each takes the
first start at which all that it needs is free, and for its places the people who cost least.
Where something stays short, the tasks concerned come first in the next round; in the best plan of all rounds
places are handed on while that makes it cheaper. It never has a conflict; what it couldn't place is told.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from remit_engine.planning.demands import Shortage, shortages
from remit_engine.planning.event import Event
from remit_engine.planning.improving import improved
from remit_engine.planning.order import Air, air
from remit_engine.planning.people import Person
from remit_engine.planning.plan import Pin, Place, Placed, Plan, check_pins
from remit_engine.planning.possible import is_free, starts, starts_with
from remit_engine.planning.score import Weights, base_load, load_cost, score
from remit_engine.planning.tasks import EquipmentNeed, Span, Task

ROUNDS: Final = 12
_NOBODY: Final = 1e9
"""Costs more than all wishes together: a place stays open only where nobody can fill it."""
_IMPOSSIBLE: Final = 1e12
_PINNED: Final = -1e7


@dataclass(frozen=True, slots=True)
class Found:
    """A plan without conflicts, and what it leaves short."""

    plan: Plan
    shortages: tuple[Shortage, ...]


def greedy_plan(
    event: Event,
    *,
    earlier: Plan | None = None,
    pins: Iterable[Pin] = (),
    weights: Weights | None = None,
    rounds: int = ROUNDS,
) -> Found:
    """A plan without conflicts, as whole as the rounds bring it. The same one each time.

    Args:
        event: what is asked for.
        earlier: a plan that this one should change little.
        pins: what was set by hand; kept wherever that is possible.
        weights: what counts how much.
        rounds: how often to begin anew at most, 1 or more.

    Raises:
        InputError: a pin that can't be meant.
    """
    pins = tuple(pins)
    check_pins(event, pins)
    choices = _Choices(event, earlier, pins, weights or Weights())
    first = choices.with_all_before({pin.task for pin in pins})
    best: tuple[tuple[int, int], Found] | None = None
    for _ in range(rounds):
        plan = _Round(choices, first).placed()
        short = shortages(event, plan, pins)
        missing = sum(each.missing for each in short)
        rank = (missing, score(event, plan, earlier, weights).cost.total)
        if best is None or rank < best[0]:
            best = rank, Found(plan, short)
        more = first | choices.with_all_before({each.demand.task for each in short})
        if not missing or more == first:
            break
        first = more
    assert best is not None  # noqa: S101 -- there was a round
    plan = improved(event, best[1].plan, earlier, pins, weights or Weights())
    return Found(plan, best[1].shortages)


class _Choices:
    """What all rounds choose from."""

    def __init__(self, event: Event, earlier: Plan | None, pins: tuple[Pin, ...], weights: Weights) -> None:
        self.event, self.earlier, self.pins, self.weights = event, earlier, pins, weights
        self.air = air(event)
        self.starts = {task.id: self._starts(task) for task in event.tasks}
        self.rooms = {task.id: self._rooms(task) for task in event.tasks}
        self.pinned = {(pin.task, pin.person) for pin in pins if pin.person is not None}
        self._with: dict[tuple[str, str], frozenset[int]] = {}

    def _starts(self, task: Task) -> tuple[int, ...]:
        """Where it may begin, the best one first: as set by hand, as it was, then early ones."""
        choice = starts(self.event, task, self.earlier, self.pins)
        by_hand = {pin.start for pin in self.pins if pin.task == task.id and pin.start is not None}
        if by_hand:
            return tuple(start for start in choice if start in by_hand)
        was = self.earlier.of.get(task.id) if self.earlier else None
        return tuple(sorted(choice, key=lambda start: (was is not None and start != was.start, start)))

    def _rooms(self, task: Task) -> tuple[str, ...]:
        by_hand = {pin.room for pin in self.pins if pin.task == task.id and pin.room is not None}
        return tuple(room for room in task.rooms if not by_hand or room in by_hand)

    def starts_with(self, task: Task, person: Person) -> frozenset[int]:
        """Minutes at which somebody could do it, if they did nothing else."""
        known = self._with.get((task.id, person.id))
        if known is None:
            known = frozenset(starts_with(self.event, task, person, sorted(self.starts[task.id])))
            self._with[task.id, person.id] = known
        return known

    def with_all_before(self, tasks: Iterable[str]) -> frozenset[str]:
        """These tasks and all that have to be over before them."""
        found: set[str] = set()
        rest = list(tasks)
        while rest:
            name = rest.pop()
            if name not in found:
                found.add(name)
                rest += self.event.task[name].after
        return frozenset(found)


@dataclass(frozen=True, slots=True)
class _Given:
    """What somebody has been given, or another event has booked."""

    span: Span
    day: date


class _Round:
    """One walk through all tasks.

    Args:
        choices: what it chooses from.
        first: ids of tasks that come first.
    """

    def __init__(self, choices: _Choices, first: frozenset[str]) -> None:
        self.choices, self.first, self.event = choices, first, choices.event
        self.ends: dict[str, int | None] = {}
        self.given: dict[str, list[_Given]] = {person.id: [] for person in self.event.people}
        self.load = {person.id: base_load(self.event, person) for person in self.event.people}
        self.kept: set[tuple[str, int]] = set()
        self.equipment: dict[str, list[tuple[Span, int]]] = {piece.id: [] for piece in self.event.equipment}
        self.rooms: dict[str, list[Span]] = {room.id: [] for room in self.event.rooms}
        for booking in self.event.bookings:
            for person in booking.people:
                self.given[person].append(self._given(booking.span))
            for need in booking.equipment:
                self.equipment[need.equipment].append((booking.span, need.count))

    def _given(self, span: Span) -> _Given:
        return _Given(span, self.event.timeline.day(span.start))

    def placed(self) -> Plan:
        """All tasks that there is a time for, each with what was free for it."""
        found: dict[str, Placed] = {}
        while len(self.ends) < len(self.event.tasks):
            ready = (task for task in self.event.tasks if task.id not in self.ends and self._is_ready(task))
            task = min(ready, key=self._rank)
            placed = self._best(task)
            self.ends[task.id] = None
            if placed is not None:
                found[task.id] = placed
                self._take(task, placed)
        return Plan(placed=tuple(found[task.id] for task in self.event.tasks if task.id in found))

    def _is_ready(self, task: Task) -> bool:
        return all(before in self.ends for before in task.after)

    def _rank(self, task: Task) -> tuple[bool, int, int, str]:
        free: Air = self.choices.air[task.id]
        return task.id not in self.first, free.last, -sum(need.count for need in task.people), task.id

    def _best(self, task: Task) -> Placed | None:
        """The task at the first start with all it needs, else at the one with the most; None without any."""
        begins = max([self.ends[before] or task.earliest for before in task.after], default=task.earliest)
        best: tuple[int, Placed] | None = None
        asked = sum(need.count for need in task.people) + sum(need.count for need in task.equipment)
        asked += bool(task.rooms)
        last = self.choices.air[task.id].last
        possible = [start for start in self.choices.starts[task.id] if start >= begins]
        in_time = [start for start in possible if start <= last]
        for start in in_time or possible:
            placed = self._at(task, start)
            count = (
                len(placed.people) + sum(need.count for need in placed.equipment) + (placed.room is not None)
            )
            if best is None or count > best[0]:
                best = count, placed
            if count == asked:
                break
        return best[1] if best else None

    def _at(self, task: Task, start: int) -> Placed:
        span = task.at(start)
        room = next(
            (name for name in self.choices.rooms[task.id] if self._has_place(name, task, start)), None
        )
        equipment = tuple(
            EquipmentNeed(need.equipment, count)
            for need in task.equipment
            if (count := min(need.count, self._left(need.equipment, span))) > 0
        )
        people = self._people(task, start)
        return Placed(task=task.id, start=start, people=people, room=room, equipment=equipment)

    def _has_place(self, name: str, task: Task, start: int) -> bool:
        room, span = self.event.room[name], task.at(start)
        meeting = [other for other in self.rooms[name] if other.meets(span)]
        moments = [span.start, *(other.start for other in meeting)]
        most = max(sum(other.start <= at < other.end for other in meeting) for at in moments if at < span.end)
        return most < room.at_once and is_free(self.event, room, task, start)

    def _left(self, piece: str, span: Span) -> int:
        meeting = [(other, count) for other, count in self.equipment[piece] if other.meets(span)]
        moments = [span.start, *(other.start for other, _ in meeting if other.start > span.start)]
        used = max(sum(count for other, count in meeting if other.start <= at < other.end) for at in moments)
        return self.event.piece[piece].count - used

    def _people(self, task: Task, start: int) -> tuple[Place, ...]:
        """Who fills which place, at the least cost of all together."""
        # Takes most of a second to load, and pages that show a plan load this package, too.
        from scipy.optimize import linear_sum_assignment  # noqa: PLC0415

        places = [need.skill for need in task.people for _ in range(need.count)]
        skills = set(places)
        span = self._given(task.at(start))
        people = [
            person
            for person in self.event.people
            if any(person.can(skill) for skill in skills)
            and start in self.choices.starts_with(task, person)
            and self._fits(person, span)
        ]
        costs = np.full((len(places), len(people) + len(places)), _NOBODY)
        for column, person in enumerate(people):
            for row, skill in enumerate(places):
                costs[row, column] = (
                    self._cost(person, task, start, skill) if person.can(skill) else _IMPOSSIBLE
                )
        rows, columns = linear_sum_assignment(costs)
        chosen = (
            (people[column].id, places[row])
            for row, column in zip(rows, columns, strict=True)
            if column < len(people)
        )
        return tuple(Place(person, skill) for person, skill in chosen)

    def _fits(self, person: Person, new: _Given) -> bool:
        """Whether somebody could do this as well as all that they have been given."""
        minutes = new.span.end - new.span.start
        for given in self.given[person.id]:
            if given.span.meets(new.span):
                return False
            if given.day == new.day:
                minutes += given.span.end - given.span.start
            elif max(new.span.start - given.span.end, given.span.start - new.span.end) < person.rest:
                return False
        return minutes <= person.most_a_day

    def _cost(self, person: Person, task: Task, start: int, skill: str) -> float:
        """What it adds to the cost of the plan if they do it."""
        weights, load = self.choices.weights, self.load[person.id]
        cost = float(weights.load * (load_cost(load + task.length) - load_cost(load)))
        for number, wish in enumerate(person.wishes):
            if wish.touches(task.id, start, skill) and (person.id, number) not in self.kept:
                cost -= weights.wish * wish.weight
        earlier = self.choices.earlier
        was = earlier.of.get(task.id) if earlier else None
        if was is not None and any(place.person == person.id for place in was.people):
            cost -= weights.change
        return cost + _PINNED if (task.id, person.id) in self.choices.pinned else cost

    def _take(self, task: Task, placed: Placed) -> None:
        span = task.at(placed.start)
        self.ends[task.id] = span.end
        for place in placed.people:
            self.given[place.person].append(self._given(span))
            self.load[place.person] += task.length
            self._keep(self.event.person[place.person], placed, place)
        for need in placed.equipment:
            self.equipment[need.equipment].append((span, need.count))
        if placed.room is not None:
            self.rooms[placed.room].append(span)

    def _keep(self, person: Person, placed: Placed, place: Place) -> None:
        """Note which wishes for something are kept by now: they needn't be kept twice."""
        for number, wish in enumerate(person.wishes):
            if wish.is_for and wish.touches(placed.task, placed.start, place.skill):
                self.kept.add((person.id, number))
