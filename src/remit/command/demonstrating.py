"""Makes the demo where it isn't there yet, serves it, and works its jobs beside it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import click

from remit.command.application import set_up_tables, start_application
from remit.command.screen import Waiting
from remit.command.serving import free_socket, serve
from remit_engine.errors import InputError

MARK: Final = "made-by-remit-demo"
"""A file that says that everything in the folder may be thrown away."""
_DATABASE: Final = "remit.sqlite3"
_WORKER: Final = "import sys; from remit.command.program import run; sys.exit(run(['work']))"


def demonstrate(folder: Path, host: str, port: int, *, complaints: int, anew: bool) -> None:
    """Make the demo where it isn't there yet, and serve it until somebody says stop.

    Args:
        folder: where its database is.
        host: address that it is served on.
        port: the first that is tried.
        complaints: of the main team.
        anew: whether what is there is thrown away.

    Raises:
        InputError: the folder can't be used, or holds something else than a demo.
    """
    _prepare(folder, anew=anew)
    _settings(folder, host)
    start_application()
    _make(complaints)
    listening, free = free_socket(host, port)
    if free != port:
        click.echo(f"Port {port} is busy, so it is served on {free}.", err=True)
    name = "localhost" if host in {"127.0.0.1", "0.0.0.0"} else host  # noqa: S104 (only compared)  # nosec B104
    with _worker(folder):
        serve(
            listening,
            ready=lambda: click.echo(f"The demo is at http://{name}:{free}/demo/ (Ctrl-C ends it)"),
            workers=1,
            threads=8,
        )


def _prepare(folder: Path, *, anew: bool) -> None:
    """The folder, marked; emptied where that is wanted. Never one that holds somebody's data."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if (folder / _DATABASE).exists() and not (folder / MARK).exists():
            raise InputError(
                "not-a-demo",
                f"The folder {folder} holds a database that isn't of a demo.",
                "Choose another with --folder.",
            )
        (folder / MARK).write_text(
            "Everything here may be thrown away: remit demo --anew\n", encoding="ascii"
        )
        if anew:
            for file in folder.glob(f"{_DATABASE}*"):
                file.unlink()
            shutil.rmtree(folder / "uploads", ignore_errors=True)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "no folder can be called that"
        raise InputError(
            "no-folder", f"The folder {folder} can't be used: {why}.", "Choose another with --folder."
        ) from error


def _settings(folder: Path, host: str) -> None:
    """The environment of a demo: its own database, no mail to anybody, the doors open."""
    os.environ.pop("DATABASE_URL", None)
    os.environ |= {"REMIT_DATA": str(folder.resolve()), "REMIT_DEMO": "1", "REMIT_MAIL": ""}
    os.environ.pop("REMIT_ADDRESS", None)
    if host != "127.0.0.1":
        os.environ.setdefault("REMIT_HOSTS", "*")


def _make(complaints: int) -> None:
    from remit.core.clock import now  # noqa: PLC0415 (Django has to be started before)
    from remit.demo.making import Size, make_demo  # noqa: PLC0415
    from remit.people.actions.beginning import is_new  # noqa: PLC0415

    with Waiting() as waiting:
        waiting.doing("Setting up the tables")
        set_up_tables()
        if not is_new():
            return
        click.echo("Making a year of a restaurant and its nine sisters; this takes some seconds.", err=True)
        size = Size(complaints, complaints * 2 // 5)
        make_demo(end=now(), size=size, told=waiting.share)


@contextmanager
def _worker(folder: Path) -> Iterator[None]:
    """Works the jobs in a process beside; what it has to say goes into a file."""
    with (folder / "jobs.log").open("ab") as log:
        worker = subprocess.Popen([sys.executable, "-c", _WORKER], stdout=log, stderr=log)  # noqa: S603 (our own Python, our own words)  # nosec B603
        try:
            yield
        finally:
            if worker.poll() is None:
                worker.terminate()
            worker.wait()
