"""Searching complaints by words: which of the newest fit, on both databases."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from django.db import connection
from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from remit.complaints.models import Complaint
from remit.complaints.search_tables import TABLE

SHORTEST: Final = 3
"""Letters from which on a part of a word is looked for."""
_COMPLAINTS: Final = Complaint._meta.db_table  # noqa: SLF001
_MOST_WORDS: Final = 12
_LARGEST: Final = 2**31 - 1
_BY_WORDS: Final = 1
_OF_NUMBER: Final = f"SELECT id, 0 FROM {_COMPLAINTS} WHERE number = %s"  # noqa: S608 (names of our own tables)  # nosec B608
_NUMBER: Final = re.compile(r"c-?\s*(\d{1,10})|(\d{1,10})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for.

    Attributes:
        text: as it was typed.
    """

    text: str

    @property
    def words(self) -> list[str]:
        """The words that are long enough to be looked for; all of them have to be there."""
        words = self.text.replace("\x00", " ").split()[:_MOST_WORDS]
        return [word for word in words if len(word) >= SHORTEST]

    @property
    def number(self) -> int | None:
        """The number of a complaint, where it is one alone: `C-2041` or `2041`."""
        match = _NUMBER.fullmatch(self.text.strip())
        number = int(match[1] or match[2]) if match else None
        return number if number is not None and number <= _LARGEST else None

    @property
    def is_too_short(self) -> bool:
        """Whether something was typed, but nothing can be looked for."""
        return bool(self.text.strip()) and not self.words and self.number is None

    def newest(self, reach: Reach, before: int | None = None) -> Found:
        """The newest complaints that fit; whoever filters decides which of them somebody sees.

        Args:
            reach: how far to look.
            before: only complaints with a smaller identifier.
        """
        parts = [_newest(self.words, reach, before)] if self.words else []
        if self.number is not None and (before is None or not self.words):
            parts.append((_OF_NUMBER, [self.number]))
        with connection.cursor() as cursor:
            cursor.execute(
                " UNION ALL ".join(sql for sql, _ in parts),
                [value for _, values in parts for value in values],
            )
            rows = cursor.fetchall()
        found = [key for key, by in rows if by == _BY_WORDS]
        # Among the newest complaints PostgreSQL finds few or many: either way older ones may fit too.
        knows_all = len(found) < reach and not (_is_postgresql() and reach is Reach.NEAR and self.words)
        end = None if knows_all else min(found, default=None)
        return Found([key for key, _ in rows], end, is_whole=knows_all)


@dataclass(frozen=True, slots=True)
class Found:
    """What fits, as far as it was looked.

    Attributes:
        keys: identifiers of complaints.
        end: the identifier from which on older ones were not looked at; None where there is no such.
        is_whole: whether nothing else fits.
    """

    keys: list[int]
    end: int | None
    is_whole: bool = True

    def among(self) -> RawSQL:
        """Whether a complaint is one of them."""
        if _is_postgresql():
            return RawSQL(f"{_COMPLAINTS}.id = ANY(%s)", [self.keys], BooleanField())  # noqa: S611 (names of our own tables)  # nosec B611
        listed = f"{_COMPLAINTS}.id IN (SELECT value FROM json_each(%s))"  # noqa: S608 (names of our own tables)  # nosec B608
        return RawSQL(listed, [json.dumps(self.keys)], BooleanField())  # noqa: S611 (names of our own tables)  # nosec B611


class Reach(IntEnum):
    """How far back to look: hits on SQLite; on PostgreSQL the near ones are complaints, fitting or not.

    What many complaints say is found among the newest ones; reading all hits, to show fifty, would take as
    long as there are years behind.
    """

    NEAR = 2_000
    FAR = 20_000


def _newest(words: list[str], reach: Reach, before: int | None) -> tuple[str, list[str | int | None]]:
    """A query for the newest complaints with all these words, each with how it was found, from the index."""
    values: list[str | int | None] = [before] if before is not None else []
    if _is_postgresql():
        older = "WHERE complaint_id < %s" if values else ""
        asked = " & ".join(f"{_quoted(word)}:*" for word in words)
        # The parts of `HB-7781` stand anywhere: the places of words aren't kept. Only its end may go on.
        parts = "regexp_replace(to_tsquery('simple', %s)::text, '(:\\*)? <(-|\\d+)>', ' &', 'g')::tsquery"
        fits = f"words @@ {parts}"
        if reach is Reach.NEAR:
            newest = (
                f"SELECT complaint_id, words FROM {TABLE} {older} ORDER BY complaint_id DESC LIMIT {reach}"  # noqa: S608 (names of our own tables; what was typed is a parameter)  # nosec B608
            )
            return f"SELECT complaint_id, {_BY_WORDS} FROM ({newest}) newest WHERE {fits}", [*values, asked]  # noqa: S608 (names of our own tables; what was typed is a parameter)  # nosec B608
        # OFFSET 0 keeps the order out of it: else all complaints would be walked until enough of them fit.
        every = f"SELECT complaint_id AS id FROM {TABLE} {older or 'WHERE true'} AND {fits} OFFSET 0"  # noqa: S608 (names of our own tables; what was typed is a parameter)  # nosec B608
        far = f"SELECT id FROM ({every}) every ORDER BY id DESC LIMIT {reach}"  # noqa: S608 (names of our own tables; what was typed is a parameter)  # nosec B608
        return f"SELECT id, {_BY_WORDS} FROM ({far}) far", [*values, asked]  # noqa: S608 (names of our own tables; what was typed is a parameter)  # nosec B608
    asked = " ".join('"' + word.replace('"', '""') + '"' for word in words)
    older = "AND rowid < %s" if values else ""
    near = f"SELECT rowid AS id FROM {TABLE} WHERE {TABLE} MATCH %s {older} ORDER BY rowid DESC LIMIT {reach}"  # noqa: S608 (names of our own tables; what was typed is a parameter)  # nosec B608
    return f"SELECT id, {_BY_WORDS} FROM ({near}) near", [asked, *values]  # noqa: S608 (names of our own tables; what was typed is a parameter)  # nosec B608


def _is_postgresql() -> bool:
    return connection.vendor == "postgresql"


def _quoted(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
