"""How good a plan is: wishes, a fair load, few changes. The one measure that all planners are held against.

The cost is a whole number, 0 or more, and the less the better. It is measured in minutes, so that people can
say what a wish is worth: a wish of weight 1 that isn't kept costs as much as two hours of work given to
somebody who has two hours more than they need.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import Final

from remit_engine.planning.conflicts import works_of_people
from remit_engine.planning.event import Event
from remit_engine.planning.people import Person, Wish
from remit_engine.planning.plan import Placed, Plan

LOAD_STEP: Final = 120
"""Minutes after which each further minute of one person's load costs one more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What counts how much, in minutes of uneven load; 0 leaves it out.

    Attributes:
        wish: a wish of weight 1 that isn't kept.
        change: somebody whom an earlier plan had in a task and this one hasn't, or a task that begins at
            another time than before.
        load: each minute of load, times the steps of two hours that the person has before it.
    """

    wish: int = 120
    change: int = 240
    load: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a plan costs, in parts.

    Attributes:
        wishes: for wishes that aren't kept.
        load: for all load; the more uneven, the more. Some of it nobody can avoid.
        changes: against an earlier plan.
    """

    wishes: int
    load: int
    changes: int

    @property
    def total(self) -> int:
        """All of it."""
        return self.wishes + self.load + self.changes


@dataclass(frozen=True, slots=True)
class Kept:
    """How a wish of somebody came out: `times` is how often the plan does what it speaks of."""

    person: str
    wish: Wish
    times: int

    @property
    def is_kept(self) -> bool:
        """A wish for something is kept if it happens at all, one against it if it never does."""
        return bool(self.times) == self.wish.is_for

    @property
    def broken(self) -> int:
        """By how much it isn't kept: a wish against something counts each time that it happens."""
        if self.wish.is_for:
            return 0 if self.times else self.wish.weight
        return -self.wish.weight * self.times


@dataclass(frozen=True, kw_only=True)
class Score:
    """A plan, measured.

    Attributes:
        cost: the less the better.
        wishes: each wish, and how it came out.
        load: minutes of each person, booked and carried ones included, by id.
        changes: how much is other than in the earlier plan.
    """

    cost: Cost
    wishes: tuple[Kept, ...]
    load: Mapping[str, int]
    changes: int

    @cached_property
    def wishes_kept(self) -> int:
        """How many wishes are kept."""
        return sum(each.is_kept for each in self.wishes)


def score(event: Event, plan: Plan, earlier: Plan | None = None, weights: Weights | None = None) -> Score:
    """Measure a plan; it may have conflicts, but names only people and tasks that are there."""
    weights = weights or Weights()
    loads = loads_of(event, plan)
    wishes = tuple(
        Kept(person.id, wish, sum(_touches(wish, person.id, placed) for placed in plan.placed))
        for person in event.people
        for wish in person.wishes
    )
    changed = changes(earlier, plan)
    cost = Cost(
        wishes=weights.wish * sum(each.broken for each in wishes),
        load=weights.load * sum(load_cost(each) for each in loads.values()),
        changes=weights.change * changed,
    )
    return Score(cost=cost, wishes=wishes, load=loads, changes=changed)


def loads_of(event: Event, plan: Plan) -> dict[str, int]:
    """Minutes of each person: planned here, booked elsewhere, and carried."""
    works = works_of_people(event, plan)
    return {
        person.id: base_load(event, person)
        + sum(work.span.end - work.span.start for work in works.get(person.id, ()) if work.task)
        for person in event.people
    }


def base_load(event: Event, person: Person) -> int:
    """Minutes that somebody has before anything is planned."""
    booked = event.booked.get(person.id, ())
    return person.carried + sum(booking.span.end - booking.span.start for booking in booked)


def load_cost(minutes: int) -> int:
    """What a load costs: nothing for its first two hours, 1 a minute for the next two, then 2, and so on.

    It grows like half the square of the load, so that a plan is dearer the more uneven it is.
    """
    steps, rest = divmod(minutes, LOAD_STEP)
    return LOAD_STEP * steps * (steps - 1) // 2 + steps * rest


def least_load_cost(loads: Sequence[tuple[int, int]], minutes: int) -> int | None:
    """What loads cost at least once so many minutes have been added to them, however they are shared out.

    Args:
        loads: of each person, the minutes before and the most that they can come to.
        minutes: to be added to all of them together.

    Returns:
        the cost; None if they can't take so many.
    """
    cost = sum(load_cost(base) for base, _ in loads)
    if minutes > sum(most - base for base, most in loads):
        return None
    for step in count():
        # All minutes that cost `step` each are taken before any that cost more.
        begins, ends = step * LOAD_STEP, (step + 1) * LOAD_STEP
        room = sum(max(0, min(most, ends) - max(base, begins)) for base, most in loads)
        taken = min(room, minutes)
        cost += step * taken
        minutes -= taken
        if not minutes:
            break
    return cost


def changes(earlier: Plan | None, plan: Plan) -> int:
    """How many people of an earlier plan lost a place in a task, and how many tasks begin at another time.

    What the new plan has no task for any more counts nothing.
    """
    if earlier is None:
        return 0
    pairs = ((was, plan.of[was.task]) for was in earlier.placed if was.task in plan.of)
    return sum((was.start != now.start) + _lost(was, now) for was, now in pairs)


def _lost(was: Placed, now: Placed) -> int:
    return len(_people(was) - _people(now))


def _people(placed: Placed) -> set[str]:
    return {place.person for place in placed.people}


def _touches(wish: Wish, person: str, placed: Placed) -> int:
    mine: Iterable[str] = (place.skill for place in placed.people if place.person == person)
    return sum(wish.touches(placed.task, placed.start, skill) for skill in mine)
