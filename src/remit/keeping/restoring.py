"""Restoring a backup: all of it stands there in the end, or nothing was touched.

On PostgreSQL everything happens in one transaction; on SQLite in a new file, which takes the place of the old
one by a single renaming. Uploads come first: one that no row names does no harm. So whatever kills it in the
middle, what is served is the old state or the new one, and it can be run again.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from remit.keeping import taking_place
from remit.keeping.afterwards import Held, hold_back, mark_for_trying
from remit.keeping.archive import Archive, opened_archive
from remit.keeping.checking import Checked, check_everything
from remit.keeping.filling import fill, migrate_forward, need_tables_of
from remit.keeping.keys import SECRET_KEY, mark_of, unpack_keys
from remit.keeping.manifest import UPLOADS, Manifest
from remit.keeping.taking_place import Place
from remit.keeping.uploads import unpack
from remit.privacy.actions import anonymise_again

Told = Callable[[str, float], None]
"""Hears what is being done, and how far it is: a share."""


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """How a backup is restored.

    Attributes:
        over: also where something is; it is kept beside.
        for_trying: nothing may leave this Remit.
        goes_on: nothing was done since the backup was made: what waited goes on.
    """

    over: bool = False
    for_trying: bool = False
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored.

    Attributes:
        held: what was kept from going on by itself; None where it goes on.
        kept: where what was there before is; None where nothing was.
        was_older: whether the tables were migrated forward.
        has_key: whether the secret key here is the one that sealed what was restored.
        seconds: that it took.
        erased: how many people were erased again, who had been erased since the backup was made.
    """

    manifest: Manifest
    checked: Checked
    held: Held | None
    kept: Path | None
    was_older: bool
    has_key: bool
    seconds: float
    erased: int


def restore(path: Path, how: How, told: Told = lambda _what, _share: None) -> Restored:
    """Restore a backup into the database and the folder of the settings.

    Args:
        path: of the backup.
        how: it is restored.
        told: hears how far it is.

    Raises:
        InputError: it is damaged or of a newer version, something is there already, or somebody uses it.
    """
    began = time.monotonic()
    told("Looking at every sum", 0.0)
    with opened_archive(path) as archive, taking_place.alone() as staged:
        tables = need_tables_of(archive.manifest)
        with taking_place.of_the_settings(staged, over=how.over) as place:
            if UPLOADS in {part.name for part in archive.manifest.parts}:
                told("Uploads", 0.0)
                with archive.part(UPLOADS) as stream:
                    unpack(stream, staged / "uploads")
            unpack_keys(archive, staged)
            with _in_one(place):
                fill(archive, tables, told)
                was_older = migrate_forward()
                held = None if how.goes_on else hold_back(archive.manifest, for_trying=how.for_trying)
                checked = check_everything(told)
                if how.for_trying:
                    mark_for_trying(is_so=True)
                place.prepare()
            place.take()
            if held is not None and not how.for_trying:
                mark_for_trying(is_so=False)
        erased = 0 if how.goes_on else anonymise_again()
    seconds = time.monotonic() - began
    return Restored(
        archive.manifest, checked, held, place.kept, was_older, _has_key(archive), seconds, erased
    )


@contextmanager
def _in_one(place: Place) -> Iterator[None]:
    """On PostgreSQL one transaction, in which what was there goes first; on SQLite a file of its own."""
    if connection.vendor == "sqlite":
        yield
        return
    with transaction.atomic():
        place.empty()
        yield


def _has_key(archive: Archive) -> bool:
    """Whether the key that Remit starts with from now on is the one of the backup."""
    file = Path(settings.DATA) / SECRET_KEY
    kept = file.read_text(encoding="ascii").strip() if file.exists() else ""
    return mark_of(os.environ.get("REMIT_SECRET_KEY") or kept) == archive.manifest.key_mark
