"""Workbooks: Excel (.xlsx, .xlsm, .xlsb, .xls) and OpenDocument (.ods)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, Final, TypeAlias

import numpy as np
import pyarrow as pa
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from remit_engine.errors import InputError
from remit_engine.history.account import LeftOutSink, Progress
from remit_engine.history.headers import unique_names
from remit_engine.history.mapping import Mapping
from remit_engine.history.source import Batch
from remit_engine.history.uses import Use, by_name
from remit_engine.history.workbook_size import need_modest

BATCH_ROWS: Final = 50_000
_SEARCHED: Final = 50
_NARROWEST: Final = 2

Cell: TypeAlias = int | float | str | bool | time | date | datetime | timedelta | None


@dataclass(frozen=True, slots=True)
class Table:
    """Where the table of a sheet lies.

    Attributes:
        header_row: the row of its names, counted from 0 within the sheet's rows.
        columns: the places of its columns.
        header: its names.
        known: how many of them are names that Remit knows.
    """

    header_row: int
    columns: tuple[int, ...]
    header: tuple[str, ...]
    known: int


class ExcelSource:
    """The table on one sheet of a workbook. Lines are the sheet's rows; progress is told in rows."""

    def __init__(self, path: Path, sheet: CalamineSheet, table: Table) -> None:
        self._path = path
        self._sheet = sheet
        self._table = table

    @classmethod
    def of(cls, path: Path, mapping: Mapping) -> ExcelSource:
        """Find the table in a workbook: on the told sheet, else the one that looks most like approvals.

        Raises:
            InputError: no such sheet, no table on any, a password, a damaged file, or one that unfolds into
                more than a machine holds.
        """
        need_modest(path)
        try:
            workbook = CalamineWorkbook.from_path(str(path))
            sheets = [workbook.get_sheet_by_name(name) for name in _sheets(path, workbook, mapping.sheet)]
        except PasswordError:
            raise InputError(
                "password",
                f"{path.name} is protected by a password.",
                "Save it without a password, or export the sheet as CSV.",
            ) from None
        except CalamineError:
            raise InputError(
                "damaged-file",
                f"{path.name} looks like a workbook but can't be opened.",
                "Open it in your spreadsheet program and save it again, or export the sheet as CSV.",
            ) from None
        found = [(sheet, table) for sheet in sheets if (table := _table_of(sheet)) is not None]
        if not found:
            raise InputError(
                "no-table",
                f"{path.name} has no table: no row of column names with rows below it.",
                "Put the names of the columns into one row, the approvals below it.",
            )
        sheet, table = max(found, key=lambda pair: (pair[1].known, pair[0].height))
        return cls(path, sheet, table)

    @property
    def name(self) -> str:
        """The file's name, without folders."""
        return self._path.name

    @property
    def form(self) -> str:
        """The form in words."""
        return "Excel"

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the columns, unique."""
        return self._table.header

    @property
    def details(self) -> tuple[tuple[str, str], ...]:
        """The sheet, and the row of the header."""
        return (("sheet", self._sheet.name), ("header in row", str(self._first_row + self._table.header_row)))

    @property
    def _first_row(self) -> int:
        """The number that the program shows beside the first row of the sheet's cells."""
        return 1 + (self._sheet.start or (0, 0))[0]

    def batches(self, left_out: LeftOutSink, progress: Progress) -> Iterator[Batch]:  # noqa: ARG002 -- every row is one
        """The rows; empty ones are none."""
        begin = self._table.header_row + 1
        numbered = enumerate(islice(self._sheet.to_python(), begin, None), self._first_row + begin)
        rows = ((line, self._cells(row)) for line, row in numbered if any(map(_filled, row)))
        while some := list(islice(rows, BATCH_ROWS)):
            lines = np.array([line for line, _ in some], dtype=np.int64)
            columns = [_column(cells) for cells in zip(*(cells for _, cells in some), strict=True)]
            yield Batch(lines, pa.RecordBatch.from_arrays(columns, names=list(self.header)))
            progress(int(lines[-1]), max(int(lines[-1]), self._sheet.total_height))

    def _cells(self, row: Sequence[Cell]) -> list[Cell]:
        return [row[place] if place < len(row) else None for place in self._table.columns]


def _sheets(path: Path, workbook: CalamineWorkbook, told: str | None) -> list[str]:
    names: list[str] = workbook.sheet_names
    if told is None:
        return names
    same = [name for name in names if name.strip().casefold() == told.strip().casefold()]
    if not same:
        raise InputError(
            "no-such-sheet",
            f"{path.name} has no sheet '{told}'.",
            f"Its sheets are {', '.join(repr(name) for name in names)}.",
            sheets=names,
        )
    return same


def _table_of(sheet: CalamineSheet) -> Table | None:
    """The table with the widest row of names among the first rows."""
    rows = sheet.to_python(nrows=_SEARCHED)
    width = max((sum(map(_filled, row)) for row in rows), default=0)
    for place, row in enumerate(rows):
        names = [cell for cell in row if _filled(cell)]
        if (
            len(names) >= max(_NARROWEST, width * 0.6)
            and all(isinstance(name, str) for name in names)
            and any(any(map(_filled, below)) for below in rows[place + 1 :])
        ):
            return _table_at(rows, place)
    return None


def _table_at(rows: Sequence[Sequence[Cell]], place: int) -> Table:
    widest = max(map(len, rows))
    columns = tuple(
        column
        for column in range(widest)
        if any(column < len(row) and _filled(row[column]) for row in rows[place:])
    )
    cells = [rows[place][column] if column < len(rows[place]) else None for column in columns]
    header = unique_names(None if cell is None else str(cell) for cell in cells)
    known = sum(any(by_name(name, use) is not None for use in Use) for name in header)
    return Table(place, columns, header, known)


def _filled(cell: Cell) -> bool:
    return cell is not None and cell != ""


def _column(cells: Sequence[Cell]) -> pa.Array[Any]:
    """Cells as numbers or moments where all of them are; else as words."""
    filled = [cell for cell in cells if _filled(cell)]
    values = [cell if _filled(cell) else None for cell in cells]
    if filled and all(isinstance(cell, int | float) and not isinstance(cell, bool) for cell in filled):
        return pa.array(values, pa.float64())
    if filled and all(isinstance(cell, date) for cell in filled):
        return pa.array([_moment(cell) for cell in values], pa.timestamp("s"))
    return pa.array([None if cell is None else _written(cell) for cell in values], pa.string())


def _moment(cell: Cell) -> datetime | None:
    if isinstance(cell, datetime):
        return cell.replace(microsecond=0)
    return datetime(cell.year, cell.month, cell.day) if isinstance(cell, date) else None  # noqa: DTZ001 -- a wall clock


def _written(cell: Cell) -> str:
    """A cell as a word. Numbers get a fourth decimal where three could be taken for thousands."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        if cell.is_integer():
            return str(int(cell))
        whole, _, decimals = repr(cell).partition(".")
        return f"{whole}.{decimals}0" if len(decimals) == len("000") else repr(cell)
    return cell.isoformat(" ") if isinstance(cell, datetime) else str(cell)
