"""What the doctor sees of the database, and of what is written in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from typing import Final

from django.apps import apps
from django.db import DatabaseError, connection
from django.db.models import FileField

from remit.core.clock import now
from remit.keeping.checking import check_everything
from remit.keeping.doctor.finding import Finding, ok, wrong
from remit.keeping.tables import applied, database_trouble, known

_SKEW: Final = timedelta(seconds=30)


def reachable() -> Iterator[Finding]:
    """Whether it answers, and which it is."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version"
            )
            version = cursor.fetchone()[0]
    except DatabaseError as error:
        yield wrong(
            "database",
            f"It can't be reached: {database_trouble(error)}.",
            "Look at DATABASE_URL, or REMIT_DATA.",
        )
        return
    yield ok(
        "database",
        f"{connection.vendor.replace('sql', 'SQL').replace('postgre', 'Postgre')} {version} answers.",
    )
    if connection.vendor == "postgresql":
        yield _clock()


def migrations() -> Iterator[Finding]:
    """Whether the tables are those of this version."""
    there = set(applied())
    if there - known():
        yield wrong(
            "tables", "They are of a newer version of Remit.", "Install that version, or a later one."
        )
    elif known() - there:
        count = len(known() - there)
        yield wrong("tables", f"{count} changes of this version are missing.", "Start remit work once.")
    else:
        yield ok("tables", "They are those of this version.")


def integrity() -> Iterator[Finding]:
    """Whether the database finds itself sound."""
    found = _sqlite_trouble() if connection.vendor == "sqlite" else _postgresql_trouble()
    if found:
        yield wrong("integrity", found, "Stop Remit, look at the disk, and restore the last good backup.")
    else:
        yield ok("integrity", "The database finds itself sound.")


def uploads() -> Iterator[Finding]:
    """Whether every file that a row names is on the disk."""
    count = missing = 0
    for model in apps.get_models():
        for field in model._meta.concrete_fields:  # noqa: SLF001 (Django documents it)
            if not isinstance(field, FileField):
                continue
            names = model._base_manager.exclude(**{field.name: ""}).values_list(field.name, flat=True)  # noqa: SLF001
            for name in names.iterator():
                count += 1
                missing += not field.storage.exists(name)
    if missing:
        yield wrong(
            "uploads",
            f"{missing:,} of {count:,} that rows name aren't on the disk.",
            "Put the folder uploads of REMIT_DATA back, from a backup of before they went.",
        )
    else:
        words = (
            "The one that a row names is there." if count == 1 else f"All {count:,} that rows name are there."
        )
        yield ok("uploads", words)


def what_is_written(told: Callable[[str, float], None]) -> Iterator[Finding]:
    """Whether decisions recompute, the books are right, and the trail is whole."""
    checked = check_everything(told)
    if not checked.count:
        yield ok(
            "record",
            f"{checked.decisions:,} decisions recompute, the books are right, and the trail is "
            f"whole: {checked.entries:,} entries.",
        )
    for words in checked.wrong:
        yield wrong("record", words, "See remit verify, remit reconcile, remit trail verify.")


def _clock() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        skew = abs(cursor.fetchone()[0] - now())
    words = f"The database's clock and this one are {skew.total_seconds():.1f} s apart."
    return wrong("clock", words, "Set both by NTP.") if skew > _SKEW else ok("clock", words)


def _sqlite_trouble() -> str:
    try:
        with closing(sqlite3.connect(connection.settings_dict["NAME"], timeout=20)) as database:
            found = database.execute("PRAGMA quick_check").fetchone()[0]
            if found != "ok":
                return f"It isn't: {found}."
            loose = database.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError as error:
        return f"It isn't: {error}."
    return f"Row {loose[1]} of {loose[0]} names a row of {loose[2]} that isn't there." if loose else ""


def _postgresql_trouble() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid")
        broken = [name for (name,) in cursor.fetchall()]
        cursor.execute("SELECT conname FROM pg_constraint WHERE NOT convalidated")
        broken += [name for (name,) in cursor.fetchall()]
        cursor.execute(
            "SELECT coalesce(checksum_failures, 0) FROM pg_stat_database WHERE datname = current_database()"
        )
        failures = cursor.fetchone()[0]
    if failures:
        return f"{failures} blocks on its disk have a wrong sum."
    return f"Not valid: {', '.join(broken)}." if broken else ""
