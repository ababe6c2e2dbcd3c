"""Makes the tables, and brings those of an older version forward; one process after the other."""

from __future__ import annotations

import fcntl
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.core.management import call_command
from django.db import DatabaseError, Error, OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from remit.core.clock import now
from remit.core.new_tables import making_new_tables
from remit.core.writing import write
from remit.watching.apps import WatchingConfig
from remit.watching.models import SettingUp
from remit.watching.tables import Tables, tables_now, this_version
from remit_engine.errors import InputError

_LOCK_NUMBER: Final = 0x7461626C6573  # "tables": the advisory lock on PostgreSQL
_log = logging.getLogger(__name__)


def need_tables() -> None:
    """Refuse to read a database that isn't set up for this version of Remit.

    Raises:
        InputError: saying how to set it up, or that a newer version did.
    """
    found = _found()
    if found.missing:
        raise InputError(
            "old-tables",
            "The database isn't set up for this version of Remit.",
            "Start remit serve or remit work once: each of them sets up the tables.",
        )


def set_up_tables() -> None:
    """Make the tables, or change them for this version.

    Safe to run twice, and by several processes at the same moment: the others wait, and find nothing to do.
    Each change happens as a whole or not at all; what was stopped in between is carried on.

    Raises:
        InputError: a newer version set up this database, or it refuses a change.
    """
    _found()
    with _one_after_the_other():
        found = _found()
        if found.missing or SettingUp.objects.filter(done_at=None).exists():
            with making_new_tables(are_new=found.are_none):
                _set_up(len(found.missing))


def _set_up(changes: int) -> None:
    _migrate(WatchingConfig.label)  # its table keeps the account of all changes
    stopped = SettingUp.objects.filter(done_at=None).order_by("begun_at").first()
    if stopped is not None:
        _log.warning(
            "A change of the tables was stopped in the middle, and is carried on.",
            extra={"begun_at": stopped.begun_at.isoformat(), "version": stopped.version},
        )
    else:
        with write():
            stopped = SettingUp.objects.create(version=this_version(), begun_at=now())
    _migrate()
    with write():
        SettingUp.objects.filter(done_at=None).update(done_at=now(), version=this_version())
    _log.info("The tables are set up.", extra={"version": this_version(), "changes": changes})


def _migrate(*app: str) -> None:
    try:
        call_command("migrate", *app, verbosity=0, interactive=False)
    except DatabaseError as error:
        executor = MigrationExecutor(connection)
        left = executor.migration_plan(executor.loader.graph.leaf_nodes())
        where = f" at {left[0][0].app_label} {left[0][0].name}" if left else ""
        raise InputError(
            "tables-not-changed",
            f"The tables couldn't be changed for Remit {this_version()}: the database refused{where} "
            f"({type(error).__name__}). What came before that is done, and nothing is half done.",
            "Look whether the disk is full, the database read-only, or its user may make no tables; mend "
            "that, and start again; or put back the backup from before, and the version from before.",
        ) from error


def _found() -> Tables:
    """How the tables stand, where this version may touch them at all."""
    try:
        found = tables_now()
    except Error as error:
        words = " ".join(str(error).split())
        is_away = isinstance(error, OperationalError)
        raise InputError(
            "no-database",
            f"The database can't be {'reached just now' if is_away else 'read'}: {words[:200]}",
            "Start it, or mend DATABASE_URL or REMIT_DATA; nothing was changed."
            if is_away
            else "Look whether DATABASE_URL or REMIT_DATA leads to another one; if this one is damaged, "
            "restore the last good backup. Nothing was changed.",
        ) from error
    if found.unknown:
        raise _newer(found)
    return found


def _newer(found: Tables) -> InputError:
    last = None
    if (WatchingConfig.label, "0001_initial") not in found.missing:
        last = SettingUp.objects.order_by("-begun_at").values_list("version", flat=True).first()
    by = f"Remit {last}" if last and last != this_version() else "a newer Remit"
    steps = ", ".join(f"{app} {name}" for app, name in found.unknown[:3])
    return InputError(
        "newer-tables",
        f"This database was set up by {by}; this is Remit {this_version()}, which doesn't know {steps}.",
        "Start that version or a later one. To go back, put back the backup that was made before the "
        "upgrade: tables aren't changed backwards.",
    )


@contextmanager
def _one_after_the_other() -> Iterator[None]:
    """One process at a time, on all machines that share the database."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK_NUMBER])
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK_NUMBER])
        return
    lock = os.open(f"{connection.settings_dict['NAME']}.tables.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)
