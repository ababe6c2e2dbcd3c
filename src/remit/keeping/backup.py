"""A backup: everything that Remit holds at one moment, in one file, while it goes on working."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from importlib import metadata
from pathlib import Path
from typing import IO, Final

from django.conf import settings

from remit.core.clock import now
from remit.keeping.archive import Writing
from remit.keeping.keys import mark_of, pack_keys
from remit.keeping.manifest import UPLOADS, Manifest, of_table
from remit.keeping.places import Target, note_last_backup
from remit.keeping.reading import Rows, snapshot
from remit.keeping.tables import Table, tables_of
from remit.keeping.uploads import pack
from remit.keeping.values import Row, line_of
from remit_engine.errors import InputError

Told = Callable[[str, float], None]
"""Hears what is being done, and how far it is: a share."""

_LINES_AT_ONCE: Final = 500
_SIGNED_IN: Final = frozenset({"django_session", "people_signedin"})
"""Whoever reads these is whoever is signed in: they go with the secret key, or stay out like it."""


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made.

    Attributes:
        path: where it stands.
        bytes: of the file.
        seconds: that it took.
    """

    path: Path
    manifest: Manifest
    bytes: int
    seconds: float


def back_up(target: Target, *, with_keys: bool, told: Told = lambda _what, _share: None) -> Made:
    """Make a backup; it gets its name when it is whole, and until then there is none.

    Args:
        target: where it shall stand.
        with_keys: whether the secret key goes with it.
        told: hears how far it is.

    Raises:
        InputError: the database can't be read, the file can't be written, or the disk is full.
    """
    began = time.monotonic()
    with target.writing() as (file, path):
        manifest = write_backup(file, with_keys=with_keys, with_sessions=with_keys, told=told)
        size = file.seek(0, 2)
    note_last_backup(manifest.made_at, path, size)
    return Made(path, manifest, size, time.monotonic() - began)


def write_backup(
    file: IO[bytes],
    *,
    with_keys: bool,
    with_sessions: bool,
    with_uploads: bool = True,
    told: Told = lambda _what, _share: None,
) -> Manifest:
    """Write everything into an open file.

    Args:
        file: empty; readable too, since its sum is written at the end.
        with_keys: whether the secret key goes with it.
        with_sessions: whether everybody stays signed in.
        with_uploads: whether the uploads go with it.
        told: hears how far it is.

    Returns:
        what it says about itself.
    """
    with Writing(file) as writing, snapshot() as rows:
        made_at = now()
        manifest = _write_rows(writing, rows, made_at, frozenset() if with_sessions else _SIGNED_IN, told)
        if with_uploads:
            told("Uploads", 0.8)
            with writing.part(UPLOADS, packed=False) as part:
                pack(Path(settings.MEDIA_ROOT), part)
        if with_keys:
            pack_keys(writing)
        whole = replace(
            manifest,
            parts=tuple(writing.parts),
            key_mark=mark_of(settings.SECRET_KEY),
            has_keys=with_keys,
        )
        writing.end(whole)
    return whole


def _write_rows(
    writing: Writing, rows: Rows, made_at: datetime, without: frozenset[str], told: Told
) -> Manifest:
    """Write every table, without the rows of some; what is known of them."""
    migrations = rows.applied()
    if not migrations:
        raise InputError(
            "no-tables", "There is nothing to keep yet: the database has no tables.", "Start remit work once."
        )
    tables = tables_of(migrations)
    missing = 0
    for place, table in enumerate(tables.values()):
        told("Rows", 0.8 * place / len(tables))
        missing += _write_table(writing, () if table.name in without else rows.rows(table), table)
    return Manifest(
        version=metadata.version("remit"),
        made_at=made_at,
        database=f"{rows.vendor} {rows.version}",
        migrations=tuple(migrations),
        columns={table.name: [column.name for column in table.columns] for table in tables.values()},
        numbers={table.name: rows.last_number(table) for table in tables.values() if table.counts},
        files_missing=missing,
    )


def _write_table(writing: Writing, rows: Iterable[Row], table: Table) -> int:
    """Write a table; how many uploads it names that aren't on the disk."""
    uploads, missing = Path(settings.MEDIA_ROOT), 0
    lines: list[bytes] = []
    with writing.part(of_table(table.name)) as part:
        for row in rows:
            lines.append(line_of(row))
            part.count += 1
            missing += sum(1 for place in table.files if row[place] and not (uploads / row[place]).is_file())
            if len(lines) >= _LINES_AT_ONCE:
                part.write(b"".join(lines))
                lines.clear()
        part.write(b"".join(lines))
    return missing
