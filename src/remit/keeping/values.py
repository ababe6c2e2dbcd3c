"""A value as it stands in a backup, and as either database wants it.

In a backup a row is a JSON array. A moment is text in UTC to the microsecond, as SQLite keeps it; JSON is the
text of it, so that nothing of it is lost; bytes are base64; a span is whole microseconds; a decimal is text
without zeros at its end, as SQLite doesn't keep them.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from remit.keeping.tables import Column, Kind

Row = list[Any]
"""The values of a row, in the order of the columns of its table; what JSON knows."""

Turn = Callable[[Any], Any]
"""From one form of a value to another."""

_NUL: Final = "\x00"
_NEVER_IN_JSONB: Final = ("\\u0000", "\\ud8", "\\ud9", "\\uda", "\\udb", "\\udc", "\\udd", "\\ude", "\\udf")


class CantHold(Exception):
    """A value that the database to fill can't hold.

    Args:
        why: what is wrong with it, in words.
        place: of the column in its row.
    """

    def __init__(self, why: str, place: int = -1) -> None:
        super().__init__(why)
        self.why = why
        self.place = place


def line_of(row: Sequence[Any]) -> bytes:
    """A row as a line of a backup."""
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def row_of(line: bytes) -> Row:
    """The row of such a line."""
    row: Row = json.loads(line)
    return row


def turned(row: Row, turns: Sequence[tuple[int, Turn]]) -> Row:
    """A row whose values were turned at some places; nothing stays nothing.

    Raises:
        CantHold: the database can't hold one of them.
    """
    for place, turn in turns:
        value = row[place]
        if value is not None:
            try:
                row[place] = turn(value)
            except CantHold as error:
                raise CantHold(error.why, place) from None
    return row


def turns(columns: Sequence[Column], by_kind: dict[Kind, Turn]) -> list[tuple[int, Turn]]:
    """Where in a row something has to be turned, and how."""
    return [(place, by_kind[column.kind]) for place, column in enumerate(columns) if column.kind in by_kind]


def _from_moment(value: datetime) -> str:
    return str(value.astimezone(UTC).replace(tzinfo=None))


def _microseconds(value: timedelta) -> int:
    return value // timedelta(microseconds=1)


def _decimal_in_text(value: Decimal | float) -> str:
    return f"{Decimal(str(value)).normalize():f}"


def _bytes_in_text(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")


def _yes_no(value: int) -> bool:
    if value not in {0, 1}:
        raise CantHold(f"{value!r} is neither yes nor no")
    return bool(value)


def _text_without_nul(value: str) -> str:
    if _NUL in value:
        raise CantHold("PostgreSQL holds no text with the sign NUL in it")
    return value


def _json_for_postgresql(value: str) -> str:
    if "\\u" in value and any(part in value.lower() for part in _NEVER_IN_JSONB):
        _need_holdable(json.loads(value))
    return value


def _need_holdable(value: Any) -> None:  # noqa: ANN401 (anything that JSON knows)
    if isinstance(value, str):
        _text_without_nul(value)
        try:
            value.encode()
        except UnicodeEncodeError:
            raise CantHold("PostgreSQL holds no text with half a sign (a lone surrogate) in it") from None
    parts = [*value, *value.values()] if isinstance(value, dict) else value if isinstance(value, list) else ()
    for part in parts:
        _need_holdable(part)


FROM_SQLITE: Final[dict[Kind, Turn]] = {
    Kind.YES_NO: _yes_no,
    Kind.BYTES: _bytes_in_text,
    Kind.DECIMAL: _decimal_in_text,
}
INTO_SQLITE: Final[dict[Kind, Turn]] = {Kind.YES_NO: int, Kind.BYTES: base64.b64decode}
FROM_POSTGRESQL: Final[dict[Kind, Turn]] = {
    Kind.MOMENT: _from_moment,
    Kind.DAY: str,
    Kind.TIME: str,
    Kind.SPAN: _microseconds,
    Kind.BYTES: _bytes_in_text,
    Kind.DECIMAL: _decimal_in_text,
    Kind.UUID: lambda value: value.hex,
}
INTO_POSTGRESQL: Final[dict[Kind, Turn]] = {
    Kind.TEXT: _text_without_nul,
    Kind.JSON: _json_for_postgresql,
    Kind.MOMENT: lambda value: f"{value}+00",
    Kind.SPAN: lambda value: f"{value} microseconds",
    Kind.BYTES: base64.b64decode,
}
IN_SQL_OF_POSTGRESQL: Final[dict[Kind, str]] = {Kind.JSON: '"{}"::text', Kind.ADDRESS: 'host("{}")'}
"""How a column is asked for where its plain name won't do."""
