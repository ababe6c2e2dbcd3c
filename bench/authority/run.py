"""How fast is the authority engine, beside others on the same charters and requests in the same run?

    python -m bench.authority.run            everything; the tables go to docs/explanation/authority-speed.md
    python -m bench.authority.run --quick    fewer requests; the tables are only printed

Every line is a process of its own. Each answer of Remit and of the others is compared with the plain formula.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from bench.authority import charters, figures, single
from remit_engine.charter import plain

ROOT: Final = Path(__file__).parents[2]
PAGE: Final = ROOT / "docs" / "explanation" / "authority-speed.md"
MARK: Final = "<!-- tables -->"
ONE_THREAD: Final = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS"), "1")


def case_of(size: int, count: int) -> single.Case:
    """A charter of some size with requests, and what the plain formula says about each."""
    charter, columns = charters.made_charter(size), charters.made_columns(count, size)
    requests = charters.as_requests(columns, size)
    expected = [plain.level(charter, request) for request in requests]
    return single.Case(charter, requests, charters.as_rows(columns), expected)


def measured_singles(
    sizes: Iterable[int], count: int, seconds: float, runs: int
) -> tuple[figures.Lines, dict[int, dict[str, float]]]:
    """The lines of every size, each the fastest of several processes, and what is done once."""
    lines: figures.Lines = {}
    once: dict[int, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            path = Path(folder) / f"case-{size}"
            path.write_bytes(pickle.dumps(case_of(size, count)))
            lines[size] = []
            for name in single.names():
                again = [in_own_process("single", path, name, "--seconds", seconds) for _ in range(runs)]
                line = {
                    **min(again, key=lambda each: each["p50"]),
                    "wrong": max(each["wrong"] for each in again),
                }
                print(f"{size:>6,} rules  {name:<80} {line['p50']:>10,.2f} µs", file=sys.stderr, flush=True)
                lines[size].append(line)
            once[size] = in_own_process("single", path, "once")
    return lines, once


def in_own_process(program: str, *arguments: object) -> Any:  # noqa: ANN401 (whatever JSON the program prints)
    """Run one program of this folder, and read what it prints last.

    Raises:
        SystemExit: it failed.
    """
    command = [sys.executable, "-m", f"bench.authority.{program}", *map(str, arguments)]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **ONE_THREAD}, stdout=subprocess.PIPE, check=False, text=True
    )
    if done.returncode != 0:
        raise SystemExit(f"{program} {' '.join(map(str, arguments[1:]))}: exit code {done.returncode}")
    return json.loads(done.stdout.splitlines()[-1])


def _as_page(tables: list[str]) -> str:
    left_out = [f"Not installed, so left out: {', '.join(single.absent())}.", ""] if single.absent() else []
    return "\n".join([*left_out, *tables])


def main() -> None:
    """Measure everything, print the tables and keep them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="fewer requests; nothing is written")
    options = parser.parse_args()
    began = figures.machine()
    sizes = (20, 200) if options.quick else tuple(charters.SHAPES)
    count, seconds, runs, rows = (500, 1.0, 1, 100_000) if options.quick else (10_000, 6.0, 3, 10_000_000)
    lines, once = measured_singles(sizes, count, seconds, runs)
    in_columns = {size: in_own_process("columns", size, rows) for size in sizes}
    analysed = {size: in_own_process("analysis", size) for size in sizes}
    tables = [
        *figures.table_of("Single decisions, and their aims", figures.single_figures(lines, once)),
        *figures.table_of("Columns, and their aims", figures.columns_figures(in_columns)),
        *figures.table_of("Exact answers, and their aims", figures.analysis_figures(analysed)),
        *figures.single_tables(lines),
        *figures.columns_table(in_columns),
    ]
    page = _as_page([began, "", *tables])
    print(page)
    wrong = [line["name"] for measured in lines.values() for line in measured if line["wrong"]]
    wrong += [name for name, found in (("columns", in_columns), ("difference", analysed)) if _is_wrong(found)]
    if wrong:
        raise SystemExit(f"Not the answers of the formula: {', '.join(wrong)}")
    if not options.quick:
        head = PAGE.read_text(encoding="utf-8").split(MARK)[0]
        PAGE.write_text(f"{head}{MARK}\n\n{page}", encoding="utf-8")


def _is_wrong(found: dict[int, dict[str, float]]) -> bool:
    return any(measured["wrong"] for measured in found.values())


if __name__ == "__main__":
    main()
