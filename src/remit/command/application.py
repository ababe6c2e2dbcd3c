"""Starting the application behind a command that works on its database."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from remit_engine.errors import InputError

_LOCK_NUMBER: Final = 0x7461626C6573  # "tables": the advisory lock on PostgreSQL


def start_application() -> None:
    """Make Django ready; its settings come from the environment."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "remit.config.settings")
    django.setup()


def need_tables() -> None:
    """Refuse to read a database that isn't set up for this version of Remit.

    Raises:
        InputError: saying how to set it up.
    """
    if _is_out_of_date():
        raise InputError(
            "old-tables",
            "The database isn't set up for this version of Remit.",
            "Start remit work once: it sets up the tables.",
        )


def set_up_tables() -> None:
    """Make or change the tables for this version; where several start at once, one after the other."""
    with _one_after_the_other():
        if _is_out_of_date():
            call_command("migrate", verbosity=0, interactive=False)


def _is_out_of_date() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


@contextmanager
def _one_after_the_other() -> Iterator[None]:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK_NUMBER])
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK_NUMBER])
        return
    lock = os.open(Path(settings.DATA) / "tables.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)
