"""A text file in blocks of whole rows, with the line on which each row begins.

A block is UTF-8 whatever the file is written in, so that Arrow can split it into cells. Where rows begin is
told by the quotes: a line break ends a row when an even number of quotes stands before it. Where a quote was
lost that count disagrees with what Arrow finds, and the block is split with care instead (`csv_rows`).
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

import numpy as np
import numpy.typing as npt

from remit_engine.history.table import Integers

BLOCK_BYTES: Final = 4 << 20
_NEWLINE: Final = ord("\n")
_RETURN: Final = ord("\r")
_QUOTE: Final = ord('"')


@dataclass(frozen=True, slots=True)
class Block:
    """Some lines of a file.

    Attributes:
        text: the lines, UTF-8.
        line: the line of the file on which the block begins.
        last: True for the last block of the file.
    """

    text: bytes
    line: int
    last: bool


def decoded(stream: BinaryIO, encoding: str) -> Iterator[bytes]:
    """The text of a file as UTF-8, piece by piece; bytes that aren't letters become the replacement sign."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    only_returns: bool | None = None
    while True:
        piece = stream.read(BLOCK_BYTES)
        text = decoder.decode(piece, final=not piece).replace("\0", "")
        if only_returns is None:
            only_returns = "\r" in text and "\n" not in text  # how old Macs end lines
        yield (text.replace("\r", "\n") if only_returns else text).encode()
        if not piece:
            return


class Blocks:
    """Cuts text into blocks of whole lines; what a reader couldn't finish comes again with the next block.

    Args:
        pieces: the text.
        skipped: lines before the first row (the header, and what stands before it).
    """

    def __init__(self, pieces: Iterator[bytes], skipped: int) -> None:
        self._pieces = pieces
        self._carried = b""
        self._line = 1
        self._skipped = skipped

    def carry(self, text: bytes) -> None:
        """Give back the end of a block: a row that goes on in the next."""
        self._carried = text + self._carried
        self._line -= text.count(b"\n")

    def __iter__(self) -> Iterator[Block]:
        for piece in self._pieces:
            text = self._after_skipped(self._carried + piece)
            cut = text.rfind(b"\n") + 1
            self._carried = text[cut:]
            if cut:
                yield self._block(text[:cut], last=False)
        if self._carried and not self._skipped:
            text, self._carried = self._carried, b""
            yield self._block(text, last=True)

    def _after_skipped(self, text: bytes) -> bytes:
        while self._skipped and (end := text.find(b"\n") + 1):
            text = text[end:]
            self._skipped -= 1
            self._line += 1
        return text

    def _block(self, text: bytes, *, last: bool) -> Block:
        block = Block(text, self._line, last)
        self._line += text.count(b"\n")
        return block


@dataclass(frozen=True, slots=True)
class RowStarts:
    """Where the rows of a block begin and end.

    Attributes:
        lines: the line of each row; empty lines are no rows.
        whole: bytes of the block up to the end of its last whole row.
        one_line_each: no row spans lines.
    """

    lines: Integers
    whole: int
    one_line_each: bool


def row_starts(block: Block) -> RowStarts | None:
    """Tell the rows of a block by its quotes; None where some line ends with a lone carriage return."""
    letters = np.frombuffer(block.text, dtype=np.uint8)
    breaks = np.flatnonzero(letters == _NEWLINE)
    if block.text.count(b"\r") != block.text.count(b"\r\n"):
        return None
    if block.last and not block.text.endswith(b"\n"):
        breaks = np.append(breaks, len(letters))
    is_end = np.searchsorted(np.flatnonzero(letters == _QUOTE), breaks) % 2 == 0
    ends = np.flatnonzero(is_end)
    starts = np.concatenate(([0], ends[:-1] + 1)) if len(ends) else ends
    filled = _filled(letters, breaks, starts, ends)
    whole = min(int(breaks[ends[-1]]) + 1, len(letters)) if len(ends) else 0
    return RowStarts(block.line + starts[filled], whole, bool(is_end.all()))


def _filled(
    letters: npt.NDArray[np.uint8], breaks: Integers, starts: Integers, ends: Integers
) -> npt.NDArray[np.bool_]:
    """False for rows that are empty lines."""
    begin = np.where(starts == 0, 0, breaks[starts - 1] + 1)
    length = breaks[ends] - begin
    return_only = (length == 1) & (letters[np.minimum(begin, len(letters) - 1)] == _RETURN)
    return np.asarray((length > 0) & ~return_only)
