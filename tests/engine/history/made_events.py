"""Events made by tests: as a table in memory, and written as XES."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from lxml import etree

from remit_engine.history.source import Batch

SHARED = Path(__file__).parents[4] / "shared" / "data"


class TableSource:
    """A table of events as a `Source`, in batches of a chosen size."""

    form = "Parquet"
    details = ()

    def __init__(self, table: pa.Table, rows: int = 65_536, name: str = "events.parquet") -> None:
        self._table = table
        self._rows = rows
        self.name = name
        self.read = 0

    @classmethod
    def of(cls, path: Path) -> TableSource:
        return cls(pq.read_table(path), name=path.name)

    @property
    def header(self):
        return tuple(self._table.column_names)

    def batches(self, left_out, progress) -> Iterator[Batch]:
        self.read += 1
        line = 1
        for batch in self._table.to_batches(max_chunksize=self._rows):
            yield Batch(np.arange(line, line + len(batch), dtype=np.int64), batch)
            line += len(batch)
            progress(line - 1, len(self._table))


class Heard:
    """What a source left out, as (line, code), with the reasons."""

    def __init__(self):
        self.rows = []
        self.reasons = {}

    def __call__(self, row, code):
        self.rows.append((row.line, code))
        self.reasons[code] = row.reason

    def count(self, code):
        return sum(1 for _, found in self.rows if found == code)


def no_progress(done, total):
    """Nobody watches."""


def all_rows(source, heard=None):
    """All rows of a source as dictionaries, with their lines under `line`."""
    rows = []
    for batch in source.batches(heard or Heard(), no_progress):
        assert tuple(batch.columns.schema.names) == source.header
        rows += [
            {**row, "line": int(line)}
            for row, line in zip(batch.columns.to_pylist(), batch.lines, strict=True)
        ]
    return rows


def write_xes(
    path: Path, traces: Sequence[tuple[dict, Sequence[dict]]], namespace="http://www.xes-standard.org/"
):
    """Write traces (attributes, events) as XES; a value's Python type tells its kind."""
    braces = f"{{{namespace}}}" if namespace else ""
    log = etree.Element(f"{braces}log", nsmap={None: namespace} if namespace else None)
    for attributes, events in traces:
        trace = etree.SubElement(log, f"{braces}trace")
        _write_attributes(trace, attributes, braces)
        for event in events:
            _write_attributes(etree.SubElement(trace, f"{braces}event"), event, braces)
    path.write_bytes(etree.tostring(log, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _write_attributes(element, attributes, braces):
    for key, value in attributes.items():
        kind, text = written(value)
        etree.SubElement(element, f"{braces}{kind}", key=key, value=text)


def written(value):
    match value:
        case bool():
            return "boolean", str(value).lower()
        case int():
            return "int", str(value)
        case float():
            return "float", repr(value)
        case datetime():
            return "date", value.isoformat(timespec="milliseconds")
        case _:
            return "string", value
