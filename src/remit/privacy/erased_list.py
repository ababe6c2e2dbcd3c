"""The list of who was erased, beside the database: a restore turns the database back, but not this file.

A line each: what it was, its number, when its row was made, and whether it was deleted. Nobody is named in
it. A number alone may be somebody else's after a restore, so the moment when the row was made is there too.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from remit.privacy.models import Erasure


@dataclass(frozen=True, slots=True)
class Line:
    """One of the list; `made_at` is aware."""

    of: str
    key: int
    made_at: datetime
    is_deleted: bool


def where() -> Path:
    """The file; it may not be there yet."""
    return Path(settings.DATA) / "erased.txt"


def note(erasures: Iterable[Erasure]) -> None:
    """Write lines, and make sure that they are on the disk."""
    lines = [
        f"{each.of} {each.key} {each.made_at.isoformat()}{' deleted' if each.is_deleted else ''}\n"
        for each in erasures
    ]
    with where().open("a", encoding="utf-8") as file:
        file.writelines(lines)
        file.flush()
        os.fsync(file.fileno())


def noted() -> Iterator[Line]:
    """The lines that can be read; a torn last one, of a crash, is left out."""
    if not where().exists():
        return
    for line in where().read_text(encoding="utf-8").splitlines():
        match line.split():
            case [of, key, made_at, *rest] if key.isdecimal():
                try:
                    moment = datetime.fromisoformat(made_at)
                except ValueError:
                    continue
                if moment.tzinfo is not None:
                    yield Line(of, int(key), moment, rest == ["deleted"])
