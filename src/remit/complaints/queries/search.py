"""Searching complaints by words: which of the newest fit, on both databases."""

from __future__ import annotations

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

    def hits(self, reach: Reach, before: int | None = None) -> RawSQL:
        """Whether a complaint is one of the newest that fit; whoever filters decides which somebody sees.

        Args:
            reach: how far to look.
            before: only complaints with a smaller identifier.
        """
        sql, values = self._found(reach, before)
        # PostgreSQL takes any word for one that many have said, and would walk all complaints beside the few
        # that are found: 590 ms for 42 of them. With the identifiers in hand it fetches those: 0.3 ms.
        found = f"= ANY(ARRAY({sql}))" if connection.vendor == "postgresql" else f"IN ({sql})"
        return RawSQL(f"{_COMPLAINTS}.id {found}", values, BooleanField())  # noqa: S611 (names of our own tables; what was typed is a parameter)  # nosec B611

    def _found(self, reach: Reach, before: int | None) -> tuple[str, list[str | int | None]]:
        """A query for the identifiers of the newest complaints that fit."""
        if not self.words:
            return f"SELECT id FROM {_COMPLAINTS} WHERE number = %s", [self.number]  # noqa: S608 (names of our own tables; what was typed is a parameter)  # nosec B608
        sql, values = _newest(self.words, reach, before)
        if self.number is not None and before is None:
            # One set of identifiers rather than OR, for which PostgreSQL would read all complaints.
            sql = f"SELECT id FROM ({sql}) found UNION ALL SELECT id FROM {_COMPLAINTS} WHERE number = %s"  # noqa: S608 (names of our own tables; what was typed is a parameter)  # nosec B608
            values.append(self.number)
        return sql, values

    def end_of_reach(self, before: int | None = None) -> int | None:
        """The identifier where the farthest reach ends; None where everything that fits lies within it."""
        if not self.words:
            return None
        sql, values = _newest(self.words, Reach.FAR, before)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*), MIN(id) FROM ({sql}) found", values)  # noqa: S608 (names of our own tables; what was typed is a parameter)  # nosec B608
            count, last = cursor.fetchone()
        return last if count >= Reach.FAR else None


class Reach(IntEnum):
    """How far back to look: hits on SQLite; on PostgreSQL the near ones are complaints, fitting or not.

    What many complaints say is found among the newest ones; reading all hits, to show fifty, would take as
    long as there are years behind.
    """

    NEAR = 2_000
    FAR = 20_000


def _newest(words: list[str], reach: Reach, before: int | None) -> tuple[str, list[str | int | None]]:
    """A query for the newest complaints with all these words, from the index of the database."""
    values: list[str | int | None] = [before] if before is not None else []
    if connection.vendor == "postgresql":
        older = "WHERE complaint_id < %s" if values else ""
        asked = " & ".join(f"{_quoted(word)}:*" for word in words)
        # The parts of `HB-7781` stand anywhere: the places of words aren't kept. Only its end may go on.
        parts = "regexp_replace(to_tsquery('simple', %s)::text, '(:\\*)? <(-|\\d+)>', ' &', 'g')::tsquery"
        fits = f"words @@ {parts}"
        if reach is Reach.NEAR:
            newest = (
                f"SELECT complaint_id, words FROM {TABLE} {older} ORDER BY complaint_id DESC LIMIT {reach}"  # noqa: S608 (names of our own tables; what was typed is a parameter)  # nosec B608
            )
            return f"SELECT complaint_id AS id FROM ({newest}) newest WHERE {fits}", [*values, asked]  # noqa: S608 (names of our own tables; what was typed is a parameter)  # nosec B608
        # OFFSET 0 keeps the order out of it: else all complaints would be walked until enough of them fit.
        every = f"SELECT complaint_id AS id FROM {TABLE} {older or 'WHERE true'} AND {fits} OFFSET 0"  # noqa: S608 (names of our own tables; what was typed is a parameter)  # nosec B608
        return f"SELECT id FROM ({every}) every ORDER BY id DESC LIMIT {reach}", [*values, asked]  # noqa: S608 (names of our own tables; what was typed is a parameter)  # nosec B608
    asked = " ".join('"' + word.replace('"', '""') + '"' for word in words)
    older = "AND rowid < %s" if values else ""
    sql = f"SELECT rowid AS id FROM {TABLE} WHERE {TABLE} MATCH %s {older} ORDER BY rowid DESC LIMIT {reach}"  # noqa: S608 (names of our own tables; what was typed is a parameter)  # nosec B608
    return f"SELECT id FROM ({sql}) newest", [asked, *values]  # noqa: S608 (names of our own tables; what was typed is a parameter)  # nosec B608


def _quoted(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
