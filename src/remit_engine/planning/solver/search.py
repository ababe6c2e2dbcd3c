"""One search: begun, watched, ended in time or by a button."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from ortools.sat.python import cp_model

from remit_engine.planning.outcome import Told
from remit_engine.planning.plan import Plan
from remit_engine.planning.solver.model import How, Model
from remit_engine.planning.stopping import Ended, Limits, Progress, Stop


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a search has found.

    Attributes:
        plan: the best one; None without any.
        is_impossible: whether it is proven that there is none.
        bound: no plan costs less.
        ended: why it ended.
        seconds: how long it took.
        core: where what a proof of impossibility used stands among the named demands; empty without one.
    """

    plan: Plan | None
    is_impossible: bool
    bound: int
    ended: Ended
    seconds: float
    core: tuple[int, ...] = ()


class _Watcher(cp_model.CpSolverSolutionCallback):
    """Tells how far it is: at every plan, and whenever the bound moves."""

    def __init__(self, told: Told | None, solver: cp_model.CpSolver, stop: Stop) -> None:
        super().__init__()
        self.told, self.solver, self.stop = told, solver, stop
        self.plans, self.bound, self.cost = 0, 0, None  # type: int, int, int | None

    def on_solution_callback(self) -> None:
        """A better plan."""
        self.plans += 1
        self.cost = round(self.objective_value)
        self.bound = max(self.bound, ceil(self.best_objective_bound - 1e-6))
        self._tell(self.wall_time)

    def on_bound(self, bound: float) -> None:
        """It is known that plans cost at least so much."""
        self.bound = max(self.bound, ceil(bound - 1e-6))
        self._tell(None)

    def _tell(self, seconds: float | None) -> None:
        # Pressed in the moment between its beginning and the search's own, the button would go unheard.
        if self.stop.is_pressed:
            self.solver.stop_search()
        if self.told is not None:
            self.told(Progress(seconds=seconds or 0.0, cost=self.cost, bound=self.bound, plans=self.plans))


def search(model: Model, limits: Limits, stop: Stop, told: Told | None = None) -> Answer:
    """Look for a plan, the best one if the model says what that is.

    Args:
        model: what is asked.
        limits: how long.
        stop: the button that ends it.
        told: called with how far it is, in a thread of the solver.
    """
    if stop.is_pressed or limits.seconds <= 0:
        ended = Ended.STOPPED if stop.is_pressed else Ended.TIME
        return Answer(plan=None, is_impossible=False, bound=0, ended=ended, seconds=0.0)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = limits.seconds
    if limits.effort is not None:
        solver.parameters.max_deterministic_time = limits.effort
    # Assumptions are looked at by one worker only.
    solver.parameters.num_workers = 1 if model.how is How.NAMED else limits.workers
    solver.parameters.random_seed = limits.seed
    # Looking at the model from all sides before the search takes longer than the search needs to be good.
    solver.parameters.max_presolve_iterations = 1
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.symmetry_level = 0
    watcher = _Watcher(told, solver, stop)
    if model.cp.has_objective():
        solver.best_bound_callback = watcher.on_bound
    with stop.telling(solver.stop_search):
        status = solver.solve(model.cp, watcher)
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    is_impossible = status == cp_model.INFEASIBLE
    core: tuple[int, ...] = ()
    if is_impossible and model.how is How.NAMED:
        # The solver names literals by where they stand among all variables.
        used = set(solver.sufficient_assumptions_for_infeasibility())
        core = tuple(at for at, literal in enumerate(model.named.values()) if literal.index in used)
    return Answer(
        plan=model.plan(solver) if found else None,
        is_impossible=is_impossible,
        bound=max(0, ceil(solver.best_objective_bound - 1e-6)) if found else 0,
        ended=_ended(solver, status, limits, stop),
        seconds=solver.wall_time,
        core=core,
    )


def _ended(solver: cp_model.CpSolver, status: cp_model.CpSolverStatus, limits: Limits, stop: Stop) -> Ended:
    if status in (cp_model.OPTIMAL, cp_model.INFEASIBLE):
        return Ended.PROVED
    if stop.is_pressed:
        return Ended.STOPPED
    if limits.effort is not None and solver.response_proto.deterministic_time >= limits.effort:
        return Ended.EFFORT
    return Ended.TIME
