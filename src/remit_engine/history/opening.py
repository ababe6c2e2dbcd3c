"""Which form a file has: told by what stands in it, then by its name."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Final

from remit_engine.errors import InputError
from remit_engine.history.account import Progress
from remit_engine.history.csv_dialect import undamaged
from remit_engine.history.csv_source import CsvSource
from remit_engine.history.excel_source import ExcelSource
from remit_engine.history.mapping import Mapping
from remit_engine.history.parquet_source import ParquetSource
from remit_engine.history.source import Source
from remit_engine.history.xes import XesSource

_START: Final = 4096
_OTHERS: Final = {
    b"%PDF": "a PDF document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"SQLite format 3": "a database",
    b"7z\xbc\xaf": "an archive",
    b"Rar!": "an archive",
    b"\x7fELF": "a program",
    b"MZ\x90": "a program",
    b"ARROW1": "an Arrow file",
}
_MARKUP: Final = (b"<?xml", b"<!doctype", b"<html", b"<table", b"<log")


def open_source(path: Path, mapping: Mapping, progress: Progress) -> Source:
    """The source for a file.

    Raises:
        InputError: no such file, a folder, no permission, nothing in it, or a form that isn't read.
    """
    start = _start(path)
    if start.startswith(b"PAR1"):
        return ParquetSource(path)
    if start.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return ExcelSource.of(path, mapping)
    kind = next((kind for sign, kind in _OTHERS.items() if start.startswith(sign)), None)
    if kind is not None:
        raise _not_a_table(path, kind)
    if start.lstrip(b"\xef\xbb\xbf \r\n\t").startswith((b"{", b"[{")):
        raise _not_a_table(path, "a JSON file")
    if start.lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(_MARKUP):
        if b"<log" in start or path.name.lower().removesuffix(".gz").endswith(".xes"):
            return XesSource(path, progress)
        raise _not_a_table(path, "a page or document in XML or HTML")
    return CsvSource.of(path, mapping)


def _not_a_table(path: Path, kind: str) -> InputError:
    return InputError(
        "not-a-table",
        f"{path.name} is {kind}, not a table of approvals.",
        "Export the approvals as CSV, Parquet or Excel (.xlsx).",
        kind=kind,
    )


def _start(path: Path) -> bytes:
    """The first bytes, unpacked."""
    name = path.name or str(path)
    if path.is_dir():
        raise InputError("directory", f"{name} is a folder.", "Name one file of approvals.", path=str(path))
    try:
        with undamaged(path), path.open("rb") as raw:
            start = raw.read(_START)
            if not start.startswith(b"\x1f\x8b"):
                return start
            raw.seek(0)
            return gzip.GzipFile(fileobj=raw).read(_START)
    except FileNotFoundError:
        raise InputError(
            "no-such-file", f"There is no file {path}.", "Check its name and folder.", path=str(path)
        ) from None
    except PermissionError:
        raise InputError(
            "no-permission",
            f"{name} may not be read.",
            "Ask for the permission to read it, or copy it to your own folder.",
            path=str(path),
        ) from None
    except OSError as error:
        raise InputError(
            "unreadable-file",
            f"{name} can't be read: {error.strerror}.",
            "Copy it to another place and try again.",
            path=str(path),
        ) from None
