"""Another approach on the part of the question that it can take: who does what, at times that are given.

The same rules as an integer program for HiGHS (in SciPy): one 0-1 variable for each person and place. Times,
rooms and equipment are those of a plan that is given, so it answers less than a planner. With the starts of
the same plan set by hand, the solver is asked the very same.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Final

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from remit_engine.planning.event import Event
from remit_engine.planning.people import Person
from remit_engine.planning.plan import Place, Plan
from remit_engine.planning.possible import starts_with
from remit_engine.planning.score import LOAD_STEP, Weights, base_load, load_cost
from remit_engine.planning.tasks import Span, Task

INFINITE: Final = np.inf


@dataclass
class Program:
    """Rows and columns of an integer program, as they come."""

    costs: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    whole: list[int] = field(default_factory=list)
    rows: list[tuple[dict[int, float], float, float]] = field(default_factory=list)

    def variable(self, *, cost: float = 0, upper: float = 1, whole: bool = True) -> int:
        """A new column."""
        self.costs.append(cost)
        self.upper.append(upper)
        self.whole.append(int(whole))
        return len(self.costs) - 1

    def solved(self, seconds: float) -> tuple[np.ndarray | None, float, float]:
        """The values, what they cost, and what anything costs at least."""
        entries = [
            (row, column, value)
            for row, (terms, *_) in enumerate(self.rows)
            for column, value in terms.items()
        ]
        row, column, value = zip(*entries, strict=True)
        matrix = csr_array((value, (row, column)), shape=(len(self.rows), len(self.costs)))
        answer = milp(
            np.array(self.costs),
            integrality=np.array(self.whole),
            bounds=Bounds(0, np.array(self.upper)),
            constraints=LinearConstraint(
                matrix, [low for _, low, _ in self.rows], [high for *_, high in self.rows]
            ),
            options={"time_limit": seconds},
        )
        return answer.x, answer.fun if answer.x is not None else INFINITE, answer.mip_dual_bound or 0.0


def assigned(event: Event, given: Plan, seconds: float) -> tuple[Plan | None, float]:
    """The best people for a plan whose times are given.

    Returns:
        the plan (None if none was found in time), and what all such plans cost at least.
    """
    program, places = Program(), dict[tuple[str, str, str], int]()
    for person in event.people:
        _person(event, given, person, program, places)
    for task in event.tasks:
        for need in task.people:
            terms = {
                column: 1.0
                for (name, skill, _), column in places.items()
                if (name, skill) == (task.id, need.skill)
            }
            program.rows.append((terms, need.count, need.count))
    values, _, bound = program.solved(seconds)
    if values is None:
        return None, bound
    placed = tuple(
        replace(
            each,
            people=tuple(
                Place(person, skill)
                for (name, skill, person), column in places.items()
                if name == each.task and values[column] > 1 / 2
            ),
        )
        for each in given.placed
    )
    return Plan(placed=placed), bound


@dataclass(frozen=True, slots=True)
class Might:
    """A task that somebody might do, when, and the columns of its places."""

    task: Task
    span: Span
    columns: dict[str, int]


def _person(
    event: Event, given: Plan, person: Person, program: Program, places: dict[tuple[str, str, str], int]
) -> None:
    """What somebody might do, all that keeps them from it, and what it costs."""
    weights, might = Weights(), list[Might]()
    for task in event.tasks:
        start = given.of[task.id].start
        skills = [need.skill for need in task.people if person.can(need.skill)]
        if skills and starts_with(event, task, person, (start,)):
            columns = {
                skill: program.variable(
                    cost=sum(
                        -wish.weight * weights.wish
                        for wish in person.wishes
                        if not wish.is_for and wish.touches(task.id, start, skill)
                    )
                )
                for skill in skills
            }
            places |= {(task.id, skill, person.id): column for skill, column in columns.items()}
            might.append(Might(task, task.at(start), columns))
    _rules(event, person, might, program)
    _load(event, person, might, program)
    for wish in person.wishes:
        if wish.is_for:
            broken = program.variable(cost=weights.wish * wish.weight)
            kept = {
                column: 1.0
                for each in might
                for skill, column in each.columns.items()
                if wish.touches(each.task.id, each.span.start, skill)
            }
            program.rows.append((kept | {broken: 1.0}, 1, INFINITE))


def _rules(event: Event, person: Person, might: list[Might], program: Program) -> None:
    """One place at a time, rest, and days that aren't too long."""
    day = event.timeline.day
    for one, other in combinations(sorted(might, key=lambda each: each.span), 2):
        gap = other.span.start - one.span.end
        tired = gap < person.rest and day(one.span.start) != day(other.span.start)
        if one.span.meets(other.span) or tired:
            columns = (*one.columns.values(), *other.columns.values())
            program.rows.append((dict.fromkeys(columns, 1.0), 0, 1))
    for that in {day(each.span.start) for each in might}:
        terms = {
            column: float(each.task.length)
            for each in might
            if day(each.span.start) == that
            for column in each.columns.values()
        }
        booked = sum(
            booking.span.end - booking.span.start
            for booking in event.booked.get(person.id, ())
            if day(booking.span.start) == that
        )
        program.rows.append((terms, 0, max(0, person.most_a_day - booked)))
    for each in might:
        program.rows.append((dict.fromkeys(each.columns.values(), 1.0), 0, 1))


def _load(event: Event, person: Person, might: list[Might], program: Program) -> None:
    """What a load costs, by the lines that the curve is made of."""
    base = base_load(event, person)
    most = base + sum(each.task.length for each in might)
    cost = program.variable(cost=Weights().load, upper=INFINITE, whole=False)
    terms = {column: float(each.task.length) for each in might for column in each.columns.values()}
    for step in range(base // LOAD_STEP, most // LOAD_STEP + 1):
        begins = step * LOAD_STEP
        slopes = {column: -step * value for column, value in terms.items()} if step else {}
        program.rows.append((slopes | {cost: 1.0}, load_cost(begins) + step * (base - begins), INFINITE))
