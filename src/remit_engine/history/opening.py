"""Which form a file has: told by what stands in it, then by its name."""

from __future__ import annotations

from pathlib import Path

from remit_engine.errors import InputError
from remit_engine.history.csv_source import CsvSource
from remit_engine.history.mapping import Mapping
from remit_engine.history.source import Source


def open_source(path: Path, mapping: Mapping) -> Source:
    """The source for a file.

    Raises:
        InputError: no such file, a directory, no permission, nothing in it, or a form that isn't read.
    """
    _check(path)
    return CsvSource.of(path, mapping)


def _check(path: Path) -> None:
    name = path.name or str(path)
    if path.is_dir():
        raise InputError("directory", f"{name} is a folder.", "Name one file of approvals.", path=str(path))
    try:
        with path.open("rb"):
            pass
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
