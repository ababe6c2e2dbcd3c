"""Millions of requests at once: replay in any order, clustered, and in a closed loop with a daily allowance.

Run by `bench/authority/run.py`. Rows a second of CPU time on one core, the best of several runs, beside a
plain copy in memory of as many bytes as the columns have that the charter looks at.
"""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from bench.authority import charters
from bench.authority.clock import best_seconds, on_one_core
from remit_engine.charter import plain
from remit_engine.charter.columns import CharterInColumns
from remit_engine.charter.document import Allowance, Charter, Per
from remit_engine.charter.levels import Level
from remit_engine.charter.periods import Period, Span
from remit_engine.charter.request import Request
from remit_engine.history.replay import replay
from remit_engine.history.requests import Logged, RequestColumns
from remit_engine.history.table import Answer, Labels
from remit_engine.modes import Mode

DAYS: Final = 90
MEMBERS: Final = 5_000
REPEATS: Final = 3
COMPARED: Final = 2_000
"""So many rows are asked one by one too, and have to have the same level."""


def request_columns(made: charters.MadeRequests, size: int, seed: int = 5) -> RequestColumns:
    """The made requests as the engine takes them in columns, in the order of their days."""
    rng, rows = np.random.default_rng(seed), len(made)
    words = {
        name: Labels(listed, made.words[name].astype(np.int32)) for name, listed in charters.WORDS.items()
    }
    numbers: dict[str, npt.NDArray[Any]] = {
        "order_age": made.numbers["order_age"].astype(np.int16),
        "comps": made.numbers["comps"].astype(np.int8),
        "given_today": made.numbers["given_today"],
    }
    days = np.datetime64(charters.DAY) + np.sort(rng.integers(0, DAYS, rows)).astype("timedelta64[D]")
    members = tuple(f"member {number}" for number in range(MEMBERS))
    absent = Labels.absent(rows)
    nobody = np.zeros(rows, dtype=np.bool_)
    week = made.numbers["given_this_week"]
    return RequestColumns(
        role=Labels((*charters.ROLES, charters.STRANGER), made.role.astype(np.int32)),
        kind=Labels((*charters.KINDS, charters.STRANGER), made.kind.astype(np.int32)),
        member=Labels(members, rng.integers(0, MEMBERS, rows).astype(np.int32)),
        team=absent,
        step=Labels(("none",), np.zeros(rows, dtype=np.int32)),
        amount=made.numbers["amount"],
        given=np.zeros(rows, dtype=np.int64),
        about_me=nobody,
        own_account=nobody,
        day=days,
        moment=np.full(rows, np.datetime64("NaT"), dtype="datetime64[s]"),
        customer=absent,
        order=absent,
        facts={**words, **numbers},
        used={charters.weekly(number): week for number in range(charters.SHAPES[size].allowances)},
    )


def with_log(columns: RequestColumns, seed: int = 6) -> RequestColumns:
    """The same with a log in which a third person approved nine of ten."""
    rows = len(columns)
    yes = np.random.default_rng(seed).random(rows) < 0.9
    absent = Labels.absent(rows)
    log = Logged(
        answer=np.where(yes, np.int8(Answer.APPROVED), np.int8(Answer.DECLINED)),
        by=Labels(("manager",), np.zeros(rows, dtype=np.int32)),
        role=absent,
        team=absent,
        step=absent,
        granted=np.full(rows, -1, dtype=np.int64),
        taken_back=np.zeros(rows, dtype=np.int64),
    )
    return replace(columns, log=log)


def with_daily_allowance(charter: Charter, most: int) -> Charter:
    """The same charter with one allowance: so much a day and member, nothing else is added up."""
    daily = Allowance(
        id="daily",
        why="A bad day should be seen while it can still be helped.",
        per=Per.MEMBER,
        period=Period(Span.DAY),
        most=most,
    )
    return replace(charter, allowances=(daily,))


def clustered(columns: RequestColumns) -> RequestColumns:
    """The same rows with those of one role and kind together."""
    return columns.take(np.lexsort((columns.kind.codes, columns.role.codes)))


def bytes_a_row(columns: RequestColumns) -> int:
    """Bytes of the columns that the charter looks at, and one for the level."""
    looked_at: list[Any] = [columns.role.codes, columns.kind.codes, columns.amount, columns.given]
    looked_at += [columns.about_me, columns.own_account, next(iter(columns.used.values()))]
    looked_at += [column.codes if isinstance(column, Labels) else column for column in columns.facts.values()]
    return sum(int(column.itemsize) for column in looked_at) + 1


def first_requests(made: charters.MadeRequests, size: int) -> list[Request]:
    """The first rows one by one."""
    first = charters.MadeRequests(
        made.role[:COMPARED],
        made.kind[:COMPARED],
        {name: column[:COMPARED] for name, column in made.words.items()},
        {name: column[:COMPARED] for name, column in made.numbers.items()},
    )
    return charters.as_requests(first, size)


def measure(size: int, rows: int) -> dict[str, float]:
    """Rows a second of every form, by name."""
    charter, made = charters.made_charter(size), charters.made_columns(rows, size)
    columns = request_columns(made, size)
    found = {"rows": float(rows), "bytes a row": float(bytes_a_row(columns))}
    started = time.process_time()
    compiled = CharterInColumns(charter)
    compiled.levels(columns.take(slice(0, 1)))
    found["compile seconds"] = time.process_time() - started
    expected = [plain.level(charter, request) for request in first_requests(made, size)]
    found["wrong"] = float(np.sum(compiled.levels(columns)[: len(expected)] != expected))
    found |= _speeds(charter, compiled, columns, ", any order")
    found |= _speeds(charter, compiled, clustered(columns), ", clustered")
    found |= _in_a_closed_loop(charter, with_log(columns))
    found["copy"] = rows / _copy(rows * bytes_a_row(columns))
    return found


def _speeds(
    charter: Charter, compiled: CharterInColumns, columns: RequestColumns, order: str
) -> dict[str, float]:
    """Rows a second: the levels alone, and a whole replay with its checks and sums."""
    levels = best_seconds(lambda: compiled.levels(columns), REPEATS)
    whole = best_seconds(lambda: replay(charter, columns).by_level, REPEATS)
    return {f"levels{order}": len(columns) / levels, f"replay{order}": len(columns) / whole}


def _in_a_closed_loop(charter: Charter, columns: RequestColumns) -> dict[str, float]:
    """Rows a second, and the share of what could be given that the allowance lowers."""
    a_day = len(columns) / DAYS / MEMBERS
    most = max(200_00, round(a_day * float(np.median(columns.amount))))
    charter, columns = with_daily_allowance(charter, most), replace(columns, used={})
    free = np.asarray(CharterInColumns(charter).levels(columns, allowances=False))
    levels = np.asarray(replay(charter, columns, Mode.CLOSED_LOOP).levels)
    seconds = best_seconds(lambda: replay(charter, columns, Mode.CLOSED_LOOP), 2)
    lowered = int(np.sum(levels < free)) / max(1, int(np.sum(free >= Level.PROPOSE)))
    return {"closed loop": len(columns) / seconds, "lowered": lowered}


def _copy(size: int) -> float:
    """CPU seconds of copying so many bytes."""
    source, target = np.ones(size, dtype=np.uint8), np.zeros(size, dtype=np.uint8)
    return best_seconds(lambda: np.copyto(target, source), 5)


def main() -> None:
    """Measure on the last core, and print it as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("size", type=int, help="rules of the charter: 20, 200 or 2000")
    parser.add_argument("rows", type=int, help="how many requests")
    options = parser.parse_args()
    on_one_core()
    print(json.dumps(measure(options.size, options.rows)))


if __name__ == "__main__":
    main()
