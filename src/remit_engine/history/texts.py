"""Columns of text, many rows at a time: the few Arrow operations that readers build on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from remit_engine.history.table import Bools, Codes

Texts: TypeAlias = pa.StringArray
"""Cells as written, trimmed; null is an empty cell."""
Column: TypeAlias = "pa.Array[Any]"
"""A column of any Arrow type."""
_Some = TypeVar("_Some", bound="pa.Array[Any]")


def as_texts(column: Column) -> Texts:
    """Any column as trimmed text; empty cells (and cells of blanks only) become null."""
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if pa.types.is_nested(column.type):
        column = pa.array([None if cell is None else str(cell) for cell in column.to_pylist()], pa.string())
    if pa.types.is_binary(column.type) or pa.types.is_large_binary(column.type):
        column = pa.array([None if cell is None else cell.hex() for cell in column.to_pylist()], pa.string())
    trimmed: Any = pc.utf8_trim_whitespace(column.cast(pa.string()))
    empty: Any = pc.equal(trimmed, pa.scalar(""))
    filled: Texts = pc.if_else(empty, pa.scalar(None, pa.string()), trimmed)
    return filled


def present(column: Column) -> Bools:
    """True where a cell has a value."""
    return mask(column.is_valid())


def mask(column: Column) -> Bools:
    """A boolean column as numpy; null is False."""
    return np.asarray(column.fill_null(False).to_numpy(zero_copy_only=False), dtype=np.bool_)  # noqa: FBT003


def matches(texts: Texts, pattern: str) -> Bools:
    """True where a cell contains `pattern` (RE2 syntax)."""
    found: Any = pc.match_substring_regex(texts, pattern=pattern)
    return mask(found)


def chosen(column: _Some, rows: Bools) -> _Some:
    """The cells of some rows."""
    found: _Some = column.filter(pa.array(rows))
    return found


def without(texts: Texts, pattern: str) -> Texts:
    """The cells without what matches `pattern` (RE2 syntax)."""
    left: Texts = pc.replace_substring_regex(texts, pattern=pattern, replacement="")
    return left


def replaced(texts: Texts, old: str, new: str) -> Texts:
    """The cells with one plain piece of text in the place of another."""
    changed: Texts = pc.replace_substring(texts, pattern=old, replacement=new)
    return changed


def encoded(texts: Texts) -> tuple[list[str], Codes]:
    """The distinct words of a column and, for each row, which of them it is (-1 where empty)."""
    whole: Any = texts.dictionary_encode()
    codes = whole.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    return whole.dictionary.to_pylist(), codes.astype(np.int32)


def counted(texts: Texts) -> dict[str, int]:
    """How often each word occurs."""
    words, codes = encoded(texts)
    counts = np.bincount(codes[codes >= 0], minlength=len(words))
    return dict(zip(words, counts.tolist(), strict=True))


def looked_up(
    words: Sequence[str], codes: Codes, meaning: Callable[[str], int], empty: int
) -> npt.NDArray[np.int64]:
    """For each row the integer that `meaning` gives its word; `empty` where there is none."""
    values = np.fromiter((meaning(word) for word in words), dtype=np.int64, count=len(words))
    return np.append(values, empty)[codes]
