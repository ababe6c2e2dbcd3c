"""How a text file is written: its encoding and its delimiter."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, cast

from charset_normalizer import from_bytes

from remit_engine import limits
from remit_engine.errors import InputError

DELIMITERS: Final = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}
_EXCEL_HINT: Final = re.compile(r"sep=(.)", re.IGNORECASE)
_CHUNK: Final = 1 << 20
_SAMPLE_LINES: Final = 200
_GZIP: Final = b"\x1f\x8b"
_WESTERN: Final = frozenset("äöüÄÖÜßéèêëàâáåãçñíìîïóòôõøúùûÿœæÉÈÊÀÁÂÅÃÇÑÍÎÓÔÕØÚÆŒ€£§°«»’‘“”–—…·¿¡ºª´\xa0")
_CONTROL: Final = frozenset(range(32)) - {7, 8, 9, 10, 12, 13, 26, 27}


@dataclass(frozen=True, slots=True)
class CsvDialect:
    """How to read one text file.

    Attributes:
        encoding: a Python codec.
        delimiter: the character between cells.
        skipped: lines before the header (a title, or Excel's "sep=;").
        header: the first row, as it stands.
        body: lines up to the end of the header.
    """

    encoding: str
    delimiter: str
    skipped: int
    header: tuple[str, ...]
    body: int


def opened(path: Path, raw: BinaryIO) -> BinaryIO:
    """The bytes of a file that may be gzipped, read through `raw` so that its position tells the progress."""
    start = raw.read(2)
    raw.seek(0)
    return cast("BinaryIO", gzip.GzipFile(fileobj=raw, filename=path.name)) if start == _GZIP else raw


@contextmanager
def undamaged(path: Path) -> Iterator[None]:
    """Tells a gzip file that ends too early, or is no gzip within, in a sentence."""
    try:
        yield
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise InputError(
            "damaged-file",
            f"{path.name} is a damaged gzip file.",
            "Export it again, or copy it again from where it came.",
        ) from None


def dialect_of(path: Path, encoding: str | None, delimiter: str | None) -> CsvDialect:
    """Find out how a text file is written; what is told wins.

    Raises:
        InputError: an empty file, a binary one, or one without columns.
    """
    with path.open("rb") as raw:
        sample = opened(path, raw).read(_CHUNK)
    if not sample.strip(b"\x00\r\n\t \xef\xbb\xbf\xff\xfe"):
        raise InputError("empty-file", f"{path.name} is empty.", "Export the approvals again.")
    encoding = encoding or _encoding(path, sample)
    lines = _lines(sample, encoding)
    hint = _EXCEL_HINT.fullmatch(lines[0].rstrip()) if lines else None
    hinted = 0 if hint is None else 1
    delimiter = delimiter or (hint[1] if hint else _delimiter(lines, path.name))
    rows = list(csv.reader(lines[hinted:], delimiter=delimiter))
    header_at = _header_at(rows)
    return CsvDialect(
        encoding=encoding,
        delimiter=delimiter,
        skipped=hinted + _lines_of(lines[hinted:], delimiter, header_at),
        header=tuple(rows[header_at]),
        body=hinted + _lines_of(lines[hinted:], delimiter, header_at + 1),
    )


def _lines(sample: bytes, encoding: str) -> list[str]:
    text = codecs.getincrementaldecoder(encoding)("replace").decode(sample).replace("\0", "")
    lines = list(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    whole = lines if len(sample) < _CHUNK else lines[:-1]
    return (whole or lines)[:_SAMPLE_LINES]


def _encoding(path: Path, sample: bytes) -> str:
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if sample.startswith(mark):
            return encoding
    odd, even = sample[1::2].count(0), sample[::2].count(0)
    if max(odd, even) * 4 > len(sample):
        return "utf-16-le" if odd > even else "utf-16-be"
    controls = sum(sample[:65536].count(bytes([code])) for code in _CONTROL)
    if controls * 50 > len(sample[:65536]):
        raise InputError(
            "binary-file",
            f"{path.name} is a binary file, not a table.",
            "Export the approvals as CSV, Parquet or Excel (.xlsx).",
        )
    return "utf-8" if _is_utf8(path) else _eight_bit(path)


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as raw:
        stream = opened(path, raw)
        while chunk := stream.read(_CHUNK):
            yield chunk


def _is_utf8(path: Path) -> bool:
    """Looks at the whole file: a single umlaut in the last line decides."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for chunk in _chunks(path):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _eight_bit(path: Path) -> str:
    """The likeliest encoding of a file that isn't UTF-8, told by its lines with other letters than ASCII."""
    lines: list[bytes] = []
    for chunk in _chunks(path):
        lines += [line for line in chunk.splitlines() if not line.isascii()]
        if len(lines) > _SAMPLE_LINES:
            break
    sample = b"\n".join(lines[:_SAMPLE_LINES])
    try:
        letters = [letter for letter in sample.decode("cp1252") if not letter.isascii()]
    except UnicodeDecodeError:
        letters = []
    if letters and sum(letter in _WESTERN for letter in letters) * 10 >= len(letters) * 9:
        return "cp1252"
    best = from_bytes(sample).best()
    return best.encoding if best is not None else "cp1252"


def _delimiter(lines: list[str], name: str) -> str:
    best = max(DELIMITERS, key=lambda mark: _consistency(lines, mark))
    if _consistency(lines, best)[0] == 0:
        raise InputError(
            "one-column",
            f"{name} has only one column: no comma, semicolon, tab or bar separates its cells.",
            "Export the approvals as CSV with one column for the amount and one for the answer, or "
            "tell the separating character, for example with --map delimiter=tab.",
        )
    return best


def _consistency(lines: list[str], mark: str) -> tuple[float, bool, int]:
    """The share of rows with the commonest number of cells, whether the first is one, and that number.

    The first row tells `Amount;Answer` from the decimal commas below it.
    """
    try:
        cells = [len(row) for row in csv.reader(lines, delimiter=mark) if row]
    except csv.Error:
        cells = []
    if not cells:
        return 0, False, 0
    width, rows = max(Counter(cells).items(), key=lambda item: (item[1], item[0]))
    return (round(rows / len(cells), 1), cells[0] == width, width) if width > 1 else (0, False, 0)


def _header_at(rows: list[list[str]]) -> int:
    """The first row as wide as most rows are."""
    widths = Counter(len(row) for row in rows if row)
    width = max(widths, key=lambda width: (widths[width], width))
    return next(
        place for place, row in enumerate(rows) if len(row) == width or (len(row) > 1 and len(row) >= width)
    )


def _lines_of(lines: list[str], delimiter: str, rows: int) -> int:
    """How many lines the first rows span."""
    reader = csv.reader(lines, delimiter=delimiter)
    for _ in range(rows):
        next(reader)
    return reader.line_num


def set_field_limit() -> None:
    """Let the csv module take fields as long as `limits.FIELD_CHARACTERS`."""
    csv.field_size_limit(limits.FIELD_CHARACTERS)
