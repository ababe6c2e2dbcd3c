"""XES as a `Source`: parsed once into a temporary file of rows, read from there as often as needed.

The attributes of XES are not declared, so that only the end of the file tells which columns there are
and of which type; parsing again for every look would cost more than all the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, Final
from weakref import finalize

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from remit_engine.errors import InputError
from remit_engine.history.account import LeftOutSink, Progress
from remit_engine.history.events.moments import moments_of_words
from remit_engine.history.source import Batch
from remit_engine.history.xes.parsing import Event, Tally, events_of

_ROWS: Final = 32_768
_LINE: Final = "\0line"
_REGULAR: Final = {
    "date": r"^\s*\d{4}-\d{2}-\d{2}(T|$)",
    "int": r"^\s*[+-]?\d{1,18}\s*$",
    "float": r"^\s*[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?\s*$",
    "boolean": r"^\s*(true|false|0|1)\s*$",
}
"""How the values of each kind are written; a column with another value in it stays words."""
_OFFSET: Final = r"(Z|[+-]\d{2}:\d{2})\s*$"


class XesSource:
    """The events of an XES file, one row each.

    Columns are the keys of the attributes; those of the trace begin with `case:`. Strings and ids are
    words, dates are timestamps (in UTC when any has an offset), int, float and boolean are themselves;
    a column that mixes types, or holds a value that isn't of its type, is words as written. A row's
    line is the line on which the event begins.

    Args:
        path: the file, plain or gzipped (told by its first bytes, not by its name).
        progress: told while the file is parsed, in bytes.
    """

    form = "XES"

    def __init__(self, path: Path, progress: Progress | None = None) -> None:
        self._path = Path(path)
        self._progress = progress

    @property
    def name(self) -> str:
        """The file's name, without folders."""
        return self._path.name

    @property
    def header(self) -> tuple[str, ...]:
        """The keys of all attributes, in the order in which they are first met."""
        return tuple(self._rows.types)

    @property
    def details(self) -> tuple[tuple[str, str], ...]:
        """Pairs to show: traces, and what was passed over."""
        tally = self._rows.tally
        details = [("traces", f"{tally.traces:,}")]
        if tally.unnamed:
            details.append(("traces without a name, numbered", f"{tally.unnamed:,}"))
        if tally.nested:
            details.append(("nested attributes passed over", f"{tally.nested:,}"))
        if tally.beyond:
            details.append(("attributes passed over, too many keys", f"{tally.beyond:,}"))
        return tuple(details)

    def batches(self, left_out: LeftOutSink, progress: Progress) -> Iterator[Batch]:  # noqa: ARG002
        """The events in the order of the file; no row of XES is left out here.

        Raises:
            InputError: not XES, broken, cut off, or without an event.
        """
        if "_rows" not in self.__dict__ and self._progress is None:
            self._progress = progress
        yield from self._rows.batches()

    @cached_property
    def _rows(self) -> _Rows:
        rows = _Rows()
        total = self._path.stat().st_size

        def advanced(done: int) -> None:
            if self._progress:
                self._progress(done, total)

        for event in events_of(self._path, rows.tally, advanced):
            rows.add(event)
        rows.end()
        if not rows.seen:
            raise InputError(
                "no-events",
                f"{self.name} holds no events.",
                "Export the log with its events, not only its cases.",
            )
        return rows


class _Rows:
    """Rows in a temporary file, which the operating system takes away with the last reference."""

    def __init__(self) -> None:
        self.tally = Tally()
        self.seen = 0
        self.types: dict[str, pa.DataType] = {}
        self._file = TemporaryFile(prefix="remit-xes-")  # noqa: SIM115  # lives as long as the rows
        finalize(self, self._file.close)
        self._starts: list[int] = []
        self._with_offset: set[str] = set()
        self._columns: dict[str, list[str | None]] = {}
        self._lines: list[int] = []

    def add(self, event: Event) -> None:
        place = len(self._lines)
        self._lines.append(event.line)
        for key, value in event.attributes.items():
            column = self._columns.setdefault(key, [])
            column += [None] * (place - len(column))
            column.append(value)
        if len(self._lines) == _ROWS:
            self._write()

    def end(self) -> None:
        if self._lines:
            self._write()
        self.types = {key: self._type(key, kinds) for key, kinds in self.tally.kinds.items()}

    def _write(self) -> None:
        rows = len(self._lines)
        columns: dict[str, pa.Array[Any]] = {_LINE: pa.array(self._lines, pa.int64())}
        for key, values in self._columns.items():
            columns[key] = pa.array(values + [None] * (rows - len(values)), pa.string())
            self._learn(key, columns[key])
        batch = pa.RecordBatch.from_pydict(columns)
        self._starts.append(self._file.seek(0, 2))
        options = pa.ipc.IpcWriteOptions(compression="lz4")
        with pa.ipc.new_stream(self._file, batch.schema, options=options) as stream:
            stream.write_batch(batch)
        self.seen += rows
        self._columns, self._lines = {}, []

    def _learn(self, key: str, values: pa.Array[Any]) -> None:
        """See whether a column's values are written as their kind has it."""
        kinds = self.tally.kinds[key]
        for kind in kinds & _REGULAR.keys():
            widest = "float" if kinds == {"int", "float"} else kind
            if not pc.all(pc.match_substring_regex(values, _REGULAR[widest])).as_py():
                kinds.add("string")
        if "date" in kinds and pc.any(pc.match_substring_regex(values, _OFFSET)).as_py():
            self._with_offset.add(key)

    def _type(self, key: str, kinds: set[str]) -> pa.DataType:
        if kinds == {"date"}:
            return pa.timestamp("us", tz="UTC" if key in self._with_offset else None)
        if kinds == {"int"}:
            return pa.int64()
        if kinds <= {"int", "float"}:
            return pa.float64()
        return pa.bool_() if kinds == {"boolean"} else pa.string()

    def batches(self) -> Iterator[Batch]:
        for start in self._starts:
            self._file.seek(start)
            with pa.ipc.open_stream(self._file) as stream:
                rows = stream.read_next_batch()
            columns = [self._typed(rows, key, kind) for key, kind in self.types.items()]
            lines = np.asarray(rows.column(_LINE), dtype=np.int64)
            yield Batch(lines, pa.RecordBatch.from_arrays(columns, list(self.types)))

    def _typed(self, rows: pa.RecordBatch, key: str, kind: pa.DataType) -> pa.Array[Any]:
        if key not in rows.schema.names:
            return pa.array([None] * rows.num_rows, kind)
        words = rows.column(key)
        if pa.types.is_string(kind):
            return words
        if pa.types.is_timestamp(kind):
            return _moments(words, kind)
        typed: pa.Array[Any] = pc.utf8_trim_whitespace(words).cast(kind)
        return typed


def _moments(words: pa.Array[Any], kind: pa.DataType) -> pa.Array[Any]:
    """Moments of one batch in the type of the whole column: without an offset they are taken for UTC."""
    moments = moments_of_words(pa.chunked_array([words])).combine_chunks()
    return moments.cast(kind)
