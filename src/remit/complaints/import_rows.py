"""What a file of complaints, orders or customers says: its columns recognised, its rows typed or refused.

How the file is written (encoding, delimiter, quotes) is found out by the reader of the engine.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from remit.complaints.import_names import FIELD_WORDS, NEEDED, recognised
from remit.complaints.vocabulary import ImportOf, Severity
from remit.core.amount_field import amount_in
from remit.core.errors import Refusal
from remit.people.models import Team
from remit_engine.errors import RemitError
from remit_engine.history.account import LeftOutRow
from remit_engine.history.mapping import Mapping as EngineMapping
from remit_engine.history.moments import MomentReader, Order
from remit_engine.history.moments.reading import MISSING, UNREADABLE
from remit_engine.history.opening import open_source
from remit_engine.history.source import Source

MOST_ROWS: Final = 200_000

_SEVERITIES: Final = {
    "1": 1, "small": 1, "low": 1, "minor": 1, "2": 2, "usual": 2, "normal": 2, "medium": 2,
    "3": 3, "serious": 3, "high": 3, "urgent": 3, "critical": 3,
}  # fmt: skip
_LONGEST: Final = 20_000
_DATES: Final = ("opened_at", "closed_at", "placed_on", "since")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file, understood.

    Attributes:
        line: where it stands.
        key: what makes it the same row again: its reference, its order number, or all that it says.
        text: the cells by field.
        paid: in minor units.
        severity: of a complaint.
        moments: by field.
    """

    line: int
    key: str
    text: Mapping[str, str]
    paid: int | None
    severity: int
    moments: Mapping[str, datetime]


@dataclass(frozen=True, slots=True)
class WrongRow:
    """One row that can't be brought in.

    Attributes:
        reason: a sentence.
    """

    line: int
    reason: str


class Table:
    """A file that was opened: its header, and its rows as often as they are asked for.

    Args:
        path: of the file.
        name: as it was uploaded; for sentences.
        what: it is a list of.
        team: whose currency and time zone its cells are in.
        columns: the column of each field; found by their names where None.

    Raises:
        Refusal: it isn't a table, is empty, or has no column for what is needed.
    """

    def __init__(
        self, path: Path, name: str, what: str, team: Team, columns: Mapping[str, str] | None = None
    ) -> None:
        self._name = name
        self._source = _opened(path, name, what)
        self._what = what
        self._team = team
        header = self._source.header
        self.columns = (
            recognised(header, what)
            if columns is None
            else {field: column for field, column in columns.items() if column in header}
        )
        self._reader = MomentReader(self._order_of_dates(), team.time_zone)

    @property
    def header(self) -> Sequence[str]:
        """The names of its columns."""
        return self._source.header

    @property
    def details(self) -> Sequence[tuple[str, str]]:
        """How it is written: encoding, delimiter."""
        return self._source.details

    @property
    def missing(self) -> list[str]:
        """Fields that are needed and have no column."""
        if self._what == ImportOf.CUSTOMERS:
            named = {"name", "email", "phone"} & self.columns.keys()
            return [] if named else ["name"]
        return [field for field in NEEDED[self._what] if field not in self.columns]

    def rows(self) -> Iterator[Row | WrongRow]:
        """The rows, each understood or refused with a reason; in the order of the file, nearly."""
        for seen, (line, cells) in enumerate(self._cells()):
            if seen >= MOST_ROWS:
                yield WrongRow(line, f"Only {MOST_ROWS:,} rows are taken from one file; split it here.")
                return
            if isinstance(cells, str):
                yield WrongRow(line, cells)
            elif any(cells.values()):
                yield self._row(line, cells)

    def _cells(self) -> Iterator[tuple[int, Mapping[str, str] | str]]:
        broken: list[LeftOutRow] = []

        def keep(row: LeftOutRow, code: str) -> None:  # noqa: ARG001
            broken.append(row)

        try:
            for batch in self._source.batches(keep, _no_progress):
                texts = {
                    field: batch.columns.column(column).to_pylist() for field, column in self.columns.items()
                }
                found: list[tuple[int, Mapping[str, str] | str]] = [(row.line, row.reason) for row in broken]
                broken.clear()
                for place, line in enumerate(batch.lines.tolist()):
                    cells = {field: _plain(column[place]) for field, column in texts.items()}
                    found.append((int(line), cells))
                yield from sorted(found, key=lambda pair: pair[0])
            yield from [(row.line, row.reason) for row in broken]
        except RemitError as error:
            raise _unreadable(error, self._name, self._what) from error

    def _row(self, line: int, cells: Mapping[str, str]) -> Row | WrongRow:
        try:
            moments = {
                field: moment
                for field in _DATES
                if (moment := self._moment(field, cells.get(field, ""))) is not None
            }
            paid = amount_in(cells.get("paid", ""), self._team.currency)
            severity = _severity(cells.get("severity", ""))
            _check(cells, self._what, moments)
        except ValidationError as error:
            return WrongRow(line, " ".join(error.messages))
        return Row(line, self._key(cells), cells, paid, severity, moments)

    def _key(self, cells: Mapping[str, str]) -> str:
        natural = {ImportOf.COMPLAINTS: cells.get("reference"), ImportOf.ORDERS: cells.get("order")}
        own = natural.get(ImportOf(self._what))
        said = f"={own}" if own else "\x1f".join(f"{field}={cells[field]}" for field in sorted(cells))
        return hashlib.sha256(said.encode()).hexdigest()

    def _moment(self, field: str, text: str) -> datetime | None:
        if not text:
            return None
        seconds = self._reader.one(text)
        if seconds == MISSING:
            return None
        if seconds == UNREADABLE:
            raise ValidationError(f"The date ({FIELD_WORDS[field]}) “{_short(text)}” can't be read.")
        return datetime.fromtimestamp(seconds, UTC)

    def _order_of_dates(self) -> Order:
        """Day first, unless a date of the file can only be read with the month first."""
        self._reader = MomentReader(Order.DAY_FIRST, self._team.time_zone)
        fields = [field for field in _DATES if field in self.columns]
        other = MomentReader(Order.MONTH_FIRST, self._team.time_zone)
        if not fields:
            return Order.DAY_FIRST
        for seen, (_, cells) in enumerate(self._cells()):
            if seen > 2000:  # noqa: PLR2004 (enough to tell)
                break
            for text in (cells.get(field, "") for field in fields) if not isinstance(cells, str) else ():
                readings = [reader.one(text) for reader in (self._reader, other)]
                if UNREADABLE in readings and readings[0] != readings[1]:
                    return Order.MONTH_FIRST if readings[0] == UNREADABLE else Order.DAY_FIRST
        return Order.DAY_FIRST


def _opened(path: Path, name: str, what: str) -> Source:
    try:
        return open_source(path, EngineMapping(), _no_progress)
    except RemitError as error:
        raise _unreadable(error, name, what) from error


def _unreadable(error: RemitError, name: str, what: str) -> Refusal:
    """What is wrong with a file, in words about what it should be."""
    export = f"Export the {what} as CSV, and choose that file."
    words = {
        "not-a-table": f"{name} is {error.data.get('kind', 'something else')}, not a table.",
        "binary-file": f"{name} is not a table.",
        "empty-file": f"{name} is empty.",
        "one-column": f"{name} has only one column: no comma, semicolon or tab separates its cells.",
        "damaged-file": f"{name} is damaged.",
    }
    return Refusal(error.code, words.get(error.code, f"{name} can't be read."), export, field="file")


def _check(cells: Mapping[str, str], what: str, moments: Mapping[str, datetime]) -> None:
    """What a row of a kind needs.

    Raises:
        ValidationError: something is missing, or can't be.
    """
    for field in NEEDED[what]:
        if not cells.get(field):
            raise ValidationError(f"There is nothing for “{FIELD_WORDS[field]}”.")
    if what == ImportOf.CUSTOMERS and not any(cells.get(field) for field in ("name", "email", "phone")):
        raise ValidationError("There is neither a name nor a mail nor a phone.")
    if len(cells.get("text", "")) > _LONGEST:
        raise ValidationError(f"The text has {len(cells['text']):,} letters; {_LONGEST:,} is the most.")
    if cells.get("email"):
        try:
            validate_email(cells["email"])
        except ValidationError:
            raise ValidationError(f"“{_short(cells['email'])}” is no mail address.") from None
    if "closed_at" in moments and "opened_at" in moments and moments["closed_at"] < moments["opened_at"]:
        raise ValidationError("It was closed before it was opened.")
    if len(cells.get("order", "")) > 60:  # noqa: PLR2004 (of the table)
        raise ValidationError("The order number is longer than 60 letters.")


def _severity(text: str) -> int:
    if not text:
        return int(Severity.USUAL)
    found = _SEVERITIES.get(text.casefold())
    if found is None:
        raise ValidationError(f"The severity “{_short(text)}” isn't small, usual or serious.")
    return found


def _plain(cell: object) -> str:
    """A cell as text: a number of a spreadsheet without its empty decimals."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    return str(cell).replace("\x00", "").strip()


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"  # noqa: PLR2004


def _no_progress(done: int, total: int) -> None:
    """Nobody waits for it."""
