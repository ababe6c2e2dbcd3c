"""The moments of events as numbers that can be sorted, whatever the form gave."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from remit_engine.errors import InputError
from remit_engine.history.moments import UNREADABLE, MomentReader, Order, OrderEvidence, order_by_time
from remit_engine.history.table import Integers
from remit_engine.history.texts import as_texts

_WALL_CLOCK: Final = pa.timestamp("us")
_WORLD_CLOCK: Final = pa.timestamp("us", tz="UTC")
_ISO: Final = r"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$"
_OFFSET: Final = r":\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2})$"


@dataclass(frozen=True, slots=True)
class TypedMoments:
    """A time column as moments.

    Attributes:
        column: timestamps in microseconds, UTC when the source tells offsets, else its wall clock; cells
            that can't be read are null.
        order: how dates made of numbers were read and why, or "" where there was nothing to choose.
    """

    column: pa.ChunkedArray[Any]
    order: str = ""


def typed_moments(column: pa.ChunkedArray[Any], name: str, dates: Order | None = None) -> TypedMoments:
    """Type a time column.

    Args:
        column: timestamps, dates, or words as people and programs write moments.
        name: the column's name, for the error.
        dates: the order of day, month and year, or None to find it out.

    Raises:
        InputError: `not-moments` when there are words and not one of them is a moment, or
            `two-date-orders` when the words contradict each other.
    """
    kind = column.type
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
        column = pc.cast(column, kind)
    if pa.types.is_timestamp(kind):
        return TypedMoments(pc.cast(column, pa.timestamp("us", tz=kind.tz), safe=False))
    if pa.types.is_date(kind):
        return TypedMoments(pc.cast(column, _WALL_CLOCK))
    if not (pa.types.is_string(kind) or pa.types.is_large_string(kind)):
        raise _not_moments(name, f"{kind}")
    typed = _of_words(pa.chunked_array([as_texts(part) for part in column.chunks], pa.string()), name, dates)
    if len(column) and typed.column.null_count == len(column):
        raise _not_moments(name, repr(next((word.as_py() for word in column if word.is_valid), "")))
    return typed


def _of_words(texts: pa.ChunkedArray[Any], name: str, dates: Order | None) -> TypedMoments:
    """ISO 8601 to the microsecond; any other way of writing as tables are read, to the second."""
    precise = moments_of_words(texts)
    if precise.null_count == texts.null_count:
        return TypedMoments(precise)
    evidence = OrderEvidence()
    for part in texts.chunks:
        evidence.look(as_texts(part))
    order, because = _order(evidence, name, dates)
    seconds = np.concatenate([MomentReader(order, None).read(part) for part in texts.chunks])
    clock = pa.timestamp("s", tz="UTC" if evidence.with_offset else None)
    moments = pa.array(seconds, pa.int64(), mask=seconds <= UNREADABLE).cast(clock)
    return TypedMoments(
        pa.chunked_array([moments]).cast(pa.timestamp("us", tz=clock.tz)), f"{order} ({because})"
    )


def _order(evidence: OrderEvidence, name: str, dates: Order | None) -> tuple[Order, str]:
    if dates is not None:
        return dates, "told by the mapping"
    seen = evidence.seen(name)
    if seen is not None:
        return seen, "seen in the dates"
    by_time = order_by_time(evidence.firsts)
    if by_time is not None:
        return by_time, "the events then follow each other in time"
    return Order.DAY_FIRST, "assumed; --map dates=... tells it"


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
