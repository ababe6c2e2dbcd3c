"""Text files of cells: CSV and its relatives."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import numpy as np
import pyarrow as pa
from pyarrow import csv as arrow_csv

from remit_engine.history.account import LeftOutRow, LeftOutSink, Progress
from remit_engine.history.csv_blocks import Block, Blocks, RowStarts, decoded, row_starts
from remit_engine.history.csv_dialect import (
    DELIMITERS,
    CsvDialect,
    dialect_of,
    opened,
    set_field_limit,
    undamaged,
)
from remit_engine.history.csv_rows import CsvRow, CsvRows
from remit_engine.history.headers import unique_names
from remit_engine.history.left_out import shown
from remit_engine.history.mapping import Mapping
from remit_engine.history.source import Batch


class CsvSource:
    """A text file of cells, possibly gzipped. It is decoded and split as it is read, never held whole."""

    def __init__(self, path: Path, dialect: CsvDialect) -> None:
        self._path = path
        self._dialect = dialect
        self._header = unique_names(dialect.header)

    @classmethod
    def of(cls, path: Path, mapping: Mapping) -> CsvSource:
        """Look at a file and find out how it is written.

        Raises:
            InputError: an empty file, a binary one, one without columns.
        """
        with undamaged(path):
            return cls(path, dialect_of(path, mapping.encoding, mapping.delimiter))

    @property
    def name(self) -> str:
        """The file's name, without folders."""
        return self._path.name

    @property
    def form(self) -> str:
        """The form in words."""
        return "CSV"

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the columns, unique."""
        return self._header

    @property
    def details(self) -> tuple[tuple[str, str], ...]:
        """Encoding and delimiter, and what stands before the header."""
        delimiter = DELIMITERS.get(self._dialect.delimiter, self._dialect.delimiter)
        pairs = [("encoding", self._dialect.encoding.removesuffix("-sig")), ("delimiter", delimiter)]
        if self._dialect.skipped:
            pairs.append(("lines before the header", str(self._dialect.skipped)))
        return tuple(pairs)

    def batches(self, left_out: LeftOutSink, progress: Progress) -> Iterator[Batch]:
        """The rows; those with too few or too many cells go to `left_out` as "broken"."""
        size = self._path.stat().st_size
        set_field_limit()
        with undamaged(self._path), self._path.open("rb") as raw:
            blocks = Blocks(decoded(opened(self._path, raw), self._dialect.encoding), self._dialect.body)
            for block in blocks:
                yield self._batch(block, blocks, left_out)
                progress(min(raw.tell(), size), size)

    def _batch(self, block: Block, blocks: Blocks, left_out: LeftOutSink) -> Batch:
        starts = row_starts(block)
        batch = self._at_once(block, starts, left_out) if starts is not None and starts.whole else None
        if batch is not None and starts is not None:
            blocks.carry(block.text[starts.whole :])
            return batch
        rows = CsvRows(block, self._dialect.delimiter, len(self._header))
        batch = self._one_by_one(rows, left_out)
        blocks.carry(rows.rest)
        return batch

    def _at_once(self, block: Block, starts: RowStarts, left_out: LeftOutSink) -> Batch | None:
        """The rows as Arrow splits them; None when it finds others than the quotes tell."""
        ragged: list[arrow_csv.InvalidRow] = []
        table = self._split(block.text[: starts.whole], ragged)
        if table.num_rows + len(ragged) != len(starts.lines):
            return None
        if ragged and not (starts.one_line_each and all(self._is_ragged(row.text) for row in ragged)):
            return None
        places = [(row.number or 1) - 1 for row in ragged]
        for place, row in zip(places, ragged, strict=True):
            self._leave(CsvRow(int(starts.lines[place]), self._cells(row.text)), left_out)
        lines = np.delete(starts.lines, places)
        return Batch(lines, table.combine_chunks().to_batches()[0] if len(lines) else self._batch_of([]))

    def _split(self, text: bytes, ragged: list[arrow_csv.InvalidRow]) -> pa.Table:
        def keep(row: arrow_csv.InvalidRow) -> Literal["skip"]:
            ragged.append(row)
            return "skip"

        if not text.strip(b"\r\n"):
            return pa.Table.from_batches([self._batch_of([])])
        names = list(self._header)
        return arrow_csv.read_csv(
            io.BytesIO(text),
            arrow_csv.ReadOptions(column_names=names, use_threads=False, block_size=len(text) + 1),
            arrow_csv.ParseOptions(
                delimiter=self._dialect.delimiter, newlines_in_values=True, invalid_row_handler=keep
            ),
            arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
            ),
        )

    def _one_by_one(self, rows: CsvRows, left_out: LeftOutSink) -> Batch:
        width = len(self._header)
        whole: list[CsvRow] = []
        for row in rows:
            if not row.quote_open and (len(row.cells) == width or not self._is_ragged_row(row.cells)):
                whole.append(row)
            else:
                self._leave(row, left_out)
        lines = np.fromiter((row.line for row in whole), dtype=np.int64, count=len(whole))
        return Batch(lines, self._batch_of([row.cells for row in whole]))

    def _batch_of(self, rows: list[list[str]]) -> pa.RecordBatch:
        columns = zip(*rows, strict=False) if rows else [()] * len(self._header)
        arrays = [pa.array(column, pa.string()) for _, column in zip(self._header, columns, strict=False)]
        return pa.RecordBatch.from_arrays(arrays, names=list(self._header))

    def _cells(self, text: str) -> list[str]:
        return next(csv.reader([text], delimiter=self._dialect.delimiter), [])

    def _is_ragged(self, text: str) -> bool:
        return self._is_ragged_row(self._cells(text))

    def _is_ragged_row(self, cells: list[str]) -> bool:
        """False for a row with nothing but empty cells beyond the header's last column."""
        width = len(self._header)
        return len(cells) < width or any(cells[width:])

    def _leave(self, row: CsvRow, left_out: LeftOutSink) -> None:
        reason = (
            "A quote is opened and never closed."
            if row.quote_open
            else _ragged_sentence(len(row.cells), len(self._header))
        )
        left_out(LeftOutRow(row.line, reason, shown(row.cells)), "broken")


def _ragged_sentence(cells: int, width: int) -> str:
    return f"The row has {cells} cell{'' if cells == 1 else 's'}, the header has {width}."
