"""The moments of events as numbers that can be sorted, whatever the form gave."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from remit_engine.errors import InputError
from remit_engine.history.table import Integers

_WALL_CLOCK: Final = pa.timestamp("us")
_WORLD_CLOCK: Final = pa.timestamp("us", tz="UTC")
_ISO: Final = r"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$"
_OFFSET: Final = r":\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2})$"


def typed_moments(column: pa.ChunkedArray[Any], name: str) -> pa.ChunkedArray[Any]:
    """A time column as timestamps in microseconds; cells that can't be read are null.

    Args:
        column: timestamps, dates, or words in the form of ISO 8601.
        name: the column's name, for the error.

    Returns:
        UTC when the moments carry an offset, else the wall clock of the source.

    Raises:
        InputError: `not-moments` when there are words and not one of them is a moment.
    """
    kind = column.type
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
        column = pc.cast(column, kind)
    if pa.types.is_timestamp(kind):
        return pc.cast(column, pa.timestamp("us", tz=kind.tz), safe=False)
    if pa.types.is_date(kind):
        return pc.cast(column, _WALL_CLOCK)
    if not (pa.types.is_string(kind) or pa.types.is_large_string(kind)):
        raise _not_moments(name, f"{kind}")
    typed = moments_of_words(column)
    if len(column) and typed.null_count == len(column):
        raise _not_moments(name, repr(next((word.as_py() for word in column if word.is_valid), "")))
    return typed


def moments_of_words(words: pa.ChunkedArray[Any]) -> pa.ChunkedArray[Any]:
    """Words in the form of ISO 8601 as moments; others are null.

    When any word carries an offset the result is in UTC, and words without one are taken for UTC.
    """
    trimmed = pc.utf8_trim_whitespace(words)
    regular = pc.if_else(pc.match_substring_regex(trimmed, _ISO), trimmed, None)
    shortened = pc.replace_substring_regex(regular, r"(\.\d{6})\d+", r"\1")
    with_offset = pc.match_substring_regex(shortened, _OFFSET)
    if not pc.any(with_offset).as_py():
        return _cast(shortened, _WALL_CLOCK)
    in_utc = pc.replace_substring_regex(_with_time(shortened), "$", "Z")
    complete = pc.if_else(with_offset, shortened, in_utc)
    return _cast(complete, _WORLD_CLOCK)


def _with_time(words: pa.ChunkedArray[Any]) -> pa.ChunkedArray[Any]:
    """A date alone begins its day."""
    return pc.replace_substring_regex(words, r"^(\d{4}-\d{2}-\d{2})$", r"\1T00:00:00")


def _cast(words: pa.ChunkedArray[Any], kind: pa.TimestampType[Any, Any]) -> pa.ChunkedArray[Any]:
    try:
        return pc.cast(words, kind)
    except pa.ArrowInvalid:  # a 30th of February among them: one by one, so that only it is lost
        return pa.chunked_array([[_one(word) for word in words.to_pylist()]], kind)


def _one(word: str | None) -> datetime | None:
    with suppress(ValueError):
        moment = None if word is None else datetime.fromisoformat(word)
        return moment.astimezone(UTC) if moment and moment.tzinfo else moment
    return None


def in_order(moments: pa.ChunkedArray[Any]) -> Integers:
    """Microseconds since 1970, for sorting; null is 0 (ask `is_valid` first)."""
    return np.asarray(moments.cast(pa.int64()).fill_null(pa.scalar(0)), dtype=np.int64)


def _not_moments(name: str, found: str) -> InputError:
    return InputError(
        "not-moments",
        f"The column {name!r} was to hold the moments of the events, but holds {found}.",
        "Write the column of the time as events: time, and its moments like 2026-03-01 14:05.",
        column=name,
    )
