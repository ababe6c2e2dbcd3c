"""What a backup says about itself: `remit.json` in it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final, Self

from remit.keeping.tables import Migration
from remit_engine.errors import InputError

FORMAT: Final = 1
"""A version of Remit reads backups of this format and of all below."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a backup.

    Attributes:
        name: in the archive.
        count: its rows, or its files.
        bytes: its length, unpacked.
        sha256: of its content, unpacked.
    """

    name: str
    count: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup says about itself.

    Attributes:
        format: of the archive.
        version: of the Remit that made it.
        made_at: the moment whose state it holds, in UTC.
        database: where the rows came from: sqlite or postgresql, with its version.
        migrations: that had been applied.
        columns: the names of the columns of every table, in the order of its rows.
        numbers: the highest number that was ever given to a row, by table.
        parts: all parts but this one.
        files_missing: uploads that rows name and that weren't on the disk.
        key_mark: tells whether a secret key is the one that sealed what is in here; see `keys.mark_of`.
        has_keys: whether the secret key is inside.
    """

    format: int = FORMAT
    version: str
    made_at: datetime
    database: str
    migrations: tuple[Migration, ...]
    columns: dict[str, list[str]]
    numbers: dict[str, int]
    parts: tuple[Part, ...] = ()
    files_missing: int = 0
    key_mark: str = ""
    has_keys: bool = False

    @property
    def rows(self) -> int:
        """How many rows there are in all tables together."""
        return sum(part.count for part in self.parts if part.name.startswith("tables/"))

    @property
    def files(self) -> int:
        """How many uploads there are."""
        return sum(part.count for part in self.parts if part.name == UPLOADS)

    def part(self, name: str) -> Part:
        """The part of a name.

        Raises:
            KeyError: there is none.
        """
        return {part.name: part for part in self.parts}[name]

    def as_json(self) -> bytes:
        """It as it stands in the archive."""
        said = asdict(self) | {"made_at": self.made_at.isoformat()}
        return json.dumps(said, indent=1, ensure_ascii=False).encode()

    @classmethod
    def of_json(cls, text: bytes) -> Self:
        """Read it.

        Raises:
            InputError: it is of a later format.
            KeyError, TypeError, ValueError: it isn't one.
        """
        said = json.loads(text)
        if said["format"] > FORMAT:
            raise InputError(
                "newer-backup",
                f"This backup was made by a newer version of Remit ({said.get('version', 'unknown')}).",
                "Install that version, or a later one, and try again.",
            )
        return cls(
            format=int(said["format"]),
            version=str(said["version"]),
            made_at=datetime.fromisoformat(said["made_at"]),
            database=str(said["database"]),
            migrations=tuple((str(app), str(name)) for app, name in said["migrations"]),
            columns={str(name): list(columns) for name, columns in said["columns"].items()},
            numbers={str(name): int(number) for name, number in said["numbers"].items()},
            parts=tuple(Part(**part) for part in said["parts"]),
            files_missing=int(said["files_missing"]),
            key_mark=str(said["key_mark"]),
            has_keys=bool(said["has_keys"]),
        )


MANIFEST: Final = "remit.json"
UPLOADS: Final = "uploads.tar"
KEYS: Final = "keys/"


def of_table(name: str) -> str:
    """Name of the part that holds a table."""
    return f"tables/{name}.jsonl"
