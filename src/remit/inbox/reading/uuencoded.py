"""Files within the text of a mail, as programs wrote them before MIME, and some machines still do (uuencode).

The form: POSIX.1-2017, `uuencode`, historical algorithm: `begin <mode> <name>`, lines that each begin with
their length, `end`.
"""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass
from typing import Final

MOST_BLOCKS: Final = 50
"""Files of one text that are unpacked; the others stay in it as they are."""

_BEGIN: Final = re.compile(rb"^begin [0-7]{3,4} ([^\r\n]{1,300})\r?\n", re.MULTILINE)
_LINE: Final = re.compile(rb"([^\r\n]*)(?:\r?\n|\Z)")
_ZERO: Final = ord(" ")
"""What stands for nothing; the backtick, 64 above it, does too."""
_LONGEST: Final = 62
"""Characters of a line: its length, 60 for 45 bytes, and one that some programs add to check it."""


@dataclass(frozen=True, slots=True)
class Block:
    """A file that stood in a text.

    Attributes:
        name: as it stands there, in bytes of the text's own charset; not harmless yet.
        content: its bytes.
    """

    name: bytes
    content: bytes


def without_blocks(text: bytes) -> tuple[bytes, list[Block]]:
    """A text without the files in it, and these in order.

    Only what is whole to the last byte is a file: a sentence that begins like one stays a sentence.
    """
    kept: list[bytes] = []
    blocks: list[Block] = []
    done = 0
    while len(blocks) < MOST_BLOCKS and (begin := _BEGIN.search(text, done)) is not None:
        content, end, is_whole = _unpacked(text, begin.end())
        kept.append(text[done : begin.start() if is_whole else end])
        if is_whole:
            blocks.append(Block(begin[1].strip(), content))
        done = end
    return b"".join([*kept, text[done:]]), blocks


def _unpacked(text: bytes, start: int) -> tuple[bytes, int, bool]:
    """The bytes of the lines from `start` on, where they end, and whether `end` stands there.

    Where it isn't a file, the end is that of what was looked at, so that no line is looked at twice.
    """
    chunks: list[bytes] = []
    at = start
    while at < len(text):
        found = _LINE.match(text, at)
        if found is None:
            break
        line = found[1]
        if line.rstrip() == b"end":
            return b"".join(chunks), found.end(), True
        chunk = _bytes_of(line)
        if chunk is None:
            break
        chunks.append(chunk)
        at = found.end()
    return b"", at, False


def _bytes_of(line: bytes) -> bytes | None:
    """What a line stands for; None where it is no line of a file. Spaces at its end may have been lost."""
    if not line.strip() or line.strip() == b"`":
        return b""
    count = (line[0] - _ZERO) & 63
    if not _ZERO <= line[0] <= _ZERO + 64 or len(line) > _LONGEST or not count:
        return None
    needed = 1 + (count + 2) // 3 * 4
    try:
        # Beyond what is needed there may be one character to check the line: it says nothing that we need.
        return binascii.a2b_uu(line[:needed]) if len(line) <= needed + 1 else None
    except binascii.Error:
        return None
