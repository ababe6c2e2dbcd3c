"""How quickly are big days planned, and how good are the plans?

    python -m bench.planning.run               the tables go to planning-speed.md
    python -m bench.planning.run --seconds 2   less time for each; the tables are only printed

Made days of several sizes, three of each: planned by the greedy planner and by the solver, on one core and on
two; and the part of it that an integer program can be asked, who does what at given times, beside HiGHS. All
plans are measured by the same score, and checked for conflicts by the check that knows nothing of planners.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from bench.planning.days import made_day
from bench.planning.milp import assigned
from remit_engine.planning import (
    Event,
    Limits,
    Outcome,
    Pin,
    Plan,
    Planner,
    Progress,
    Stop,
    conflicts,
    plan_event,
    score,
    shortages,
)
from remit_engine.planning.stopping import gap

PAGE: Final = Path(__file__).parents[2] / "docs" / "explanation" / "planning-speed.md"
MARK: Final = "<!-- tables -->"
SIZES: Final = ((30, 60), (60, 150), (100, 300))
LARGEST: Final = SIZES[-1]
SEEDS: Final = (1, 2, 3)
SECONDS: Final = 10.0
_COLUMNS: Final = (
    *("people, tasks", "planner", "first plan after", "ended after", "core seconds"),
    *("whole", "cost", "wishes kept", "gap"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One planner on one size: the middle of what three made days gave.

    Attributes:
        size: people and tasks.
        who: planned.
        seconds: until it ended.
        first: seconds until the first plan, or until the end where it isn't told.
        worked: seconds that cores really worked for it.
        whole: on how many of the days nothing was short.
        cost: of the plan, where it is whole.
        kept: the share of wishes that are kept.
        gap: by how much of its cost it might at most be improved; None where nobody knows.
    """

    size: tuple[int, int]
    who: str
    seconds: float
    first: float
    worked: float
    whole: int
    cost: float | None
    kept: float
    gap: float | None


Asked = Callable[[Event, Callable[[Progress], None]], tuple[Plan | None, int | float | None]]


def main() -> None:
    """Measure, print, and keep the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, help="for each plan; the tables are only printed")
    options = parser.parse_args()
    seconds = options.seconds or SECONDS
    text = "\n".join([*_tables(seconds), ""])
    print(text)
    if options.seconds is None:
        head = PAGE.read_text(encoding="utf-8").split(MARK)[0]
        PAGE.write_text(f"{head}{MARK}\n\n{text}", encoding="utf-8")


def _tables(seconds: float) -> list[str]:
    from bench.desk.run import machine  # noqa: PLC0415 -- brings a database, which only the whole bench has

    lines = [line for size in SIZES for line in _of_size(size, seconds)]
    beside = _beside(seconds)
    return [
        f"{machine()}. At most {seconds:g} seconds each.",
        "",
        *_table(lines),
        "",
        "Only who does what, at the times of the greedy plan:",
        "",
        *_table(beside),
        "",
        *_moments(),
    ]


def _of_size(size: tuple[int, int], seconds: float) -> list[Line]:
    def greedy(event: Event, _: Callable[[Progress], None]) -> tuple[Plan, None]:
        return plan_event(event, planner=Planner.GREEDY).plan, None

    def solver(workers: int) -> Asked:
        def asked(event: Event, told: Callable[[Progress], None]) -> tuple[Plan, int | None]:
            outcome = plan_event(event, limits=Limits(seconds=seconds, workers=workers), told=told)
            return outcome.plan, outcome.bound

        return asked

    return [
        _line(size, "greedy", greedy),
        _line(size, "solver, one core", solver(1)),
        _line(size, "solver, two cores", solver(2)),
    ]


def _beside(seconds: float) -> list[Line]:
    given = {
        made_day(*LARGEST, seed=seed).name + str(seed): plan_event(
            made_day(*LARGEST, seed=seed), planner=Planner.GREEDY
        ).plan
        for seed in SEEDS
    }
    plans = iter(list(given.values()) * 2)

    def highs(event: Event, _: Callable[[Progress], None]) -> tuple[Plan | None, float]:
        return assigned(event, next(plans), seconds)

    def solver(event: Event, told: Callable[[Progress], None]) -> tuple[Plan, int | None]:
        pins = [Pin(task=each.task, start=each.start) for each in next(plans).placed]
        outcome = plan_event(event, pins=pins, limits=Limits(seconds=seconds), told=told)
        return outcome.plan, outcome.bound

    return [_line(LARGEST, "HiGHS", highs), _line(LARGEST, "solver, one core", solver)]


def _noted(told: list[float], begun: float, _: object) -> None:
    told.append(time.perf_counter() - begun)


def _line(size: tuple[int, int], who: str, asked: Asked) -> Line:
    """Ask on each of the made days."""
    seconds, first, worked, whole, costs, kept, gaps = [], [], [], 0, [], [], []
    for seed in SEEDS:
        event, begun, busy = made_day(*size, seed=seed), time.perf_counter(), time.process_time()
        told: list[float] = []
        plan, bound = asked(event, partial(_noted, told, begun))
        seconds.append(time.perf_counter() - begun)
        worked.append(time.process_time() - busy)
        first.append(min([*told, seconds[-1]]))
        if plan is None:
            continue
        if conflicts(event, plan):
            raise SystemExit(f"{who}: a plan with conflicts")
        measured = score(event, plan)
        kept.append(measured.wishes_kept / len(measured.wishes))
        if not shortages(event, plan):
            whole += 1
            costs.append(measured.cost.total)
            if bound is not None:
                gaps.append(gap(measured.cost.total, round(bound)) or 0.0)
    return Line(
        size=size,
        who=who,
        seconds=statistics.median(seconds),
        first=statistics.median(first),
        worked=statistics.median(worked),
        whole=whole,
        cost=statistics.median(costs) if costs else None,
        kept=statistics.median(kept) if kept else 0.0,
        gap=statistics.median(gaps) if gaps else None,
    )


def _table(lines: list[Line]) -> list[str]:
    return [
        f"| {' | '.join(_COLUMNS)} |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
        *(
            f"| {line.size[0]}, {line.size[1]} | {line.who} | {line.first:.1f} s | {line.seconds:.1f} s | "
            f"{line.worked:.1f} | {line.whole} of {len(SEEDS)} | "
            f"{'' if line.cost is None else f'{line.cost:,.0f}'} | {line.kept:.0%} | "
            f"{'' if line.gap is None else f'{line.gap:.1%}'} |"
            for line in lines
        ),
    ]


def _moments() -> list[str]:
    """What has to be there at once: the check of a plan, and the end of a search."""
    event = made_day(*LARGEST)
    plan = plan_event(event, planner=Planner.GREEDY).plan
    times = []
    for _ in range(20):
        begun = time.perf_counter()
        conflicts(event, plan)
        times.append((time.perf_counter() - begun) * 1000)
    stop, pressed = Stop(), list[float]()

    def told(progress: Progress) -> None:
        if progress.bound and not pressed:
            pressed.append(time.perf_counter())
            stop.press()

    outcome: Outcome = plan_event(event, limits=Limits(seconds=60, workers=2), stop=stop, told=told)
    ended = time.perf_counter() - pressed[0]
    people, tasks = LARGEST
    found, whole = statistics.median(times), "a whole plan" if outcome.is_whole else "what it had"
    sentence = (
        f"With {people} people and {tasks} tasks, all conflicts of a plan are found in {found:.0f} ms; "
        f"a search that is told to stop has answered with {whole} {ended:.2f} s later."
    )
    return [sentence]


if __name__ == "__main__":
    main()
