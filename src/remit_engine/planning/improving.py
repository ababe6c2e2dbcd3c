"""A plan made cheaper by handing single places on, one after the other, while that helps.

Times, rooms and things stay as they are. What was set by hand stays with whoever it was set for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from remit_engine.planning.conflicts import Work, person_conflicts
from remit_engine.planning.event import Event
from remit_engine.planning.people import Person
from remit_engine.planning.plan import Pin, Place, Placed, Plan
from remit_engine.planning.possible import starts_with
from remit_engine.planning.score import Weights, base_load, load_cost

PASSES: Final = 3
"""How often all places are gone through at most."""


def improved(event: Event, plan: Plan, earlier: Plan | None, pins: Iterable[Pin], weights: Weights) -> Plan:
    """The same plan or a cheaper one, that meets the same and has no more conflicts.

    Args:
        event: what the plan is for.
        plan: without conflicts.
        earlier: a plan that it should change little.
        pins: what was set by hand.
        weights: what counts how much.
    """
    walk = _Walk(event, plan, earlier, pins, weights)
    for _ in range(PASSES):
        if not walk.passed():
            break
    return Plan(placed=tuple(walk.placed.values()))


class _Walk:
    """A plan while places are handed on."""

    def __init__(
        self, event: Event, plan: Plan, earlier: Plan | None, pins: Iterable[Pin], weights: Weights
    ) -> None:
        self.event, self.weights = event, weights
        self.placed = {each.task: each for each in plan.placed}
        self.pinned = {(pin.task, pin.person) for pin in pins}
        self.before = {
            (each.task, place.person) for each in (earlier.placed if earlier else ()) for place in each.people
        }
        self.does: dict[str, dict[str, str]] = {person.id: {} for person in event.people}
        for each in plan.placed:
            for place in each.people:
                self.does[place.person][each.task] = place.skill
        self.costs = {person.id: self._cost(person, self.does[person.id]) for person in event.people}
        self.could = {each.task: self._could(each) for each in plan.placed}

    def _could(self, placed: Placed) -> list[Person]:
        """Who could do a task at its time, if they did nothing else."""
        task = self.event.task[placed.task]
        skills = {place.skill for place in placed.people}
        return [
            person
            for person in self.event.people
            if any(person.can(skill) for skill in skills)
            and starts_with(self.event, task, person, (placed.start,))
        ]

    def _cost(self, person: Person, does: dict[str, str]) -> int:
        """What somebody's part of a plan costs."""
        minutes = sum(self.event.task[name].length for name in does)
        cost = self.weights.load * load_cost(base_load(self.event, person) + minutes)
        for wish in person.wishes:
            times = sum(wish.touches(name, self.placed[name].start, skill) for name, skill in does.items())
            broken = (0 if times else wish.weight) if wish.is_for else -wish.weight * times
            cost += self.weights.wish * broken
        return cost - self.weights.change * sum((name, person.id) in self.before for name in does)

    def passed(self) -> bool:
        """Go through all places once; whether any was handed on."""
        found = False
        for name in list(self.placed):
            for place in self.placed[name].people:
                if (name, place.person) not in self.pinned:
                    found = self._handed_on(name, place) or found
        return found

    def _handed_on(self, name: str, place: Place) -> bool:
        """Give a place to whoever makes the plan cheapest; whether that is somebody else."""
        less = {task: skill for task, skill in self.does[place.person].items() if task != name}
        saved = self.costs[place.person] - self._cost(self.event.person[place.person], less)
        best: tuple[int, str] | None = None
        for person in self.could[name]:
            does = self.does[person.id]
            if name in does or not person.can(place.skill):
                continue
            more = self._cost(person, does | {name: place.skill}) - self.costs[person.id]
            if more < (best[0] if best else saved) and self._fits(person, name):
                best = more, person.id
        if best is None:
            return False
        _, other = best
        self.does[place.person] = less
        self.does[other][name] = place.skill
        for changed in (place.person, other):
            self.costs[changed] = self._cost(self.event.person[changed], self.does[changed])
        people = (Place(other, each.skill) if each == place else each for each in self.placed[name].people)
        self.placed[name] = replace(self.placed[name], people=tuple(people))
        return True

    def _fits(self, person: Person, name: str) -> bool:
        """Whether somebody could do a task as well as all that they do."""
        tasks = (self.event.task[each] for each in (*self.does[person.id], name))
        works = [Work(task.at(self.placed[task.id].start), task.title, task.id) for task in tasks]
        works += [Work(each.span, each.name) for each in self.event.booked.get(person.id, ())]
        works.sort(key=lambda work: (work.span, work.task))
        return not person_conflicts(self.event.timeline, person, works)
