"""One request at a time: decisions a second, and how long one takes, of Remit and of others.

Run by `bench/authority/run.py`, which starts one process for each line: on one core, with requests prepared
in the form of the engine before the clock starts. Decisions a second are counted in CPU time (the best of
three loops); p50 and p99 are over requests, each the fastest of three calls, so that other work on the
machine doesn't show. The clock's own time is in them.
"""

from __future__ import annotations

import argparse
import gc
import importlib.metadata
import json
import pickle
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from bench.authority import remit_lines, rivals
from bench.authority.clock import on_one_core
from bench.authority.rows import Flat, rows_of
from remit_engine.charter.document import Charter
from remit_engine.charter.levels import Level
from remit_engine.charter.request import Request

WARM: Final = 50
"""So many calls come before the clock starts."""


@dataclass(frozen=True, slots=True)
class Case:
    """A charter, requests for it in both forms, and the levels that the plain formula gives."""

    charter: Charter
    requests: list[Request]
    flats: list[Flat]
    expected: list[Level]


@dataclass(frozen=True, slots=True)
class Line:
    """What was measured of one engine.

    Attributes:
        name: of the engine, or of the form of Remit's answer.
        version: of its package; "" for Remit and for the floor.
        rules: in the charter.
        build: seconds from rules to ready.
        per_second: decisions in a second of CPU time.
        p50, p99: microseconds.
        asked: how many requests it had time for.
        wrong: answers that aren't the formula's.
    """

    name: str
    version: str
    rules: int
    build: float
    per_second: float
    p50: float
    p99: float
    asked: int
    wrong: int


def measured(case: Case, name: str, seconds: float) -> Line:
    """One line: build, ask, compare.

    Args:
        case: what is asked.
        name: a rival, or one of Remit's lines.
        seconds: after so many no more requests are asked.
    """
    started = time.perf_counter()
    answer, items, level_of = _ready(case, name)
    build = time.perf_counter() - started
    for item in items[:WARM]:
        answer(item)
    gc.collect()
    answers, best = _one_by_one(answer, items, seconds)
    per_second = _in_a_loop(answer, items[: len(answers)], sum(best), seconds)
    best.sort()
    wrong = sum(
        level_of(given) is not expected
        for given, expected in zip(answers, case.expected, strict=False)
        if level_of is not None
    )
    return Line(
        name,
        _version(name),
        sum(1 for _ in case.charter.all_rules),
        build,
        per_second,
        best[len(best) // 2] / 1000,
        best[int(len(best) * 0.99)] / 1000,
        len(answers),
        wrong,
    )


def _ready(
    case: Case, name: str
) -> tuple[Callable[[Any], Any], Sequence[Any], Callable[[Any], Level] | None]:
    """What answers, what it is asked, and how the level is read from its answer."""
    if name in remit_lines.LINES:
        return remit_lines.LINES[name](case.charter, case.requests)
    rival = _rival(name)
    items = [rival.prepare(flat) for flat in case.flats]
    return rival.build(rows_of(case.charter)), items, lambda level: level


def _rival(name: str) -> rivals.Rival:
    return next(rival for rival in (*rivals.RIVALS, rivals.INDEXED) if rival.name == name)


def _version(name: str) -> str:
    return "" if name in remit_lines.LINES else importlib.metadata.version(_rival(name).package)


def _one_by_one(
    answer: Callable[[Any], Any], items: Sequence[Any], seconds: float
) -> tuple[list[Any], list[int]]:
    """The answers, and the nanoseconds of each: the fastest of three calls."""
    clock = time.perf_counter_ns
    answers, best = [], []
    end = time.perf_counter() + seconds
    for item in items:
        first = clock()
        given = answer(item)
        second = clock()
        answer(item)
        third = clock()
        answer(item)
        fourth = clock()
        answers.append(given)
        best.append(min(second - first, third - second, fourth - third))
        if time.perf_counter() > end:
            break
    return answers, best


def _in_a_loop(answer: Callable[[Any], Any], items: Sequence[Any], spent: int, seconds: float) -> float:
    """Decisions a second of CPU time: the best of three loops, each long enough to be measured."""
    cpu = time.process_time_ns
    times = max(1, min(20, round(0.3e9 / max(1, spent))))
    best = float("inf")
    for _ in range(3 if spent < seconds * 0.2e9 else 1):
        started = cpu()
        for _ in range(times):
            for item in items:
                answer(item)
        best = min(best, (cpu() - started) / times / len(items))
    return 1e9 / best


def names() -> list[str]:
    """All lines that can be measured here: Remit's, and those rivals that are installed."""
    installed = [rival.name for rival in (*rivals.RIVALS, rivals.INDEXED) if _is_installed(rival)]
    return [*remit_lines.LINES, *installed]


def absent() -> list[str]:
    """Rivals that aren't installed."""
    return [rival.package for rival in rivals.RIVALS if not _is_installed(rival)]


def _is_installed(rival: rivals.Rival) -> bool:
    try:
        importlib.metadata.version(rival.package)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


def main() -> None:
    """Measure one line on the last core, and print it as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("case", type=Path, help="a pickled case")
    parser.add_argument("name", help="of the line; `once` for what is done once")
    parser.add_argument("--seconds", type=float, default=6)
    options = parser.parse_args()
    on_one_core()
    case: Case = pickle.loads(options.case.read_bytes())  # noqa: S301 (written by the same run)
    if options.name == "once":
        print(json.dumps(remit_lines.once(case.charter, case.requests)))
    else:
        print(json.dumps(asdict(measured(case, options.name, options.seconds))))


if __name__ == "__main__":
    main()
