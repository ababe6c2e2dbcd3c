"""Text files of cells: CSV and its relatives."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa

from remit_engine.history.account import LeftOutRow, LeftOutSink, Progress
from remit_engine.history.csv_dialect import DELIMITERS, CsvDialect, dialect_of, opened, set_field_limit
from remit_engine.history.csv_rows import CsvRow, CsvRows
from remit_engine.history.headers import unique_names
from remit_engine.history.left_out import shown
from remit_engine.history.mapping import Mapping
from remit_engine.history.source import Batch

BATCH_ROWS: Final = 50_000


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
        with self._path.open("rb") as raw:
            stream = opened(self._path, raw)
            text = io.TextIOWrapper(stream, self._dialect.encoding, errors="replace", newline="")
            rows = CsvRows(text, self._dialect.delimiter, len(self._header))
            rows.skip(self._dialect.skipped)
            numbered = iter(rows)
            next(numbered, None)  # the header
            while some := list(islice(numbered, BATCH_ROWS)):
                progress(min(raw.tell(), size), size)
                yield self._batch(some, left_out)

    def _batch(self, rows: list[CsvRow], left_out: LeftOutSink) -> Batch:
        width = len(self._header)
        whole = [row for row in rows if len(row.cells) == width or self._is_whole(row, left_out)]
        lines = np.fromiter((row.line for row in whole), dtype=np.int64, count=len(whole))
        columns = zip(*(row.cells for row in whole), strict=False) if whole else [()] * width
        arrays = [pa.array(column, pa.string()) for column, _ in zip(columns, self._header, strict=False)]
        return Batch(lines, pa.RecordBatch.from_arrays(arrays, names=list(self._header)))

    def _is_whole(self, row: CsvRow, left_out: LeftOutSink) -> bool:
        """True for a row with nothing beyond the header's last column but empty cells."""
        width = len(self._header)
        if row.quote_open:
            left_out(LeftOutRow(row.line, "A quote is opened and never closed.", shown(row.cells)), "broken")
        elif len(row.cells) < width or any(row.cells[width:]):
            left_out(LeftOutRow(row.line, _ragged(len(row.cells), width), shown(row.cells)), "broken")
        else:
            return True
        return False


def _ragged(cells: int, width: int) -> str:
    return f"The row has {cells} cell{'' if cells == 1 else 's'}, the header has {width}."
