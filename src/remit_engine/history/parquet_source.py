"""Parquet files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from remit_engine.errors import InputError
from remit_engine.history.account import LeftOutSink, Progress
from remit_engine.history.headers import unique_names
from remit_engine.history.source import Batch

BATCH_ROWS: Final = 50_000


class ParquetSource:
    """A Parquet file, read group by group. Lines are rows, counted from 1; progress is told in rows."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            with pq.ParquetFile(path) as file:
                self._header = unique_names(file.schema_arrow.names)
                self._rows = file.metadata.num_rows
        except (pa.ArrowException, OSError) as error:
            raise self._damaged() from error

    @property
    def name(self) -> str:
        """The file's name, without folders."""
        return self._path.name

    @property
    def form(self) -> str:
        """The form in words."""
        return "Parquet"

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the columns, unique."""
        return self._header

    @property
    def details(self) -> tuple[tuple[str, str], ...]:
        """Nothing needs to be told: a Parquet file knows its types."""
        return ()

    def batches(self, left_out: LeftOutSink, progress: Progress) -> Iterator[Batch]:  # noqa: ARG002 -- every row is one
        """The rows, with the types that the file knows."""
        try:
            with pq.ParquetFile(self._path) as file:
                first = 1
                for rows in file.iter_batches(BATCH_ROWS):
                    lines = np.arange(first, first + rows.num_rows, dtype=np.int64)
                    yield Batch(lines, rows.rename_columns(list(self._header)))
                    first += rows.num_rows
                    progress(first - 1, self._rows)
        except (pa.ArrowException, OSError) as error:
            raise self._damaged() from error

    def _damaged(self) -> InputError:
        return InputError(
            "damaged-file",
            f"{self._path.name} is a damaged Parquet file.",
            "Export it again, or copy it again from where it came.",
        )
