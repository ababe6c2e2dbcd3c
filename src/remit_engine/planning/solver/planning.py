"""Planning with the solver: the best plan, or the most of one, what is short, and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from time import perf_counter

from remit_engine.planning.demands import Demand, demands_of, met, shortages
from remit_engine.planning.event import Event
from remit_engine.planning.greedy import Found, greedy_plan
from remit_engine.planning.outcome import Impossible, Outcome, Planner, Told
from remit_engine.planning.plan import Pin, Plan
from remit_engine.planning.score import Weights, score
from remit_engine.planning.solver.building import Possible, model_of
from remit_engine.planning.solver.diagnosing import Diagnosis
from remit_engine.planning.solver.model import How
from remit_engine.planning.solver.objective import add_cost
from remit_engine.planning.solver.search import Answer, search
from remit_engine.planning.stopping import Ended, Limits, Progress, Stop

_SHARE = 0.3
"""Of the time that is left: for each of the steps of planning what can't be met in full, but the last."""


@dataclass
class Planning:
    """One question to the solver.

    Attributes:
        event: what is asked for.
        earlier: a plan that the new one should change little.
        pins: what was set by hand.
        weights: what counts how much.
        limits: how long it may take, from `began` on.
        stop: the button that ends it.
        told: is called with how far it is.
        began: on the clock that only counts.
    """

    event: Event
    earlier: Plan | None
    pins: tuple[Pin, ...]
    weights: Weights
    limits: Limits
    stop: Stop
    told: Told | None
    began: float

    def outcome(self) -> Outcome:
        """The answer."""
        demands = demands_of(self.event, self.pins)
        possible = Possible(self.event, self.earlier, self.pins)
        greedy = greedy_plan(self.event, earlier=self.earlier, pins=self.pins, weights=self.weights)
        if not greedy.shortages:
            self._tell(Progress(seconds=0.0, cost=self._cost(greedy.plan), bound=0, plans=1))
        answer = self._best(demands, possible, greedy, 1.0)
        if answer.is_impossible:
            return self._in_part(demands, possible, greedy)
        return self._outcome(answer, greedy)

    def _cost(self, plan: Plan) -> int:
        return score(self.event, plan, self.earlier, self.weights).cost.total

    def _left(self, share: float = 1.0) -> Limits:
        """What is left of the time, or a share of it."""
        left = self.limits.seconds - (perf_counter() - self.began)
        return replace(self.limits, seconds=max(0.0, left * share))

    def _tell(self, progress: Progress) -> None:
        if self.told is not None:
            self.told(replace(progress, seconds=perf_counter() - self.began))

    def _best(self, demands: tuple[Demand, ...], possible: Possible, first: Found, share: float) -> Answer:
        """The plan that meets all of these and costs least; it begins at one that is known."""
        model = model_of(self.event, demands, earlier=self.earlier, possible=possible)
        least = add_cost(model, self.weights, self.earlier)
        model.hint(first.plan)
        answer = search(model, self._left(share), self.stop, self._tell)
        return replace(answer, bound=max(answer.bound, least))

    def _outcome(self, answer: Answer, greedy: Found) -> Outcome:
        """The better one of what the solver and the greedy planner have found."""
        plan, planner = greedy.plan, Planner.GREEDY
        if answer.plan is not None and (greedy.shortages or self._cost(answer.plan) <= self._cost(plan)):
            plan, planner = answer.plan, Planner.SOLVER
        return self._with(plan, planner, answer)

    def _with(self, plan: Plan, planner: Planner, answer: Answer, *, is_proven: bool = False) -> Outcome:
        return Outcome(
            plan=plan,
            score=score(self.event, plan, self.earlier, self.weights),
            shortages=shortages(self.event, plan, self.pins),
            is_proven_short=is_proven,
            impossible=(),
            bound=answer.bound,
            ended=answer.ended,
            planner=planner,
        )

    def _in_part(self, demands: tuple[Demand, ...], possible: Possible, greedy: Found) -> Outcome:
        """What can be met, at the least cost; and of what can't, why."""
        model = model_of(
            self.event, demands, how=How.AS_FAR_AS_POSSIBLE, earlier=self.earlier, possible=possible
        )
        model.hint(greedy.plan)
        part = search(model, self._left(_SHARE), self.stop)
        plan, planner = greedy.plan, Planner.GREEDY
        if part.plan is not None and self._missing(part.plan) <= self._missing(plan):
            plan, planner = part.plan, Planner.SOLVER
        is_proven = part.ended is Ended.PROVED and planner is Planner.SOLVER
        answer = self._best(_as_met(demands, plan), possible, Found(plan, ()), _SHARE)
        if answer.plan is not None and self._missing(answer.plan) <= self._missing(plan):
            plan, planner = answer.plan, Planner.SOLVER
        outcome = self._with(plan, planner, answer, is_proven=is_proven)
        return replace(outcome, impossible=self._reasons(demands, outcome)) if is_proven else outcome

    def _missing(self, plan: Plan) -> int:
        return sum(each.missing for each in shortages(self.event, plan, self.pins))

    def _reasons(self, demands: tuple[Demand, ...], outcome: Outcome) -> tuple[Impossible, ...]:
        diagnosis = Diagnosis(
            event=self.event,
            met=_as_met(demands, outcome.plan),
            plan=outcome.plan,
            limits=lambda: self._left(_SHARE),
            stop=self.stop,
        )
        return tuple(diagnosis.impossible(each) for each in outcome.shortages)


def _as_met(demands: tuple[Demand, ...], plan: Plan) -> tuple[Demand, ...]:
    """The demands as far as a plan meets them."""
    counts = ((each, met(plan, each)) for each in demands)
    return tuple(replace(each, count=min(count, each.count)) for each, count in counts if count)


def planned(
    event: Event,
    *,
    earlier: Plan | None,
    pins: tuple[Pin, ...],
    weights: Weights,
    limits: Limits,
    stop: Stop,
    told: Told | None,
) -> Outcome:
    """Plan with the solver; see `plan_event`."""
    return Planning(
        event=event,
        earlier=earlier,
        pins=pins,
        weights=weights,
        limits=limits,
        stop=stop,
        told=told,
        began=perf_counter(),
    ).outcome()
