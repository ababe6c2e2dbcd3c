"""Rows of a text file with the lines on which they begin, also where a quote is never closed."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CsvRow:
    """One row. `quote_open` is True for a line whose quote is never closed; `cells` is then that line."""

    line: int
    cells: list[str]
    quote_open: bool = False


class CsvRows:
    """Splits lines into rows.

    A row may span lines, within quotes. If such a row doesn't have as many cells as the header, its first
    line has lost a quote and would swallow good rows: that line is given out alone, the others are split anew.
    """

    def __init__(self, lines: Iterable[str], delimiter: str, width: int) -> None:
        self._lines = iter(lines)
        self._delimiter = delimiter
        self._width = width
        self._again: deque[str] = deque()
        self._taken: list[str] = []
        self._line = 1

    def skip(self, lines: int) -> None:
        """Pass over some lines."""
        for _ in range(lines):
            next(self._lines, None)
        self._line += lines

    def __iter__(self) -> Iterator[CsvRow]:
        reader = self._reader()
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:  # a field beyond the limit: a quote was never closed
                cells = None
            span = len(self._taken)
            if span > 1 and (cells is None or self._lost_a_quote(cells)):
                yield self._first_line_alone()
                reader = self._reader()
                continue
            if cells is None:
                yield CsvRow(self._line, [self._taken[0]], quote_open=True)
                reader = self._reader()
            elif cells:
                yield CsvRow(self._line, cells)
            self._line += span
            self._taken.clear()

    def _reader(self) -> Iterator[list[str]]:
        return csv.reader(self._each_line(), delimiter=self._delimiter)

    def _each_line(self) -> Iterator[str]:
        while True:
            line = self._again.popleft() if self._again else next(self._lines, None)
            if line is None:
                return
            if "\0" in line:
                line = line.replace("\0", "")
            self._taken.append(line)
            yield line

    def _lost_a_quote(self, cells: list[str]) -> bool:
        return len(cells) != self._width or sum(line.count('"') for line in self._taken) % 2 == 1

    def _first_line_alone(self) -> CsvRow:
        first, *rest = self._taken
        self._again.extendleft(reversed(rest))
        self._taken.clear()
        self._line += 1
        return CsvRow(self._line - 1, [first.rstrip("\r\n")], quote_open=True)
