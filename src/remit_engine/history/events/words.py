"""Columns of words that grow batch by batch, each distinct word stored once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from remit_engine.history.table import MISSING, Codes, Labels


class GrowingLabels:
    """Words of many batches as codes; once there are more than `most`, the column forgets them all.

    A column that forgets (free text, names) keeps its length: every row is without a word.

    Args:
        most: how many different words are kept, or None for any number.
    """

    def __init__(self, most: int | None = None) -> None:
        self._most = most
        self._codes: dict[str, int] = {}
        self._columns: list[Codes] = []
        self.overflowed = False

    def add(self, column: pa.Array[Any]) -> Codes:
        """Take the rows of one batch, in order; gives back their codes."""
        codes = self.coded(column)
        self._columns.append(codes)
        return codes

    def coded(self, column: pa.Array[Any]) -> Codes:
        """The codes of some rows, which are not added to the column; new words are."""
        encoded = as_words(column)
        names = encoded.dictionary.to_pylist()
        indices = np.asarray(encoded.indices.cast(pa.int32()).fill_null(len(names)))
        codes: Codes = self._codes_of(names)[indices]
        return codes

    def _codes_of(self, names: Sequence[str | None]) -> Codes:
        """The code of each name, and `MISSING` at the end for cells without one."""
        trimmed = [(name or "").strip() for name in names]
        known = self._codes
        if not self.overflowed:
            codes = [known.setdefault(name, len(known)) if name else MISSING for name in trimmed]
            if self._most is None or len(known) <= self._most:
                return np.asarray([*codes, MISSING], dtype=np.int32)
            self._forget()
        return np.full(len(trimmed) + 1, MISSING, dtype=np.int32)

    def _forget(self) -> None:
        self.overflowed = True
        self._codes = {}
        for column in self._columns:
            column[:] = MISSING

    @property
    def names(self) -> tuple[str, ...]:
        """The different words, in the order of their codes."""
        return tuple(self._codes)

    def labels(self) -> Labels:
        """The whole column."""
        codes = np.concatenate(self._columns) if self._columns else np.zeros(0, dtype=np.int32)
        return Labels(self.names, codes)


def as_words(column: pa.Array[Any]) -> pa.DictionaryArray[Any, Any]:
    """Any column as a dictionary of strings."""
    if isinstance(column, pa.DictionaryArray):
        return pa.DictionaryArray.from_arrays(column.indices, column.dictionary.cast(pa.string()))
    encoded: pa.DictionaryArray[Any, Any] = column.cast(pa.string()).dictionary_encode()
    return encoded
