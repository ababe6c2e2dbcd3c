"""Files that no row names any more: what a crash between the disk and the database left behind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from django.core.files.storage import default_storage

from remit.complaints.models import Attachment, Import, ReceivedMail, UnsentFile
from remit.core.clock import now

_OLD_ENOUGH: Final = timedelta(days=1)
"""A younger one may belong to a write that is still going on."""
_AT_ONCE: Final = 500
"""Names in one look at the database."""
_KEPT: Final = (
    ("attachments", ((Attachment.objects, "file"), (UnsentFile.objects, "file"))),
    ("imports", ((Import.objects, "file"),)),
    ("mails", ((ReceivedMail.objects, "raw"),)),
)
"""Folders, and which rows name their files in which column."""


def remove_left_files() -> int:
    """Remove the files of a day ago and older that no attachment, import or mail names.

    Returns:
        how many.
    """
    removed = 0
    for folder, named_by in _KEPT:
        for names in _by_folder(folder):
            known = {
                name
                for rows, column in named_by
                for name in rows.filter(**{f"{column}__in": names}).values_list(column, flat=True)
            }
            for name in names:
                is_old = now() - default_storage.get_modified_time(name) > _OLD_ENOUGH
                if is_old and name not in known:
                    default_storage.delete(name)
                    removed += 1
    return removed


def _by_folder(folder: str) -> Iterator[list[str]]:
    """The files in a folder and below it, some at a time."""
    if not default_storage.exists(folder):
        return
    inner, files = default_storage.listdir(folder)
    for start in range(0, len(files), _AT_ONCE):
        yield [f"{folder}/{name}" for name in files[start : start + _AT_ONCE]]
    for name in inner:
        yield from _by_folder(f"{folder}/{name}")
