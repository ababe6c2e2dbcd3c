"""Measures django-helpdesk beside Remit: makes its environment, asks Remit's database what to look for."""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[2]
NAME: Final = "django-helpdesk"
_PACKAGES: Final = (f"{NAME}==2.6.1", "psycopg[binary]>=3.2,<4")
_DATABASE: Final = "helpdesk"


def measured(folder: Path, name: str, environment: dict[str, str], address: str) -> dict[str, Any]:
    """What came out, with the lines of Remit for the same pages and words, both measured now.

    Args:
        folder: where its environment and its file are kept.
        name: of the database.
        environment: in which Remit finds its own.
        address: of PostgreSQL; "" for SQLite.
    """
    python = _environment(folder / "helpdesk")
    source = address or str(Path(environment["REMIT_DATA"]) / "remit.sqlite3")
    theirs = _made(address) if address else str(folder / "helpdesk" / "tickets.sqlite3")
    asked = json.loads(_run(sys.executable, ["bench.desk.asked"], environment))
    more = {"HELPDESK_DATABASE": theirs, "HELPDESK_SOURCE": source}
    helpdesk = json.loads(
        _run(str(python), ["bench.desk.helpdesk.measuring", json.dumps(asked)], environment | more)
    )
    words = [line["words"] for line in helpdesk["lines"]]
    only = [part for each in words for part in ("--only", each)]
    ours = json.loads(_run(sys.executable, ["bench.desk.measuring", "0", "--owner", *only], environment))
    return {"database": name, "remit": ours, "helpdesk": helpdesk}


def _environment(folder: Path) -> Path:
    """The Python of an environment with django-helpdesk in it."""
    python = folder / "venv" / "bin" / "python"
    if not (folder / "made").exists():
        venv.create(folder / "venv", with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *_PACKAGES], check=True)
        (folder / "made").touch()
    return python


def _made(address: str) -> str:
    """A database of its own on the server of Remit; its address."""
    import psycopg  # noqa: PLC0415 (only where there is a PostgreSQL)

    with psycopg.connect(address, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [_DATABASE]).fetchone():
            connection.execute(f"CREATE DATABASE {_DATABASE}")
    return address.replace("/postgres?", f"/{_DATABASE}?")


def _run(python: str, module: list[str], environment: dict[str, str]) -> str:
    process = subprocess.run(
        [python, "-m", *module], cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    return process.stdout.splitlines()[-1]
