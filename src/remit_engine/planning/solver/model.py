"""An event as variables for CP-SAT, and what a solution of them says as a plan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto

from ortools.sat.python import cp_model

from remit_engine.planning.demands import Demand
from remit_engine.planning.event import Event
from remit_engine.planning.plan import Place, Placed, Plan
from remit_engine.planning.tasks import EquipmentNeed, Task


class How(Enum):
    """How demands are asked."""

    FIRM = auto()
    """All of them have to be met."""
    NAMED = auto()
    """All of them have to be met, and a proof that they can't be names those that it used."""
    AS_FAR_AS_POSSIBLE = auto()
    """As many as possible."""


Known = cp_model.IntVar | bool
"""A literal, or what is known without one."""


class Values:
    """Variables whose values are known."""

    def __init__(self) -> None:
        self.known: dict[int, int] = {}

    def say(self, variable: cp_model.IntVar, value: int) -> None:
        """A variable has this value."""
        self.known[variable.index] = value

    def of(self, variable: cp_model.IntVar) -> int:
        """The value of a variable that is known."""
        return self.known[variable.index]


@dataclass
class Model:
    """The variables of an event.

    Attributes:
        cp: the model of OR-Tools.
        event: what it is about.
        demands: what is asked for; tasks without a demand aren't in it.
        how: how they are asked.
        starts: minutes at which each task may begin.
        start: minute at which each task begins.
        here: whether it takes place.
        place: whether a person (id) fills a skill of a task, by `(task, skill, person)`.
        does: whether a person does a task, by `(task, person)`.
        might: what each person might do, each with whether they do.
        room: whether a task is in a room, by `(task, room)`.
        pieces: how many pieces a task gets if it gets any, and whether it does, by `(task, equipment)`.
        missing: how much each demand misses, where they are met as far as possible.
        named: a literal for each demand, where they are named.
        derived: variables that say nothing of their own, each with what it is by the others, in this order.
    """

    cp: cp_model.CpModel
    event: Event
    demands: tuple[Demand, ...]
    how: How
    starts: dict[str, tuple[int, ...]] = field(default_factory=dict)
    start: dict[str, cp_model.IntVar] = field(default_factory=dict)
    here: dict[str, cp_model.IntVar] = field(default_factory=dict)
    place: dict[tuple[str, str, str], cp_model.IntVar] = field(default_factory=dict)
    does: dict[tuple[str, str], cp_model.IntVar] = field(default_factory=dict)
    might: dict[str, list[tuple[Task, cp_model.IntVar]]] = field(default_factory=dict)
    room: dict[tuple[str, str], cp_model.IntVar] = field(default_factory=dict)
    pieces: dict[tuple[str, str], tuple[cp_model.LinearExprT, cp_model.IntVar]] = field(default_factory=dict)
    missing: dict[Demand, cp_model.IntVar] = field(default_factory=dict)
    named: dict[Demand, cp_model.IntVar] = field(default_factory=dict)
    derived: list[tuple[cp_model.IntVar, Callable[[Values], int]]] = field(default_factory=list)
    _within: dict[tuple[str, int, int], cp_model.IntVar | bool] = field(default_factory=dict)

    @property
    def tasks(self) -> list[Task]:
        """The tasks in it."""
        return [self.event.task[name] for name in self.start]

    def of_person(self, person: str) -> list[tuple[Task, cp_model.IntVar]]:
        """What somebody might do, each with whether they do."""
        return [(task, does) for task in self.tasks if (does := self.does.get((task.id, person))) is not None]

    def candidates(self, task: str) -> dict[str, list[cp_model.IntVar]]:
        """Whether each of those who could fill a skill of a task does, by skill."""
        found: dict[str, list[cp_model.IntVar]] = {}
        for need in self.event.task[task].people:
            people = (self.place.get((task, need.skill, person.id)) for person in self.event.people)
            found[need.skill] = [each for each in people if each is not None]
        return found

    def rooms_of(self, task: str) -> list[cp_model.IntVar]:
        """Whether a task is in each of the rooms that it could be in."""
        rooms = (self.room.get((task, room)) for room in dict.fromkeys(self.event.task[task].rooms))
        return [each for each in rooms if each is not None]

    def begins_within(self, task: Task, start: int, end: int) -> cp_model.IntVar | bool:
        """Whether a task begins from one minute up to, and without, another."""
        inside = [minute for minute in self.starts[task.id] if start <= minute < end]
        if not inside or len(inside) == len(self.starts[task.id]):
            return bool(inside)
        key = task.id, inside[0], inside[-1]
        if key not in self._within:
            literal = self.cp.new_bool_var("")
            outside = [minute for minute in self.starts[task.id] if not start <= minute < end]
            for values, when in ((inside, literal), (outside, ~literal)):
                domain = cp_model.Domain.from_values(values)
                self.cp.add_linear_expression_in_domain(self.start[task.id], domain).only_enforce_if(when)
            begins = self.start[task.id]
            self.derived.append((literal, lambda values: values.of(begins) in inside))
            self._within[key] = literal
        return self._within[key]

    def both(self, one: cp_model.IntVar, other: Known) -> cp_model.IntVar | None:
        """Whether both hold; None where they never do."""
        if isinstance(other, bool):
            return one if other else None
        literal = self.cp.new_bool_var("")
        self.cp.add_implication(literal, one)
        self.cp.add_implication(literal, other)
        self.cp.add_bool_or(~one, ~other, literal)
        self.derived.append((literal, lambda values: values.of(one) and values.of(other)))
        return literal

    def hint(self, plan: Plan) -> None:
        """Begin the search at a plan. All is told, so that a plan that is possible is found at once."""
        values = self._values(plan)
        for variable, said in self.derived:
            values.say(variable, int(said(values)))
        for index, value in values.known.items():
            self.cp.add_hint(self.cp.get_int_var_from_proto_index(index), value)

    def _values(self, plan: Plan) -> Values:
        """What a plan says of the variables that stand for themselves."""
        values = Values()
        for name, start in self.start.items():
            placed = plan.of.get(name)
            values.say(self.here[name], int(placed is not None))
            values.say(start, placed.start if placed is not None else self.starts[name][0])
        for (name, skill, person), literal in self.place.items():
            placed = plan.of.get(name)
            values.say(literal, int(placed is not None and Place(person, skill) in placed.people))
        for (name, person), literal in self.does.items():
            placed = plan.of.get(name)
            does = placed is not None and any(place.person == person for place in placed.people)
            values.say(literal, int(does))
        for (name, room), literal in self.room.items():
            placed = plan.of.get(name)
            values.say(literal, int(placed is not None and placed.room == room))
        return values

    def plan(self, solver: cp_model.CpSolver | cp_model.CpSolverSolutionCallback) -> Plan:
        """What the solver has found."""
        people: dict[str, list[Place]] = {}
        for (name, skill, person), literal in self.place.items():
            if solver.boolean_value(literal):
                people.setdefault(name, []).append(Place(person, skill))
        rooms = {name: room for (name, room), literal in self.room.items() if solver.boolean_value(literal)}
        pieces: dict[str, list[EquipmentNeed]] = {}
        for (name, piece), (count, there) in self.pieces.items():
            if solver.boolean_value(there) and solver.value(count):
                pieces.setdefault(name, []).append(EquipmentNeed(piece, solver.value(count)))
        placed = (
            Placed(
                task=name,
                start=solver.value(start),
                people=tuple(people.get(name, ())),
                room=rooms.get(name),
                equipment=tuple(pieces.get(name, ())),
            )
            for name, start in self.start.items()
            if solver.boolean_value(self.here[name])
        )
        return Plan(placed=tuple(placed))
