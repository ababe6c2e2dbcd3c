"""What every reader of a form (CSV, Parquet, Excel, events) offers to the one place that types columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import pyarrow as pa

from remit_engine.history.account import LeftOutSink, Progress
from remit_engine.history.table import Integers


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows of a source, in its order.

    Attributes:
        lines: int64, where each row begins in the source (1 is the first line or row).
        columns: the rows; columns are strings (as written) or what the form already knows
            (numbers, timestamps, booleans, dictionaries of strings). Null is an empty cell.
    """

    lines: Integers
    columns: pa.RecordBatch


class Source(Protocol):
    """A form that can be read once, in batches of bounded size.

    Attributes:
        name: the file's name, without folders.
        form: "CSV", "Parquet", "Excel", "event table", "XES".
        header: the names of the columns.
    """

    @property
    def name(self) -> str:
        """The file's name, without folders."""

    @property
    def form(self) -> str:
        """The form in words."""

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the columns, unique."""

    @property
    def details(self) -> tuple[tuple[str, str], ...]:
        """Pairs to show, for example ("encoding", "utf-8")."""

    def batches(self, left_out: LeftOutSink, progress: Progress) -> Iterator[Batch]:
        """The rows, batch by batch; rows that aren't rows (too few cells) go to `left_out`.

        May be called more than once: the first rows are looked at to tell the columns, then all are read.
        """
