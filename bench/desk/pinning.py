"""Keeps a request on one core: the process that makes the page, and the one of PostgreSQL that answers it."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Final

from django.db import connection

_CORE: Final = int(os.environ.get("BENCH_CORE", "0"))


def pin() -> None:
    """From now on this process and its database use one core, as if the machine had no other."""
    if not hasattr(os, "sched_setaffinity"):
        return
    os.sched_setaffinity(0, {_CORE})
    if connection.vendor == "postgresql":
        os.sched_setaffinity(_backend(), {_CORE})
        with connection.cursor() as cursor:
            cursor.execute("SET max_parallel_workers_per_gather = 0")


def core_seconds() -> float:
    """Seconds that a core worked for this process and for its database so far."""
    mine = time.process_time()
    if connection.vendor != "postgresql":
        return mine
    fields = Path("/proc", str(_backend()), "stat").read_text().rsplit(")", 1)[1].split()
    return mine + (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _backend() -> int:
    """The process of PostgreSQL that answers here."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])
