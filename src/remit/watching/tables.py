"""Whether the tables of the database are those that this version of Remit knows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import metadata

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

Step = tuple[str, str]
"""App and name of a change of the tables (a migration)."""


@dataclass(frozen=True, slots=True)
class Tables:
    """How the tables stand.

    Attributes:
        missing: changes that this version knows and the database hasn't seen.
        unknown: changes that the database has seen and this version doesn't know: a newer one made them.
        are_none: the database has seen no change at all.
    """

    missing: tuple[Step, ...]
    unknown: tuple[Step, ...]
    are_none: bool

    @property
    def are_current(self) -> bool:
        """Whether this version can work with them."""
        return not (self.missing or self.unknown)


def tables_now() -> Tables:
    """How they stand; one question to the database, and one whether there is anything at all."""
    known = _known()
    applied = MigrationRecorder(connection).applied_migrations()
    missing = [
        step
        for step, change in known.graph.nodes.items()
        if step not in applied and not (change.replaces and all(each in applied for each in change.replaces))
    ]
    unknown = tuple(sorted(set(applied) - set(known.disk_migrations)))
    return Tables(tuple(missing), unknown, are_none=not applied)


def this_version() -> str:
    """Of the Remit that runs."""
    return metadata.version("remit")


@cache
def _known() -> MigrationLoader:
    """What the code knows: it doesn't change while a process lives."""
    return MigrationLoader(None)
