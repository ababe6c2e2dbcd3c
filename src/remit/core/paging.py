"""A long list, a page at a time: nothing is counted, so that the last page costs as little as the first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from django.db.models import QuerySet

Row = TypeVar("Row")
A_PAGE: Final = 50
_FARTHEST: Final = 10_000
"""Pages; a database steps over all rows before, and nobody leafs so far."""


@dataclass(frozen=True, slots=True)
class Paged(Generic[Row]):
    """One page of a list.

    Attributes:
        rows: of the page.
        number: of the page, from 1.
        has_more: whether another one follows.
    """

    rows: list[Row]
    number: int
    has_more: bool

    def __iter__(self) -> Iterator[Row]:
        """The rows of the page."""
        return iter(self.rows)

    def __len__(self) -> int:
        """How many there are on the page."""
        return len(self.rows)

    @property
    def is_part(self) -> bool:
        """Whether there are other pages."""
        return self.has_more or self.number > 1

    @property
    def before(self) -> int:
        """The number of the page before."""
        return self.number - 1

    @property
    def after(self) -> int:
        """The number of the page after."""
        return self.number + 1


def paged(
    rows: QuerySet[Any, Row] | Sequence[Row], wanted: str | None = None, size: int = A_PAGE
) -> Paged[Row]:
    """A page of rows that have an order, in one query.

    Args:
        rows: all of them.
        wanted: the number of the page as it came in the address; the first one for anything else.
        size: rows of a page.
    """
    text = (wanted or "")[:6]
    number = min(max(int(text), 1), _FARTHEST) if text.isdecimal() else 1
    start = (number - 1) * size
    found = list(rows[start : start + size + 1])
    return Paged(found[:size], number, len(found) > size)
