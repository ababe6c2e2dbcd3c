"""Searching complaints by words: one condition for the list, on both databases."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL

from remit.complaints.models import Complaint
from remit.complaints.search_tables import TABLE

SHORTEST: Final = 3
"""Letters from which on a part of a word is looked for."""
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

    @property
    def condition(self) -> Q:
        """What complaints have to fulfil; whoever filters decides which of them somebody sees."""
        if not self.words:
            return Q(number=self.number) if self.number is not None else Q(pk__in=())
        sql, values = _matching(self.words)
        if self.number is not None:
            # One set of identifiers rather than OR, for which PostgreSQL would read all complaints.
            sql = f"{sql} UNION ALL SELECT id FROM {Complaint._meta.db_table} WHERE number = %s"  # noqa: S608, SLF001 (the name of our own table; what was typed is a parameter)  # nosec B608
            values.append(self.number)
        return Q(pk__in=RawSQL(sql, values))  # noqa: S611 (what was typed is a parameter)  # nosec B611


def _matching(words: list[str]) -> tuple[str, list[str | int]]:
    """A query for the identifiers of complaints with all these words, from the index of the database."""
    if connection.vendor == "postgresql":
        asked = " & ".join(f"{_quoted(word)}:*" for word in words)
        return f"SELECT complaint_id FROM {TABLE} WHERE words @@ to_tsquery('simple', %s)", [asked]  # noqa: S608 (the name of our own table; what was typed is a parameter)  # nosec B608
    asked = " ".join('"' + word.replace('"', '""') + '"' for word in words)
    return f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s", [asked]  # noqa: S608 (the name of our own table; what was typed is a parameter)  # nosec B608


def _quoted(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
