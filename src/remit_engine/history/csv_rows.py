"""Rows of a block of text, split one by one, also where a quote is never closed."""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

from remit_engine import limits
from remit_engine.history.csv_blocks import Block


class CsvRow(NamedTuple):
    """One row. `quote_open` is True for a line whose quote is never closed; `cells` is then that line."""

    line: int
    cells: list[str]
    quote_open: bool = False


class CsvRows:
    """Splits a block into rows.

    A row may span lines, within quotes. If such a row doesn't have as many cells as the header, its first
    line has lost a quote and would swallow good rows: that line is given out alone, the others are split
    anew. A row that isn't finished when the block ends is left in `rest`.
    """

    def __init__(self, block: Block, delimiter: str, width: int) -> None:
        self._lines = iter(io.StringIO(block.text.decode(), newline=""))
        self._delimiter = delimiter
        self._width = width
        self._last = block.last
        self._line = block.line
        self._again: deque[str] = deque()
        self._taken: list[str] = []
        self._ended = False
        self.rest = b""

    def __iter__(self) -> Iterator[CsvRow]:
        reader = self._reader()
        while (cells := self._next(reader)) is not None:
            if self._goes_on():
                self.rest = "".join(self._taken).encode()
                return
            if self._lost_a_quote(cells):
                yield self._first_line_alone()
                reader = self._reader()
                continue
            if cells:
                yield CsvRow(self._line, cells)
            self._line += len(self._taken)
            self._taken.clear()

    def _next(self, reader: Iterator[list[str]]) -> list[str] | None:
        """The next row's cells; None at the end; one more cell than any row has where a field is too long."""
        try:
            return next(reader, None)
        except csv.Error:
            return [""] * (limits.SOURCE_COLUMNS + 1)

    def _reader(self) -> Iterator[list[str]]:
        return csv.reader(self._each_line(), delimiter=self._delimiter)

    def _each_line(self) -> Iterator[str]:
        while True:
            line = self._again.popleft() if self._again else next(self._lines, None)
            if line is None:
                self._ended = True
                return
            self._taken.append(line)
            yield line

    def _goes_on(self) -> bool:
        """True when the block ends within quotes that were opened not too long ago."""
        return self._ended and not self._last and sum(map(len, self._taken)) < limits.FIELD_CHARACTERS

    def _lost_a_quote(self, cells: list[str]) -> bool:
        if len(cells) > limits.SOURCE_COLUMNS:
            return True
        odd = sum(line.count('"') for line in self._taken) % 2 == 1
        return (len(self._taken) > 1 and odd) or (
            (self._ended or len(self._taken) > 1) and len(cells) != self._width
        )

    def _first_line_alone(self) -> CsvRow:
        first, *others = self._taken
        self._again.extendleft(reversed(others))
        self._taken.clear()
        self._ended = False
        self._line += 1
        return CsvRow(self._line - 1, [first.rstrip("\r\n")], quote_open=True)
