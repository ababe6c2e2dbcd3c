"""How fast is it? From file to report, whole processes, each with its time and peak memory.

    python bench/run.py                 1 and 5 million rows of CSV, beside what others need to read them
    python bench/run.py --rows 100000   fewer rows

Everything is measured in the same run on the same files. The tables go to docs/explanation/speed.md.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
TABLES: Final = ROOT / "docs" / "explanation" / "speed.md"
REMIT: Final = Path(sys.executable).with_name("remit")

READ_ONLY: Final = {
    "duckdb, one table, rejected rows kept": (
        "import duckdb, sys; duckdb.connect().execute("
        "'create table t as from read_csv(?, store_rejects = true)', [sys.argv[1]])"
    ),
    "pyarrow, one table, rows of another width skipped": (
        "import pyarrow.csv as c, sys; c.read_csv(sys.argv[1], parse_options="
        "c.ParseOptions(newlines_in_values=True, invalid_row_handler=lambda row: 'skip'))"
    ),
    "csv module, rows counted": (
        "import csv, sys; print(sum(1 for _ in csv.reader(open(sys.argv[1], newline='', encoding='utf-8'))))"
    ),
}
"""What others need only to read the file: no typing, no bad rows by line, no answer."""


@dataclass(frozen=True, slots=True)
class Run:
    """One whole process: what it was, how long it took, and its peak memory in MB."""

    what: str
    seconds: float
    megabytes: float


def measured(what: str, command: Sequence[str | Path]) -> Run:
    """Run a command to its end; raises when it fails."""
    started = time.monotonic()
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{what}: exit code {process.returncode}")
    return Run(what, seconds, usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2))


def runs_on(log: Path, folder: Path) -> list[Run]:
    """All runs on one log."""
    report = folder / f"{log.stem}.html"
    runs = [measured("remit letgo, file to report", [REMIT, "letgo", log, "--out", report, "--force"])]
    runs += [measured(what, [sys.executable, "-c", program, log]) for what, program in READ_ONLY.items()]
    return runs


def as_markdown(tables: dict[str, list[Run]]) -> str:
    """A table per log."""
    lines = [f"Machine: {_machine()}.", ""]
    for title, runs in tables.items():
        lines += [f"### {title}", "", "| what | seconds | peak memory |", "| --- | ---: | ---: |"]
        lines += [f"| {run.what} | {run.seconds:.1f} | {run.megabytes:,.0f} MB |" for run in runs]
        lines.append("")
    return "\n".join(lines)


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    return (
        f"{os.cpu_count()} cores ({platform.machine()}), {memory:.0f} GiB, {platform.system()}, "
        f"Python {platform.python_version()}"
    )


def main() -> None:
    """Make the logs, run everything, print and keep the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, help="one log of so many rows; the tables are only printed")
    options = parser.parse_args()
    tables: dict[str, list[Run]] = {}
    with tempfile.TemporaryDirectory() as name:
        for rows in [options.rows] if options.rows else [1_000_000, 5_000_000]:
            log = Path(name) / f"approvals-{rows}.csv"
            subprocess.run(
                [REMIT, "example", log, "--rows", str(rows)], check=True, stdout=subprocess.DEVNULL
            )
            size = log.stat().st_size / 1e6
            title = f"{rows:,} rows of CSV ({size:,.0f} MB)"
            tables[title] = runs_on(log, Path(name))
    text = as_markdown(tables)
    print(text)
    if not options.rows:
        head = TABLES.read_text().split("<!-- tables -->")[0]
        TABLES.write_text(f"{head}<!-- tables -->\n\n{text}")


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
