"""Plan an event: one door for both planners."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from importlib.util import find_spec

from remit_engine.errors import RemitError
from remit_engine.planning.event import Event
from remit_engine.planning.greedy import greedy_plan
from remit_engine.planning.outcome import Outcome, Planner, Told
from remit_engine.planning.plan import Pin, Plan, check_pins
from remit_engine.planning.score import Weights, score
from remit_engine.planning.stopping import Ended, Limits, Stop


def has_solver() -> bool:
    """Whether the extra `planning` is installed."""
    return find_spec("ortools") is not None


def plan_event(
    event: Event,
    *,
    earlier: Plan | None = None,
    pins: Iterable[Pin] = (),
    weights: Weights | None = None,
    limits: Limits | None = None,
    planner: Planner = Planner.SOLVER,
    stop: Stop | None = None,
    told: Told | None = None,
) -> Outcome:
    """A plan without conflicts that meets all that is asked for; or the most of it, and what is short.

    Args:
        event: what is asked for, and who and what is there.
        earlier: a plan that the new one should change little.
        pins: what was set by hand, and stays so.
        weights: what counts how much.
        limits: how long it may take; 10 seconds on one core by default. Only the solver looks at it.
        planner: the solver proves how good a plan is and why something is short; the greedy planner needs no
            extra, and knows neither.
        stop: ends the solver early, from any thread; the best plan until then is the answer.
        told: called with how far the solver is, in one of its threads.

    Raises:
        InputError: a pin that can't be meant.
        RemitError: the solver isn't installed.
    """
    pins, weights = tuple(dict.fromkeys(pins)), weights or Weights()
    check_pins(event, pins)
    if planner is Planner.GREEDY:
        found = greedy_plan(event, earlier=earlier, pins=pins, weights=weights)
        return Outcome(
            plan=found.plan,
            score=score(event, found.plan, earlier, weights),
            shortages=found.shortages,
            is_proven_short=False,
            impossible=(),
            bound=None,
            ended=Ended.TRIED,
            planner=Planner.GREEDY,
        )
    if not has_solver():
        raise RemitError(
            "planning-extra-missing",
            "The solver for plans isn't installed.",
            "Install it with: pip install 'remit[planning]'. The greedy planner needs nothing more.",
        )
    solver = import_module("remit_engine.planning.solver.planning")
    outcome: Outcome = solver.planned(
        event,
        earlier=earlier,
        pins=pins,
        weights=weights,
        limits=limits or Limits(),
        stop=stop or Stop(),
        told=told,
    )
    return outcome
