"""Moving to another database: a backup of this one, restored into the other one, by the same code.

All or nothing: the other database is filled in one transaction, or in a file that gets its name at the end. A
move takes minutes at most, so that going on with a half would save little and be one more thing to trust. As
long as it lasts nobody writes here; what is here stays as it is.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from django.db import connection

from remit.core.clock import now
from remit.core.writing import write
from remit.jobs.claiming import lease
from remit.jobs.models import Worker
from remit.keeping import taking_place
from remit.keeping.backup import write_backup
from remit.keeping.places import Target
from remit_engine.errors import InputError

Told = Callable[[str, float], None]
"""Hears what is being done, and how far it is: a share."""

SQLITE: Final = "sqlite"
"""In place of an address: the file in the folder of the data."""
_POSTGRESQL: Final = ("postgresql://", "postgres://")
_RESTORE: Final = "import sys; from remit.command.program import run; sys.exit(run(sys.argv[1:]))"


def need_target(address: str) -> None:
    """Refuse an address that can't be moved to.

    Raises:
        InputError: it isn't one, or the data are there already.
    """
    if address != SQLITE and not address.startswith(_POSTGRESQL):
        raise InputError(
            "bad-address",
            "Remit can be moved to PostgreSQL, and to its own file of SQLite.",
            "Write --to postgresql://user:password@host/name, or --to sqlite.",
        )
    is_same = connection.vendor == SQLITE if address == SQLITE else address == os.environ.get("DATABASE_URL")
    if is_same:
        raise InputError("is-there", "The data are in that database already.", "Name the other one.")


def need_silence() -> None:
    """Refuse to move while somebody may still write here.

    Raises:
        InputError: a worker was heard lately, or the database is in use.
    """
    heard = Worker.objects.filter(seen_at__gt=now() - 2 * lease()).order_by("-seen_at").first()
    if heard is not None:
        raise InputError(
            "in-use",
            f"The worker {heard.name} was heard {(now() - heard.seen_at).seconds} seconds ago.",
            "Stop remit serve and remit work, wherever they run. If it was killed, wait two minutes, or say "
            "--while-running: what is written during the move waits, and stays here.",
        )
    taking_place.need_nobody()


def move(address: str, *, while_running: bool, told: Told = lambda _what, _share: None) -> int:
    """Copy everything into another database; what is printed of it is the other process's own.

    Args:
        address: of a database of PostgreSQL that is empty, or `SQLITE`.
        while_running: whether others may be there; they can't write as long as it lasts.
        told: hears how far it is.

    Returns:
        the exit code of the restoring: 0 moved, 1 moved and a check found something, else nothing was moved.

    Raises:
        InputError: somebody writes here, or it can't be moved there.
    """
    need_target(address)
    if not while_running:
        need_silence()
    with taking_place.moving() as folder, write():
        file = folder / "move.zip"
        with Target(file).writing() as (content, _):
            write_backup(content, with_keys=False, with_sessions=True, with_uploads=False, told=told)
        told("Filling the other database", 1.0)
        return _restore(file, address)


def _restore(file: Path, address: str) -> int:
    """In a process of its own, whose settings name the other database; uploads and keys stay."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    if address != SQLITE:
        environment["DATABASE_URL"] = address
    arguments = [sys.executable, "-c", _RESTORE, "restore", str(file), "--go-on"]
    return subprocess.run(arguments, env=environment, check=False).returncode  # noqa: S603 (our own command)  # nosec B603
