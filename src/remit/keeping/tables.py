"""Which tables there are under which migrations, and what their columns hold, whichever database they are in.

A backup says which migrations were applied when it was made. The tables are those of these migrations, not of
the code that runs: so a backup of an older version is read as what it is, and migrated forward afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from django.db import DatabaseError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Field, FileField

from remit_engine.errors import InputError

Migration = tuple[str, str]
"""App and name of a migration."""


class Kind(StrEnum):
    """What a column holds."""

    WHOLE = "whole"
    FLOAT = "float"
    DECIMAL = "decimal"
    TEXT = "text"
    YES_NO = "yes-no"
    MOMENT = "moment"
    DAY = "day"
    TIME = "time"
    SPAN = "span"
    JSON = "json"
    ADDRESS = "address"
    BYTES = "bytes"
    UUID = "uuid"


_KINDS: Final[dict[str, Kind]] = {
    **dict.fromkeys(("AutoField", "BigAutoField", "SmallAutoField"), Kind.WHOLE),
    **dict.fromkeys(("IntegerField", "BigIntegerField", "SmallIntegerField"), Kind.WHOLE),
    "PositiveIntegerField": Kind.WHOLE,
    "PositiveBigIntegerField": Kind.WHOLE,
    "PositiveSmallIntegerField": Kind.WHOLE,
    **dict.fromkeys(("CharField", "TextField", "FileField", "SlugField", "FilePathField"), Kind.TEXT),
    "FloatField": Kind.FLOAT,
    "DecimalField": Kind.DECIMAL,
    "BooleanField": Kind.YES_NO,
    "DateTimeField": Kind.MOMENT,
    "DateField": Kind.DAY,
    "TimeField": Kind.TIME,
    "DurationField": Kind.SPAN,
    "JSONField": Kind.JSON,
    "GenericIPAddressField": Kind.ADDRESS,
    "BinaryField": Kind.BYTES,
    "UUIDField": Kind.UUID,
}
"""By the internal type of a field. A type that isn't here has to be thought about first: a test says so."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    Attributes:
        name: in the database.
        kind: what it holds.
        is_file: whether it names an upload.
    """

    name: str
    kind: Kind
    is_file: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Attributes:
        name: in the database.
        columns: that are written; those that the database reckons from others aren't.
        key: the column of its primary key, by which its rows are ordered.
        counts: whether the database numbers new rows in that column.
    """

    name: str
    columns: tuple[Column, ...]
    key: Column
    counts: bool

    @property
    def files(self) -> tuple[int, ...]:
        """Places of the columns that name an upload."""
        return tuple(place for place, column in enumerate(self.columns) if column.is_file)


def applied(database: BaseDatabaseWrapper = connection) -> list[Migration]:
    """The migrations that were applied to a database, sorted; none where there are no tables.

    Args:
        database: its connection; that of the settings where none is given.
    """
    return sorted(MigrationRecorder(database).applied_migrations())


def known() -> set[Migration]:
    """All migrations that this version of Remit knows."""
    return set(MigrationLoader(None, ignore_no_migrations=True).graph.nodes)


def tables_of(migrations: Iterable[Migration]) -> dict[str, Table]:
    """The tables that these migrations make, by name, sorted by name.

    Raises:
        InputError: one of the migrations isn't known: a newer version of Remit made it.
    """
    loader = MigrationLoader(None, ignore_no_migrations=True)
    wanted = list(migrations)
    strange = sorted(set(wanted) - set(loader.graph.nodes))
    if strange:
        raise InputError(
            "newer-tables",
            f"The tables are of a newer version of Remit: it knows {'.'.join(strange[0])}, this one doesn't.",
            "Install that version, or a later one, and try again.",
            migrations=[".".join(each) for each in strange],
        )
    models = loader.project_state(wanted).apps.get_models(include_auto_created=True) if wanted else []
    tables = [_table(model) for model in models if model._meta.managed and not model._meta.proxy]  # noqa: SLF001 (Django documents it)
    return {table.name: table for table in sorted(tables, key=lambda table: table.name)}


def database_trouble(error: DatabaseError) -> str:
    """What a database said, in its first line."""
    return str(error).strip().partition("\n")[0] or type(error).__name__


def _table(model: Any) -> Table:  # noqa: ANN401 (a model of long ago has no type)
    fields = [field for field in model._meta.concrete_fields if not field.generated]  # noqa: SLF001
    columns = {field.column: _column(field) for field in fields}
    key = model._meta.pk  # noqa: SLF001
    counts = key.get_internal_type() in {"AutoField", "BigAutoField", "SmallAutoField"}
    return Table(model._meta.db_table, tuple(columns.values()), columns[key.column], counts)  # noqa: SLF001


def _column(field: Any) -> Column:  # noqa: ANN401
    holds: Field[Any, Any] = field
    while holds.remote_field is not None:
        holds = holds.target_field  # type: ignore[attr-defined]
    kind = _KINDS.get(holds.get_internal_type())
    if kind is None:
        raise TypeError(f"{field.model._meta.db_table}.{field.column}: no kind for {holds!r}")  # noqa: SLF001
    return Column(field.column, kind, isinstance(field, FileField))
