"""How large a workbook is once it is unfolded, worked out before anything of it is.

A workbook is a packed folder, and its reader lays every sheet out as a whole: a file of some kilobytes with
one cell at the far end of its sheet takes more memory than any machine has. So sizes are counted in a stream.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

from remit_engine.errors import InputError

MOST_BYTES: Final = 500_000_000
"""Of all that is packed in it."""
MOST_CELLS: Final = 25_000_000
"""Of one sheet, empty ones among them: a million rows of twenty-five columns."""
_PIECE: Final = 1 << 20
_LONGEST_TAG: Final = 1 << 16
_LONGEST_NAME: Final = 1 << 10
_BEGUN: Final = re.compile(
    rb"<(?:[^\s<>/:]*:)?(row|c|table|table-row|table-cell|covered-table-cell)(?=[\s/>])"
)
_TAG: Final = re.compile(_BEGUN.pattern + rb"""((?:[^>"']|"[^"]*"|'[^']*')*)>""")
_LETTERS: Final = re.compile(rb'<c r="([A-Z]{1,9})\d')
_ROWS: Final = re.compile(rb'<row r="(\d{1,9})"|<c r="[A-Z]*(\d{1,9})"')
_PLACE: Final = re.compile(rb"""(?:^|\s)r=["']([A-Za-z]{0,9})(\d{0,9})["']""")
_REPEATED: Final = re.compile(rb"""number-(?:rows|columns)-repeated=["'](\d{1,12})["']""")


def need_modest(path: Path) -> None:
    """Refuse a workbook that unfolds into more than a machine holds; one that is damaged passes.

    Raises:
        InputError: it is too large inside.
    """
    if not zipfile.is_zipfile(path):
        return
    try:
        with zipfile.ZipFile(path) as packed:
            left = MOST_BYTES
            for each in packed.infolist():
                with packed.open(each) as member:
                    left -= _unfolded(member, left, path.name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError):
        return  # whoever reads it says in words what is wrong with it


def _unfolded(member: IO[bytes], most: int, file: str) -> int:
    """The bytes of one part; whatever its name is, it may be a sheet, so cells are counted."""
    size, cells = 0, _Sheet(file)
    for piece in _pieces(member):
        size += len(piece)
        if size > most:
            raise _too_large(file)
        cells.read(piece)
    return size


def _pieces(member: IO[bytes]) -> Iterator[bytes]:
    while piece := member.read(_PIECE):
        yield piece


class _Sheet:
    """Counts how far a sheet reaches, tag by tag.

    Args:
        file: its name, for the sentence.
    """

    def __init__(self, file: str) -> None:
        self._file = file
        self._rest = b""
        self._row = self._column = self._rows = self._columns = 0

    def read(self, piece: bytes) -> None:
        """The next bytes; a tag that is cut stays for the ones after."""
        text = self._rest + piece
        end = text.rfind(b"<")
        if end > 0 and _says_all_places(text):
            self._at_once(text[:end])
        else:
            end = 0
            for tag in _TAG.finditer(text):
                end = tag.end()
                self._tag(tag[1], tag[2])
        begun = _BEGUN.search(text, end)
        self._rest = text[begun.start() if begun else max(end, len(text) - _LONGEST_NAME) :]
        if len(self._rest) > _LONGEST_TAG:
            raise _too_large(self._file)

    def _at_once(self, text: bytes) -> None:
        """Tags that all say where they stand, as every usual program writes them."""
        places = {row or cell for row, cell in _ROWS.findall(text)}
        self._row = max(map(int, places), default=self._row)
        columns = set(_LETTERS.findall(text))
        self._reaches(self._row, max(map(_column, columns), default=0))

    def _reaches(self, row: int, column: int) -> None:
        self._rows, self._columns = max(self._rows, row), max(self._columns, column)
        if self._rows * self._columns > MOST_CELLS:
            raise _too_large(self._file)

    def _tag(self, name: bytes, said: bytes) -> None:
        place, repeated = _PLACE.search(said), _REPEATED.search(said)
        times = int(repeated[1]) if repeated else 1
        if name == b"table":
            self._row = self._rows = self._columns = 0
        elif name in {b"row", b"table-row"}:
            self._row = int(place[2]) if place and place[2] else self._row + times
            self._column = 0
        else:
            self._column = _column(place[1]) if place and place[1] else self._column + times
        if name not in {b"row", b"table", b"table-row"} and not _is_empty(name, said):
            self._reaches(self._row, self._column)


def _says_all_places(text: bytes) -> bool:
    """Whether each row and each cell begins with its place, and none has a prefix or stands in quotes."""
    placed = text.count(b'<c r="') + text.count(b'<row r="')
    others = sum(
        map(text.count, (b"<cols", b"<col ", b"<conditionalFormatting", b"<cfRule", b"<customSheet"))
    )
    tags = text.count(b"<c") + text.count(b"<r") - others
    return placed == tags and b":c" not in text and b":row" not in text and b"<table" not in text


def _is_empty(name: bytes, said: bytes) -> bool:
    """Whether a cell holds nothing: OpenDocument fills every sheet up to its end with one such."""
    return name in {b"table-cell", b"covered-table-cell"} and said.endswith(b"/") and b"value" not in said


def _column(letters: bytes) -> int:
    """The place of a column, counted from 1: `AA` is 27."""
    place = 0
    for letter in letters.upper():
        place = place * 26 + letter - ord("A") + 1
    return place


def _too_large(name: str) -> InputError:
    return InputError(
        "too-large-inside",
        f"{name} unfolds into a table that is far too large.",
        "Delete what lies far below or beside the table, or export the sheet as CSV.",
    )
