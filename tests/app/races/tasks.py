"""Tasks whose effects can be counted: lines appended to files of the folder that a worker runs in."""

import os
import time
from pathlib import Path

from django_tasks import task

from remit.jobs.schedule import every


def _append(name, line):
    with Path(name).open("a") as file:
        file.write(f"{line}\n")


@task()
def count(number: int) -> None:
    """Count one."""
    _append("counted", number)


@task()
def hang_once(number: int) -> None:
    """Hang where nothing comes free, but only the first time, and for ten minutes at most."""
    if Path("hung").exists():
        _append("finished", f"{os.getpid()} {number}")
        return
    _append("hung", os.getpid())
    end = time.monotonic() + 600
    while not Path("free").exists() and time.monotonic() < end:
        time.sleep(0.01)
    _append("finished", f"{os.getpid()} {number}")


@every(hours=1)
@task()
def come_back() -> None:
    """Come back."""
    _append("came-back", os.getpid())
