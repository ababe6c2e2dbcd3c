"""What the columns form reads: requests as columns, whoever keeps them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

Bools = npt.NDArray[np.bool_]
Integers = npt.NDArray[np.int64]
Levels = npt.NDArray[np.int8]
Rows = slice | Integers
"""Some rows of a source: a slice, or their numbers."""


def how_many(rows: Rows) -> int:
    """How many rows these are."""
    return len(range(rows.start, rows.stop)) if isinstance(rows, slice) else len(rows)


@runtime_checkable
class Words(Protocol):
    """A column of words: `names[codes[i]]` is the word of row i; -1 where it is missing."""

    @property
    def names(self) -> tuple[str, ...]:
        """The distinct words."""
        ...

    @property
    def codes(self) -> npt.NDArray[np.int32]:
        """One a row; -1 for missing."""
        ...


class Source(Protocol):
    """Requests, one a row; see `Request` for what each of them means."""

    def __len__(self) -> int:
        """How many requests there are."""
        ...

    @property
    def amount(self) -> Integers:
        """Value of each remedy in minor units; -1 for missing."""
        ...

    @property
    def given(self) -> Integers:
        """What was given on the same order before, in minor units."""
        ...

    @property
    def currency(self) -> Words | None:
        """Codes of currencies; None, and rows without one, for that of the charter."""
        ...

    @property
    def about_me(self) -> Bools:
        """True where the complaint is about the one who asks."""
        ...

    @property
    def own_account(self) -> Bools:
        """True where it goes to an account of the one who asks."""
        ...

    @property
    def used(self) -> Mapping[str, Integers]:
        """What was used of allowances, by id; -1, or no column, for unknown."""
        ...

    def column(self, name: str) -> Words | Integers | None:
        """A fact: words, or signed numbers and flags (1, 0) with -1 for missing; None where all are."""
        ...
