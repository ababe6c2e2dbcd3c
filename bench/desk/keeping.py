"""How long do a backup, restoring it and a move take, and how much memory do they want, by how much there is?

    python -m bench.desk.keeping                             the table goes to keeping-speed.md
    python -m bench.desk.keeping --complaints 5000           so many, once or more; the table is only printed
    python -m bench.desk.keeping --complaints 5000 --write   … or written all the same

What was measured is kept in a folder; without its `results.json` that number of complaints is measured again.
Each is the command itself, in a process of its own; a move is that of both processes. A backup is restored
where nothing is, with everything that it looks at; a move goes to the other database, which is empty.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import psycopg

from bench.desk import tables
from bench.desk.run import ROOT, Place, database, machine

PAGE: Final = ROOT / "docs" / "explanation" / "keeping-speed.md"
MARK: Final = "<!-- tables -->"
SIZES: Final = (50_000, 500_000)
_REMIT: Final = Path(sys.executable).with_name("remit")


@dataclass(frozen=True, slots=True)
class Kept:
    """What was measured.

    Attributes:
        complaints: how many there are.
        what: was done.
        seconds: by the clock.
        worked: seconds that a core really worked for it, without PostgreSQL's.
        peak: the most memory that a process of it held, in bytes.
    """

    complaints: int
    what: str
    seconds: float
    worked: float
    peak: int


def measured(folder: Path, complaints: int) -> Iterator[Kept]:
    """Fill a database of SQLite, move it to PostgreSQL and back, and keep and restore it on both.

    Args:
        folder: of everything.
        complaints: how many.
    """
    with database(folder, "postgresql", complaints) as server:
        here = Place(folder, "sqlite", "", complaints)
        here.fill()
        elsewhere = _other_folder(folder)
        moved, restored = (_new_database(server.address, name) for name in ("moved", "restored"))
        there = here.environment | {"DATABASE_URL": moved}
        yield from _kept(complaints, "SQLite", here.environment, elsewhere)
        yield _done(complaints, "move from SQLite to PostgreSQL", ["move", "--to", moved], here.environment)
        elsewhere = _other_folder(folder)
        yield from _kept(complaints, "PostgreSQL", there, elsewhere | {"DATABASE_URL": restored})
        back = _other_folder(folder) | {"DATABASE_URL": moved}
        yield _done(complaints, "move from PostgreSQL to SQLite", ["move", "--to", "sqlite"], back)


def _kept(complaints: int, database: str, here: dict[str, str], elsewhere: dict[str, str]) -> Iterator[Kept]:
    """A backup, and what it takes to restore it where nothing is."""
    backup = Path(elsewhere["REMIT_DATA"]).with_name("backup.zip")
    backup.unlink(missing_ok=True)
    yield _done(complaints, f"backup of {database}", ["backup", backup], here)
    yield _done(complaints, f"restore into {database}", ["restore", backup], elsewhere)


def _other_folder(folder: Path) -> dict[str, str]:
    """An environment whose data are nowhere yet, on SQLite."""
    data = folder / "elsewhere"
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir()
    return os.environ | {"REMIT_DATA": str(data), "DATABASE_URL": ""}


def _new_database(server: str, name: str) -> str:
    """Address of an empty database on a server of PostgreSQL."""
    with psycopg.connect(server, autocommit=True) as own:
        own.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        own.execute(f"CREATE DATABASE {name}")
    head, mark, tail = server.partition("?")
    return f"{head.rsplit('/', 1)[0]}/{name}{mark}{tail}"


def _done(complaints: int, what: str, arguments: list[str | Path], environment: dict[str, str]) -> Kept:
    """Run a command of Remit; the kernel keeps the most memory that it and its children held."""
    print(f"{complaints:,} complaints: {what}", file=sys.stderr)
    began = time.monotonic()
    with subprocess.Popen([_REMIT, *arguments], env=environment, stdout=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    # 1: it was done, and what it looked at isn't right. Copies of complaints have no place in the trail.
    if process.returncode not in {0, 1}:
        raise SystemExit(f"remit {arguments[0]} ended with {process.returncode}")
    kib = used.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    worked = used.ru_utime + used.ru_stime
    found = Kept(complaints, what, time.monotonic() - began, worked, int(kib * 1024))
    print(
        f"  {found.seconds:.0f} s, {found.worked:.0f} of a core; {found.peak / 2**20:.0f} MiB",
        file=sys.stderr,
    )
    return found


def main() -> None:
    """Measure, print, and keep the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--complaints", type=int, action="append", help="so many; the table is only printed")
    parser.add_argument("--folder", type=Path, help="where everything is")
    parser.add_argument("--write", action="store_true", help="write the table whatever was measured")
    options = parser.parse_args()
    folder = options.folder or Path(tempfile.gettempdir(), "remit-keeping")
    found = []
    for complaints in options.complaints or SIZES:
        here = folder / str(complaints)
        here.mkdir(parents=True, exist_ok=True)
        results = here / "results.json"
        if not results.exists():
            results.write_text(json.dumps([asdict(each) for each in measured(here, complaints)]))
        found += [Kept(**each) for each in json.loads(results.read_text())]
    sizes = "".join(f" --complaints {each}" for each in options.complaints or ())
    text = f"{tables.as_kept(found)}\n\n`python -m bench.desk.keeping{sizes}`. {machine()}.\n"
    print(text)
    if options.write or not options.complaints:
        head = PAGE.read_text(encoding="utf-8").split(MARK)[0]
        PAGE.write_text(f"{head}{MARK}\n\n{text}", encoding="utf-8")


if __name__ == "__main__":
    main()
