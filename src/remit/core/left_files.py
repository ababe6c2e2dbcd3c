"""Files that no row names any more: what a crash between the disk and the database left behind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from functools import partial
from typing import Any, Final

from django.core.files.storage import default_storage
from django.db.models import Manager

from remit.core.clock import now
from remit.core.writing import if_kept

_OLD_ENOUGH: Final = timedelta(days=1)
"""A younger one may belong to a write that is still going on."""
_AT_ONCE: Final = 500
"""Names in one look at the database."""
MOST_REMOVED: Final = 10_000
"""In one look; the next one goes on."""

NamedBy = tuple[Manager[Any], str]
"""Rows that name files, and in which column."""


def remove_once_kept(names: Iterable[str]) -> None:
    """Remove files whose rows go, once the outermost write is committed; inside a write of the caller.

    Args:
        names: on the disk; one that is gone already is no trouble.
    """
    for name in names:
        if_kept(partial(default_storage.delete, name))


def remove_left(folder: str, *named_by: NamedBy) -> int:
    """Remove the files of a folder that are a day old or older, and that no row names.

    Args:
        folder: on the disk, and all below it.
        named_by: every table that names files there; a file may move from one to another meanwhile.

    Returns:
        how many, at most `MOST_REMOVED`.
    """
    removed = 0
    for names in _by_folder(folder):
        old = [name for name in names if _is_old(name)]
        known = _known(old, named_by)
        for name in old:
            if name not in known:
                if removed == MOST_REMOVED:
                    return removed
                default_storage.delete(name)
                removed += 1
    return removed


def _known(names: Sequence[str], named_by: Sequence[NamedBy]) -> set[str]:
    """Which of them a row names. One query, so that none is overlooked that moves from table to table."""
    found = [
        rows.filter(**{f"{column}__in": names}).order_by().values_list(column) for rows, column in named_by
    ]
    return {name for (name,) in found[0].union(*found[1:])} if names else set()


def _is_old(name: str) -> bool:
    try:
        return now() - default_storage.get_modified_time(name) > _OLD_ENOUGH
    except FileNotFoundError:
        return False


def _by_folder(folder: str) -> Iterator[list[str]]:
    """The files in a folder and below it, some at a time."""
    if not default_storage.exists(folder):
        return
    inner, files = default_storage.listdir(folder)
    for start in range(0, len(files), _AT_ONCE):
        yield [f"{folder}/{name}" for name in files[start : start + _AT_ONCE]]
    for name in inner:
        yield from _by_folder(f"{folder}/{name}")
