"""Exact copies of rows, found with 16 bytes a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from remit_engine.history.table import Integers
from remit_engine.history.texts import Texts

_BETWEEN: Final = "\x1f"
_DIGEST: Final = 16


@dataclass(frozen=True, slots=True)
class Copies:
    """Rows that are exact copies of an earlier one.

    Attributes:
        rows: their places among the rows of the source, rising.
        first_lines: the line of the first such row, for each.
    """

    rows: Integers
    first_lines: Integers

    @classmethod
    def none(cls) -> Copies:
        """No row is a copy."""
        return cls(np.empty(0, np.int64), np.empty(0, np.int64))

    def within(self, start: int, stop: int) -> tuple[Integers, Integers]:
        """The copies among rows `start` to `stop`, counted from `start`, and the lines of their first."""
        low, high = np.searchsorted(self.rows, [start, stop])
        return self.rows[low:high] - start, self.first_lines[low:high]


@dataclass(slots=True)
class Digests:
    """A 128-bit digest (BLAKE2b) of each row; rows with equal digests are taken for equal."""

    digests: list[npt.NDArray[np.void]] = field(default_factory=list)
    lines: list[Integers] = field(default_factory=list)

    def add(self, columns: Sequence[Texts], lines: Integers) -> None:
        """Take the next rows: all their cells as text."""
        joined: Any = pc.binary_join_element_wise(  # type: ignore[call-overload]
            *columns, _BETWEEN, null_handling="replace", null_replacement=""
        )
        rows: list[bytes] = joined.cast(pa.binary()).to_pylist()
        digests = b"".join([blake2b(row, digest_size=_DIGEST).digest() for row in rows])
        self.digests.append(np.frombuffer(digests, dtype=f"V{_DIGEST}"))
        self.lines.append(lines)

    def copies(self) -> Copies:
        """All rows that equal an earlier one; the digests are given up."""
        if not self.digests:
            return Copies.none()
        halves = np.concatenate(self.digests).view(np.uint64).reshape(-1, 2)
        lines = np.concatenate(self.lines)
        self.digests.clear()
        self.lines.clear()
        order = np.lexsort((halves[:, 1], halves[:, 0]))
        ranked = halves[order]
        same = np.concatenate(([False], (ranked[1:] == ranked[:-1]).all(axis=1)))
        if not same.any():
            return Copies.none()
        # Within a group of equal rows the order is that of the source, so its head is the first row.
        heads = np.maximum.accumulate(np.where(same, 0, np.arange(len(same))))
        rows, firsts = order[same], order[heads[same]]
        by_row = np.argsort(rows)
        return Copies(rows[by_row], lines[firsts[by_row]])
