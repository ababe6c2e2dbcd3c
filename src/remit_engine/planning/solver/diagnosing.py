"""Why a demand can't be met: the smallest set of demands that can't be met together, and changes that help.

Nothing here is guessed. That demands can't be met together is proven by the solver; that a set is a smallest
one, by finding a plan for all but any one of it; and a change is named only if there is a plan with it that
meets the demand, and all that was met before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from remit_engine.planning.demands import Asks, Demand, Shortage
from remit_engine.planning.event import Event
from remit_engine.planning.helping import Help, Way, helped, with_window, without
from remit_engine.planning.outcome import Impossible
from remit_engine.planning.plan import Pin, Plan
from remit_engine.planning.possible import starts, starts_with
from remit_engine.planning.solver.building import Possible, model_of
from remit_engine.planning.solver.model import How
from remit_engine.planning.solver.search import Answer, search
from remit_engine.planning.stopping import Ended, Limits, Stop
from remit_engine.planning.tasks import Span
from remit_engine.planning.words import impossible_in_words

_LEAST_SECONDS = 0.05
"""With less time left than that, nothing more is asked."""
_TRIED = 3
"""How many changes of one kind are tried for one demand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """One event whose demands can't all be met.

    Attributes:
        event: who and what is there.
        met: what can be met together, each as far as the best plan meets it.
        plan: the best plan.
        limits: asked before each search, for what is left.
        stop: the button that ends it.
    """

    event: Event
    met: tuple[Demand, ...]
    plan: Plan
    limits: Callable[[], Limits]
    stop: Stop

    def impossible(self, shortage: Shortage) -> Impossible:
        """Why one demand can't be met."""
        together, is_smallest = self._smallest(shortage.demand)
        helps = tuple(self._helps(shortage, together)) if together else ()
        return Impossible(
            shortage=shortage,
            together=together,
            is_smallest=is_smallest,
            helps=helps,
            sentence=impossible_in_words(self.event, shortage, together, helps),
        )

    def _all_with(self, demand: Demand) -> tuple[Demand, ...]:
        """The demand in full, and whatever else is met."""
        others = (each for each in self.met if not _is_same(each, demand))
        return (demand, *others)

    def _smallest(self, demand: Demand) -> tuple[tuple[Demand, ...], bool]:
        """A smallest set with the demand in it that can't be met, and whether that is sure."""
        core: tuple[Demand, ...] | None = None
        for demands in self._wider_and_wider(demand):
            core = self._core(demands)
            if core is not None:
                break
        if core is None:
            return (), False
        far_first = sorted(
            (each for each in core if each != demand), key=self._distance_to(demand), reverse=True
        )
        rest, is_sure = self._needed(demand, far_first)
        return (demand, *reversed(rest)), is_sure

    def _needed(self, demand: Demand, rest: list[Demand]) -> tuple[list[Demand], bool]:
        """Those without which it could be met: halves are left out first, then less, in the end each."""
        size, is_sure = max(1, len(rest) // 2), True
        while True:
            at = 0
            while at < len(rest):
                left = [*rest[:at], *rest[at + size :]]
                answer = self._answer((demand, *left))
                if answer.is_impossible:
                    used = [each for number, each in enumerate(left, 1) if number in answer.core] or left
                    at, rest = sum(each in used for each in rest[:at]), used
                else:
                    is_sure = is_sure and (size > 1 or answer.plan is not None)
                    at += size
            if size == 1:
                return rest, is_sure
            size //= 2

    def _distance_to(self, demand: Demand) -> Callable[[Demand], int]:
        """How far another demand's window lies from the one of this one, in minutes."""
        mine = self._window(demand.task)

        def distance(other: Demand) -> int:
            window = self._window(other.task)
            return max(0, window.start - mine.end, mine.start - window.end)

        return distance

    def _wider_and_wider(self, demand: Demand) -> Iterator[tuple[Demand, ...]]:
        """The demand with what is nearest to it, with what lies around, with everything."""
        everything = self._all_with(demand)
        task = self.event.task[demand.task]
        window = Span(task.earliest, task.latest)
        first, end = self.event.timeline.bounds(self.event.timeline.day(task.earliest))
        yield (demand,)
        for around in (window, Span(min(first, window.start), max(end, window.end))):
            yield tuple(
                each
                for each in everything
                if each == demand or self._window(each.task).meets(around) or each.task in task.after
            )
        yield everything

    def _window(self, task: str) -> Span:
        return Span(self.event.task[task].earliest, self.event.task[task].latest)

    def _core(self, demands: tuple[Demand, ...]) -> tuple[Demand, ...] | None:
        """Those of the demands that a proof of impossibility uses; None where there is no such proof."""
        answer = self._answer(demands)
        if not answer.is_impossible:
            return None
        return tuple(each for at, each in enumerate(demands) if at in answer.core) or demands

    def _answer(self, demands: Sequence[Demand]) -> Answer:
        if self._is_over():
            # A model that nobody has the time to look at isn't built.
            return Answer(plan=None, is_impossible=False, bound=0, ended=Ended.TIME, seconds=0.0)
        return search(model_of(self.event, demands, how=How.NAMED), self.limits(), self.stop)

    def _helps(self, shortage: Shortage, together: Sequence[Demand]) -> Iterator[Help]:
        """What helps, the least first."""
        demand = shortage.demand
        match demand.asks:
            case Asks.PEOPLE:
                yield from self._first(self._people(demand, shortage.missing), 1)
                yield from self._first(self._longer(demand), 1)
            case Asks.EQUIPMENT:
                more = (_more(Way.MORE_PIECES, demand, count + 1) for count in range(shortage.missing))
                yield from self._first(((each, demand) for each in more), 1)
            case Asks.ROOM:
                others = [
                    room.id for room in self.event.rooms if room.id not in self.event.task[demand.task].rooms
                ]
                rooms = (Help(way=Way.OTHER_ROOM, task=demand.task, what=room) for room in others)
                yield from self._first(((each, demand) for each in rooms), 1)
            case Asks.TIME | Asks.PIN:
                pass
        pins = [each for each in together if each.pin is not None]
        yield from self._first(((_let_go(each), demand) for each in pins if each.pin), _TRIED)
        for task in list(dict.fromkeys(each.task for each in together if each.pin is None))[:_TRIED]:
            moved = None if self._is_over() else self._moved(task, demand)
            if moved is not None:
                yield moved
                break

    def _people(self, demand: Demand, missing: int) -> Iterator[tuple[Help, Demand]]:
        return ((_more(Way.MORE_PEOPLE, demand, count + 1), demand) for count in range(missing))

    def _longer(self, demand: Demand) -> Iterator[tuple[Help, Demand]]:
        """Those with the skill who can't come for the whole task, though they come on that day."""
        task = self.event.task[demand.task]
        first, end = self.event.timeline.bounds(self.event.timeline.day(task.earliest))
        for person in self.event.people:
            comes = any(span.meets(Span(first, end)) for span in person.available)
            if person.can(demand.what) and comes and person.id not in task.not_by:
                free = starts_with(self.event, task, person, starts(self.event, task))
                if not free:
                    yield Help(way=Way.LONGER_THERE, task=task.id, what=person.id), demand

    def _first(self, tried: Iterator[tuple[Help, Demand]], most: int) -> Iterator[Help]:
        """The first ones of them that help."""
        found = 0
        for at, (help_, demand) in enumerate(tried):
            if found == most or at == _TRIED or self._is_over():
                return
            if self._is_help(help_, demand):
                found += 1
                yield help_

    def _is_over(self) -> bool:
        return self.stop.is_pressed or self.limits().seconds < _LEAST_SECONDS

    def _is_help(self, help_: Help, demand: Demand) -> bool:
        event = helped(self.event, help_)
        demands = without(self._all_with(demand), help_)
        if help_.pin is not None and demand.pin == help_.pin:
            return False
        model = model_of(event, demands)
        model.hint(self.plan)
        return search(model, self.limits(), self.stop).plan is not None

    def _moved(self, name: str, demand: Demand) -> Help | None:
        """The least move of a task on its day with which the demand can be met; None if there is none."""
        task = self.event.task[name]
        first, end = self.event.timeline.bounds(self.event.timeline.day(task.earliest))
        window = Span(min(first, task.earliest), max(end, task.latest))
        event = with_window(self.event, name, window)
        demands = self._all_with(demand)
        if any(each.pin and each.pin.start is not None and each.task == name for each in demands):
            return None
        # Where it may begin now stays possible, should that not be on a step.
        pins = tuple(Pin(task=name, start=start) for start in starts(self.event, task))
        model = model_of(event, demands, possible=Possible(event, None, (*_pins(demands), *pins)))
        late, early = (model.cp.new_int_var(0, window.end - window.start, "") for _ in range(2))
        model.cp.add(late >= model.start[name] - task.last_start)
        model.cp.add(early >= task.earliest - model.start[name])
        # Of two that are as far away, the later one: what is there before has been arranged.
        model.cp.minimize(100 * late + 101 * early)
        answer = search(model, self.limits(), self.stop)
        if answer.plan is None:
            return None
        return Help(way=Way.OTHER_TIME, task=name, start=answer.plan.of[name].start)


def _is_same(one: Demand, other: Demand) -> bool:
    """Whether they ask for the same thing, whatever the number."""
    return replace(one, count=1) == replace(other, count=1)


def _pins(demands: Sequence[Demand]) -> tuple[Pin, ...]:
    return tuple(each.pin for each in demands if each.pin is not None)


def _more(way: Way, demand: Demand, count: int) -> Help:
    return Help(way=way, task=demand.task, what=demand.what, count=count)


def _let_go(demand: Demand) -> Help:
    return Help(way=Way.LET_GO, task=demand.task, pin=demand.pin)
