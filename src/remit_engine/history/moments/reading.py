"""Dates and times as written, into seconds since 1970."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from remit_engine.history.moments.orders import Order
from remit_engine.history.spelling import is_nothing, plain
from remit_engine.history.table import Integers
from remit_engine.history.texts import Column, Texts, as_texts, chosen, encoded, mask, matches, present

MISSING: Final = np.iinfo(np.int64).min
"""No moment in the cell; it is also how numpy stores NaT."""
UNREADABLE: Final = MISSING + 1
"""Something that isn't a moment."""


_MONTHS: Final = {
    month: number
    for number, months in enumerate(
        (
            "jan january januar janner janvier enero ene gennaio gen januari janeiro",
            "feb february februar fevrier fevr febrero febbraio februari fevereiro fev",
            "mar march marz mrz mars marzo maart mrt marco",
            "apr april avril avr abril abr aprile",
            "may mai mayo maggio mag mei maio",
            "jun june juni juin junio giugno giu junho",
            "jul july juli juillet juil julio luglio lug julho",
            "aug august aout agosto ago augustus",
            "sep sept september septembre septiembre settembre set setembro",
            "oct october oktober okt octobre octubre ottobre ott outubro out",
            "nov november novembre noviembre novembro",
            "dec december dezember dez decembre diciembre dic dicembre dezembro",
        ),
        1,
    )
    for month in months.split()
}

_WRITTEN: Final = re.compile(
    r"(?:[^\W\d]{2,10}\.?,?\s+)?"  # a weekday
    r"(?P<first>\d{1,4}|[^\W\d_]{3,10})[-/.\s]+(?:de\s+)?"
    r"(?P<second>\d{1,2}|[^\W\d_]{3,10})[-/.,\s]+(?:de\s+)?"
    r"(?P<third>\d{4}|\d{1,2})\.?"
    r"(?:(?:T|,|\s|um|at|à)+(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))?(?:[:.](?P<second_of>\d{2}))?(?:[.,]\d+)?)?"
    r"\s*(?P<half>[ap]\.?\s?m\.?)?\s*(?:Uhr)?\s*(?P<offset>Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?",
    re.IGNORECASE,
)
_FEWEST: Final = 3
_SPILLED: Final = 3
_FULL_YEAR: Final = 4
_CENTURY_TURNS: Final = 70
_NOON: Final = 12
_ISO: Final = r"^\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?)?$"
_ISO_OFFSET: Final = r"^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})$"
_EPOCH: Final = re.compile(r"\d{9,10}(?:\.\d+)?|\d{12,13}")


def order_by_time(texts: list[str]) -> Order | None:
    """The order under which the rows run more steadily forward (or back); None when neither does."""
    turns = {}
    for order in (Order.DAY_FIRST, Order.MONTH_FIRST):
        reader = MomentReader(order, None)
        moments = [moment for text in texts if (moment := reader.one(text)) > UNREADABLE]
        steps = np.sign(np.diff(np.array(moments, dtype=np.int64)))
        moved = int((steps != 0).sum())
        turns[order] = moved - abs(int(steps.sum()))
    day, month = turns[Order.DAY_FIRST], turns[Order.MONTH_FIRST]
    if len(texts) < _FEWEST or min(day, month) * 2 >= max(day, month):
        return None
    return Order.DAY_FIRST if day < month else Order.MONTH_FIRST


@dataclass(frozen=True, slots=True)
class MomentReader:
    """Reads a column of dates and times.

    Attributes:
        order: how dates of numbers are read; a year of four digits in front is always the year.
        zone: IANA zone of moments without an offset; None keeps the wall clock.
    """

    order: Order
    zone: str | None

    def read(self, column: Column) -> Integers:
        """Seconds since 1970 for each row (UTC if an offset or the zone tells it), or MISSING, UNREADABLE."""
        kind = column.type
        if pa.types.is_timestamp(kind):
            return self._stamps(column, aware=kind.tz is not None)
        if pa.types.is_date(kind):
            return self._stamps(column.cast(pa.timestamp("s")), aware=False)
        return self._texts(as_texts(column))

    def one(self, text: str) -> int:
        """One moment as written. The plain model of `read`."""
        if is_nothing(text):
            return MISSING
        if _EPOCH.fullmatch(text):
            seconds = float(text)
            return int(seconds / 1000 if seconds > 10**11 else seconds)
        try:
            moment = self._parsed(text)
        except (ValueError, OverflowError):
            return UNREADABLE
        return UNREADABLE if moment is None else self._seconds(moment)

    def _seconds(self, moment: datetime) -> int:
        if moment.tzinfo is None and self.zone is not None:
            return int(_in_zone(np.array([_wall(moment)], dtype=np.int64), self.zone)[0])
        return _wall(moment)

    def _parsed(self, text: str) -> datetime | None:
        written = _WRITTEN.fullmatch(text)
        if written is None:
            return None
        day = self._day(written["first"], written["second"], written["third"])
        if day is None:
            return None
        hour = _hour(int(written["hour"] or 0), written["half"])
        return datetime(
            *day, hour, int(written["minute"] or 0), int(written["second_of"] or 0),
            tzinfo=_offset(written["offset"]),
        )  # fmt: skip

    def _day(self, first: str, second: str, third: str) -> tuple[int, int, int] | None:
        if not first.isdigit():
            return _year(third), _MONTHS.get(plain(first), 0), int(second) if second.isdigit() else 0
        if not second.isdigit():
            year, day = (first, third) if len(first) == _FULL_YEAR else (third, first)
            return _year(year), _MONTHS.get(plain(second), 0), int(day)
        if len(first) == _FULL_YEAR:
            return int(first), int(second), int(third)
        if len(first) == _FULL_YEAR - 1:
            return None
        if self.order is Order.YEAR_FIRST:
            return _year(first), int(second), int(third)
        day, month = (first, second) if self.order is Order.DAY_FIRST else (second, first)
        return _year(third), int(month), int(day)

    def _texts(self, texts: Texts) -> Integers:
        seconds = np.full(len(texts), MISSING, dtype=np.int64)
        rest = present(texts)
        for fast in (self._iso, self._numbered):
            if rest.any():
                rows = np.flatnonzero(rest)
                found = fast(chosen(texts, rest))
                seconds[rows] = found
                rest[rows] = found == UNREADABLE
        if rest.any():
            words, codes = encoded(chosen(texts, rest))
            seconds[rest] = np.array([self.one(word) for word in words], dtype=np.int64)[codes]
        return seconds

    def _iso(self, texts: Texts) -> Integers:
        seconds = np.full(len(texts), UNREADABLE, dtype=np.int64)
        for pattern, zone in ((_ISO, None), (_ISO_OFFSET, "UTC")):
            rows = matches(texts, pattern)
            if not rows.any():
                continue
            try:
                stamps = chosen(texts, rows).cast(pa.timestamp("ns", zone))
            except pa.ArrowInvalid:
                continue  # one of them is no date (31 February): told cell by cell
            seconds[rows] = self._stamps(stamps, aware=zone is not None)
        return seconds

    def _numbered(self, texts: Texts) -> Integers:
        """Dates like 03/04/2024 14:05 by one format for the whole batch; what doesn't fit stays unread."""
        seconds = np.full(len(texts), UNREADABLE, dtype=np.int64)
        form = _format(str(texts[0]), self.order)
        if form is None:
            return seconds
        stamps: Any = pc.strptime(texts, format=form, unit="s", error_is_null=True)
        days = pc.day(stamps).fill_null(0).to_numpy(zero_copy_only=False)
        # strptime reads 31 February as 2 March, and the year 24 as that of Trajan: told cell by cell.
        spilled = (days <= _SPILLED) & matches(texts, r"(?:^|\D)(?:29|30|31)\D")
        sure = mask(stamps.is_valid()) & matches(texts, r"\D\d{4}(?:\D|$)") & ~spilled
        seconds[sure] = self._stamps(chosen(stamps, sure), aware=False)
        return seconds

    def _stamps(self, stamps: Column, *, aware: bool) -> Integers:
        known = present(stamps)
        whole = stamps.cast(pa.timestamp("s", stamps.type.tz), safe=False)
        seconds = whole.cast(pa.int64()).fill_null(0).to_numpy(zero_copy_only=False).copy()
        if not aware and self.zone is not None:
            seconds = _in_zone(seconds, self.zone)
        seconds[~known] = MISSING
        return seconds


def is_typed_moment(column: Column) -> bool:
    """True for a column that the source itself knows to be dates or times."""
    return pa.types.is_timestamp(column.type) or pa.types.is_date(column.type)


def _format(example: str, order: Order) -> str | None:
    """The strptime format of a date made of numbers, or None."""
    shape = re.fullmatch(r"\d{1,2}([-/.])\d{1,2}\1\d{4}(,? \d{1,2}:\d{2}(:\d{2})?( ?[AaPp][Mm])?)?", example)
    if shape is None or order is Order.YEAR_FIRST:
        return None
    mark, clock, seconds, half = shape.groups()
    day, month = ("%d", "%m") if order is Order.DAY_FIRST else ("%m", "%d")
    form = f"{day}{mark}{month}{mark}%Y"
    if clock is None:
        return form
    comma = "," if clock.startswith(",") else ""
    hour = "%I" if half else "%H"
    blank = " " if half and half.startswith(" ") else ""
    return f"{form}{comma} {hour}:%M{':%S' if seconds else ''}{blank}{'%p' if half else ''}"


def _year(text: str) -> int:
    year = int(text)
    if len(text) == _FULL_YEAR:
        return year
    return 2000 + year if year < _CENTURY_TURNS else 1900 + year


def _hour(hour: int, half: str | None) -> int:
    if half is None:
        return hour
    if not 1 <= hour <= _NOON:
        raise ValueError(hour)
    return hour % _NOON + (_NOON if half[0] in "pP" else 0)


def _offset(text: str | None) -> timezone | None:
    if not text:
        return None
    if text[0] not in "+-":
        return UTC
    minutes = int(text[1:3]) * 60 + int(text[3:].lstrip(":") or 0)
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))


def _wall(moment: datetime) -> int:
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return int((aware - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds())


def _in_zone(seconds: Integers, zone: str) -> Integers:
    """Wall clocks of a zone as UTC; of an hour that comes twice the first, of a skipped one its end."""
    walls = pa.array(seconds).cast(pa.timestamp("s"))
    stamps: Any = pc.assume_timezone(  # type: ignore[call-overload]
        walls.cast(pa.timestamp("us")), zone, ambiguous="earliest", nonexistent="latest"
    )
    return np.array(stamps.cast(pa.timestamp("s", zone)).cast(pa.int64()).to_numpy(zero_copy_only=False))


def is_zone(name: str) -> bool:
    """True for an IANA time zone that is known here."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True
