"""Cells and lines of text files: blocks, quotes that span lines, quotes that were lost."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.examples import examples

from remit_engine.history import csv_blocks
from remit_engine.history.account import LeftOutRow
from remit_engine.history.csv_dialect import CsvDialect
from remit_engine.history.csv_source import CsvSource

HEAD = "a,b,c\n"


def cells_of(folder, text, block_bytes, monkeypatch):
    monkeypatch.setattr(csv_blocks, "BLOCK_BYTES", block_bytes)
    path = folder / "log.csv"
    path.write_bytes((HEAD + text).encode())
    source = CsvSource(path, CsvDialect("utf-8", ",", 0, ("a", "b", "c"), 1))
    left: list[LeftOutRow] = []
    rows = {}
    for batch in source.batches(lambda row, _code: left.append(row), lambda _done, _total: None):
        cells = zip(*(column.to_pylist() for column in batch.columns.columns), strict=True)
        rows |= dict(zip(batch.lines.tolist(), cells, strict=True))
    return rows, {row.line: row.reason for row in left}


cells = st.text(st.sampled_from('ab",\n é'), max_size=6)
blocks = st.sampled_from([1, 7, 64, 1 << 20])


def is_closed(line):
    try:
        list(csv.reader([line], strict=True))
    except csv.Error:
        return False
    return line.count('"') % 2 == 0


@pytest.fixture(scope="module")
def patch():
    with pytest.MonkeyPatch.context() as context:
        yield context


@settings(max_examples=examples(200), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    rows=st.lists(st.tuples(cells, cells, cells), max_size=12),
    end=st.sampled_from(["\n", "\r\n"]),
    size=blocks,
)
def test_what_a_csv_writer_writes_is_split_back(tmp_path_factory, patch, rows, end, size):
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator=end).writerows(rows)
    read, left = cells_of(tmp_path_factory.mktemp("log"), out.getvalue(), size, patch)
    assert not left
    assert list(read.values()) == rows


@settings(max_examples=examples(200), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.text(st.sampled_from('ab",\n'), max_size=60), size=blocks)
@example(text='1,2,"x\n4,5,6\n', size=7)
def test_the_size_of_blocks_changes_nothing_where_no_quote_is_lost(tmp_path_factory, patch, text, size):
    if not all(map(is_closed, text.split("\n"))):
        return
    folder = tmp_path_factory.mktemp("log")
    assert cells_of(folder, text, size, patch) == cells_of(folder, text, 1 << 20, patch)


@settings(max_examples=examples(200), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.text(st.sampled_from('ab",\n'), max_size=60), size=blocks)
def test_no_line_is_told_twice_or_lost(tmp_path_factory, patch, text, size):
    read, left = cells_of(tmp_path_factory.mktemp("log"), text, size, patch)
    assert not read.keys() & left.keys()
    filled = {line for line, each in enumerate((HEAD + text).split("\n"), 1) if each and line > 1}
    spanning = sum(cell.count("\n") for row in read.values() for cell in row)
    assert len(read) + len(left) >= len(filled) - spanning
    assert read.keys() | left.keys() <= filled


@pytest.mark.parametrize("size", [5, 1 << 20])
def test_a_lost_quote_costs_one_line(tmp_path, monkeypatch, size):
    text = '1,x,y\n2,"lost,y\n3,x,y\n4,"two\nlines",y\n5,5" pipe,y\n6,x\n7,x,y,,\n8,x,y'
    read, left = cells_of(tmp_path, text, size, monkeypatch)
    assert list(read) == [2, 4, 5, 7, 9, 10]
    assert read[5] == ("4", "two\nlines", "y")
    assert read[7] == ("5", '5" pipe', "y")
    assert left == {
        3: "A quote is opened and never closed.",
        8: "The row has 2 cells, the header has 3.",
    }
