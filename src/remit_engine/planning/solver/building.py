"""From an event and what it is asked for to a model.

What a plan must never do is always in it; what it is asked for is a list of demands. So the same rules plan,
find what is short, and show what can't be met together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import assert_never

from ortools.sat.python import cp_model

from remit_engine.planning.demands import Asks, Demand
from remit_engine.planning.event import Event
from remit_engine.planning.people import Person
from remit_engine.planning.plan import Pin, Plan
from remit_engine.planning.possible import is_free, starts, starts_with
from remit_engine.planning.solver.days import add_days
from remit_engine.planning.solver.model import How, Model
from remit_engine.planning.tasks import Span, Task


class Possible:
    """When tasks may begin, and who could do them then. Found out once for all models of one event."""

    def __init__(self, event: Event, earlier: Plan | None, pins: tuple[Pin, ...]) -> None:
        self.event = event
        self.starts = {task.id: starts(event, task, earlier, pins) for task in event.tasks}
        self._with: dict[tuple[str, str], tuple[int, ...]] = {}

    def starts_with(self, task: Task, person: Person) -> tuple[int, ...]:
        """Minutes at which somebody could do a task, if they did nothing else."""
        key = task.id, person.id
        if key not in self._with:
            self._with[key] = starts_with(self.event, task, person, self.starts[task.id])
        return self._with[key]


def model_of(
    event: Event,
    demands: Sequence[Demand],
    *,
    how: How = How.FIRM,
    earlier: Plan | None = None,
    possible: Possible | None = None,
) -> Model:
    """The model of an event and what it is asked for.

    Args:
        event: who and what is there.
        demands: what is asked for; what isn't, isn't looked at, apart from what must never be.
        how: how it is asked.
        earlier: an earlier plan, whose starts may be taken again.
        possible: what was found out about the same event before, to save time.
    """
    possible = possible or Possible(event, earlier, tuple(each.pin for each in demands if each.pin))
    model = Model(cp_model.CpModel(), event, tuple(demands), how)
    by_task: dict[str, list[Demand]] = {}
    for demand in demands:
        by_task.setdefault(demand.task, []).append(demand)
    for task in event.tasks:
        if task.id in by_task:
            _add_task(model, task, by_task[task.id], possible)
    _add_order(model)
    _add_people(model)
    _add_equipment(model)
    _add_rooms(model)
    add_days(model)
    for demand in demands:
        _ask(model, demand)
    if how is How.NAMED:
        model.cp.add_assumptions(list(model.named.values()))
    if how is How.AS_FAR_AS_POSSIBLE:
        model.cp.minimize(sum(model.missing.values()))
    return model


def _add_task(model: Model, task: Task, demands: Iterable[Demand], possible: Possible) -> None:
    """Its time, and who could fill which place. Nobody is considered for what isn't asked for."""
    cp, choice = model.cp, possible.starts[task.id]
    model.starts[task.id] = choice
    model.start[task.id] = cp.new_int_var_from_domain(cp_model.Domain.from_values(list(choice)), task.id)
    model.here[task.id] = cp.new_constant(1) if model.how is How.FIRM else cp.new_bool_var("")
    is_pinned = any(each.pin and each.pin.person is not None for each in demands)
    asked = {each.what for each in demands if each.asks is Asks.PEOPLE}
    for person in model.event.people:
        skills = [
            need.skill
            for need in task.people
            if person.can(need.skill) and (is_pinned or need.skill in asked)
        ]
        minutes = possible.starts_with(task, person) if skills else ()
        if minutes:
            _add_person(model, task, person, skills, minutes)
    for skill, people in model.candidates(task.id).items():
        if people:
            cp.add(sum(people) <= next(need.count for need in task.people if need.skill == skill))


def _add_person(model: Model, task: Task, person: Person, skills: list[str], minutes: Sequence[int]) -> None:
    """Somebody fills at most one place of a task, and at minutes when they can."""
    cp, name = model.cp, f"{task.id} {person.id}"
    places = [cp.new_bool_var(f"{name} {skill}") for skill in skills]
    model.place |= {(task.id, skill, person.id): place for skill, place in zip(skills, places, strict=True)}
    does = places[0]
    if len(places) > 1:
        does = cp.new_bool_var(name)
        cp.add(sum(places) == does)
    model.does[task.id, person.id] = does
    model.might.setdefault(person.id, []).append((task, does))
    if model.how is not How.FIRM:
        cp.add_implication(does, model.here[task.id])
    if len(minutes) < len(model.starts[task.id]):
        domain = cp_model.Domain.from_values(list(minutes))
        cp.add_linear_expression_in_domain(model.start[task.id], domain).only_enforce_if(does)


def _add_order(model: Model) -> None:
    for task in model.tasks:
        for before in task.after:
            if before in model.start:
                length = model.event.task[before].length
                rule = model.cp.add(model.start[task.id] >= model.start[before] + length)
                if model.how is not How.FIRM:
                    rule.only_enforce_if(model.here[task.id], model.here[before])


def _interval(model: Model, task: Task, when: cp_model.IntVar) -> cp_model.IntervalVar:
    """The time of a task, for something that takes part in it only where the literal holds."""
    return model.cp.new_optional_fixed_size_interval_var(model.start[task.id], task.length, when, "")


def _add_people(model: Model) -> None:
    """Nobody is in two places."""
    for person in model.event.people:
        intervals = [_interval(model, task, does) for task, does in model.of_person(person.id)]
        if len(intervals) > 1:
            model.cp.add_no_overlap(intervals)


def _add_equipment(model: Model) -> None:
    """No piece is used twice at a time."""
    asked = {(each.task, each.what): each for each in model.demands if each.asks is Asks.EQUIPMENT}
    uses: dict[str, list[tuple[cp_model.IntervalVar, cp_model.LinearExprT]]] = {}
    for (name, piece), demand in asked.items():
        task = model.event.task[name]
        given, there = _pieces(model, demand)
        model.pieces[name, piece] = given, there
        uses.setdefault(piece, []).append((_interval(model, task, there), given))
    for piece, used in uses.items():
        most = model.event.piece[piece].count
        for span, count in _taken(model.event, piece):
            used.append((_fixed(model, span), count))
        intervals, counts = zip(*used, strict=True)
        model.cp.add_cumulative(intervals, counts, most)


def _pieces(model: Model, demand: Demand) -> tuple[cp_model.LinearExprT, cp_model.IntVar]:
    """How many pieces a task gets, and whether it gets any."""
    cp = model.cp
    if model.how is How.FIRM:
        return demand.count, model.here[demand.task]
    there = cp.new_bool_var("")
    cp.add_implication(there, model.here[demand.task])
    if model.how is How.NAMED:
        return demand.count, there
    given = cp.new_int_var(0, demand.count, "")
    cp.add(given == 0).only_enforce_if(~there)
    return given, there


def _taken(event: Event, piece: str) -> list[tuple[Span, int]]:
    """What other events have of something, in stretches that don't meet; never more than there is."""
    taken = [
        (booking.span, need.count)
        for booking in event.bookings
        for need in booking.equipment
        if need.equipment == piece
    ]
    moments = sorted({moment for span, _ in taken for moment in (span.start, span.end)})
    stretches = (Span(start, end) for start, end in pairwise(moments))
    counts = ((each, sum(count for span, count in taken if span.meets(each))) for each in stretches)
    return [(each, min(count, event.piece[piece].count)) for each, count in counts if count]


def _fixed(model: Model, span: Span) -> cp_model.IntervalVar:
    return model.cp.new_fixed_size_interval_var(span.start, span.end - span.start, "")


def _add_rooms(model: Model) -> None:
    """A room holds so many tasks at once, and none while another event has it."""
    cp, event = model.cp, model.event
    uses: dict[str, list[cp_model.IntervalVar]] = {}
    for demand in model.demands:
        if demand.asks is not Asks.ROOM:
            continue
        task = event.task[demand.task]
        for name in dict.fromkeys(task.rooms):
            free = [start for start in model.starts[task.id] if is_free(event, event.room[name], task, start)]
            if not free:
                continue
            literal = cp.new_bool_var(f"{task.id} in {name}")
            model.room[task.id, name] = literal
            if model.how is not How.FIRM:
                cp.add_implication(literal, model.here[task.id])
            if len(free) < len(model.starts[task.id]):
                domain = cp_model.Domain.from_values(free)
                cp.add_linear_expression_in_domain(model.start[task.id], domain).only_enforce_if(literal)
            uses.setdefault(name, []).append(_interval(model, task, literal))
        cp.add(sum(model.rooms_of(task.id)) <= 1)
    for name, intervals in uses.items():
        most = event.room[name].at_once
        if most == 1:
            cp.add_no_overlap(intervals)
        elif len(intervals) > most:
            cp.add_cumulative(intervals, [1] * len(intervals), most)


def _ask(model: Model, demand: Demand) -> None:
    """One demand, as the model is told to ask."""
    cp, given = model.cp, _given(model, demand)
    match model.how:
        case How.FIRM:
            cp.add(given >= demand.count)
        case How.NAMED:
            literal = cp.new_bool_var("")
            model.named[demand] = literal
            cp.add(given >= demand.count).only_enforce_if(literal)
        case How.AS_FAR_AS_POSSIBLE:
            missing = cp.new_int_var(0, demand.count, "")
            model.missing[demand] = missing
            cp.add(sum([given, missing]) >= demand.count)
        case _:
            assert_never(model.how)


def _given(model: Model, demand: Demand) -> cp_model.LinearExprT:
    """How many of what a demand asks for are there."""
    task = demand.task
    match demand.asks:
        case Asks.TIME:
            return model.here[task]
        case Asks.PEOPLE:
            return sum(model.candidates(task).get(demand.what, ()))
        case Asks.EQUIPMENT:
            count, there = model.pieces[task, demand.what]
            return count * there if isinstance(count, int) else count
        case Asks.ROOM:
            return sum(model.rooms_of(task))
        case Asks.PIN:
            assert demand.pin is not None  # noqa: S101 -- said for the type checker
            return _kept(model, demand.pin)
        case _:
            assert_never(demand.asks)


def _kept(model: Model, pin: Pin) -> cp_model.LinearExprT:
    """Whether what was set by hand is kept."""
    if pin.person is not None:
        return model.does.get((pin.task, pin.person), 0)
    if pin.room is not None:
        return model.room.get((pin.task, pin.room), 0)
    assert pin.start is not None  # noqa: S101 -- said for the type checker
    at = model.begins_within(model.event.task[pin.task], pin.start, pin.start + 1)
    kept = model.both(model.here[pin.task], at)
    return 0 if kept is None else kept
