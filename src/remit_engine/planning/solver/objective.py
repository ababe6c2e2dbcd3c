"""The cost of a plan for CP-SAT: the very number that `score` measures."""

from __future__ import annotations

from ortools.sat.python import cp_model

from remit_engine.planning.demands import Asks
from remit_engine.planning.people import Person, Wish
from remit_engine.planning.plan import Placed, Plan
from remit_engine.planning.score import LOAD_STEP, Weights, base_load, least_load_cost, load_cost
from remit_engine.planning.solver.model import Model

Terms = list[cp_model.LinearExprT]


def add_cost(model: Model, weights: Weights, earlier: Plan | None) -> int:
    """Have the model look for the plan that costs least.

    Returns:
        what every plan costs at least, as far as that is known without a search.
    """
    terms: Terms = []
    loads: list[tuple[int, int, cp_model.IntVar]] = []
    for person in model.event.people:
        terms += _load(model, weights, person, loads)
        for wish in person.wishes:
            terms += _wish(model, weights, person, wish)
    if earlier is not None:
        for placed in earlier.placed:
            if placed.task in model.start:
                terms += _changes(model, weights, placed)
    # Shared out as evenly as can be, the load costs so much whoever does what. The solver finds that out by
    # itself, but slowly; told, it has a good bound from the beginning.
    people = (each for each in model.demands if each.asks is Asks.PEOPLE)
    minutes = sum(model.event.task[each.task].length * each.count for each in people)
    least = least_load_cost([(base, most) for base, most, _ in loads], minutes)
    if loads and least is not None:
        model.cp.add(sum(cost for *_, cost in loads) >= least)
    model.cp.minimize(sum(terms))
    return weights.load * (least or 0)


def _load(
    model: Model, weights: Weights, person: Person, loads: list[tuple[int, int, cp_model.IntVar]]
) -> Terms:
    """What the load of somebody costs, as the highest of the lines that the curve is made of.

    Into `loads` go the least and the most minutes that they can come to, and what those cost.
    """
    base = base_load(model.event, person)
    might = model.of_person(person.id)
    least, most = load_cost(base), base + sum(task.length for task, _ in might)
    if not might or not weights.load:
        return [weights.load * least]
    load = model.cp.new_int_var(base, most, f"load of {person.id}")
    model.cp.add(load == base + sum(task.length * does for task, does in might))
    cost = model.cp.new_int_var(least, load_cost(most), f"cost of {person.id}")
    model.derived.append(
        (load, lambda values: base + sum(task.length * values.of(does) for task, does in might))
    )
    model.derived.append((cost, lambda values: load_cost(values.of(load))))
    for step in range(base // LOAD_STEP, most // LOAD_STEP + 1):
        begins = step * LOAD_STEP
        model.cp.add(cost >= load_cost(begins) + step * (load - begins))
    loads.append((base, most, cost))
    return [weights.load * cost]


def _wish(model: Model, weights: Weights, person: Person, wish: Wish) -> Terms:
    """What it costs if a wish isn't kept."""
    cp, happens = model.cp, []
    for task, _ in model.of_person(person.id):
        for need in task.people:
            place = model.place.get((task.id, need.skill, person.id))
            if place is None:
                continue
            if wish.during is not None:
                is_meant = model.begins_within(task, wish.during.start, wish.during.end)
            else:
                is_meant = wish.touches(task.id, task.earliest, need.skill)
            does = model.both(place, is_meant)
            if does is not None:
                happens.append(does)
    if not wish.is_for:
        return [weights.wish * -wish.weight * does for does in happens]
    if not happens:
        return [weights.wish * wish.weight]
    kept = cp.new_bool_var("")
    cp.add(kept <= sum(happens))
    model.derived.append((kept, lambda values: any(values.of(does) for does in happens)))
    return [weights.wish * wish.weight * (1 - kept)]


def _changes(model: Model, weights: Weights, was: Placed) -> Terms:
    """What it costs to do a task otherwise than before."""
    task = model.event.task[was.task]
    stays = model.begins_within(task, was.start, was.start + 1)
    terms: Terms = [weights.change * (1 - stays)]
    for person in sorted({place.person for place in was.people}):
        does = model.does.get((was.task, person), 0)
        terms.append(weights.change * (1 - does))
    return terms
