"""Where the text of a charter comes from: files, of bounded size, in UTF-8."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath

from remit_engine.charter.reading.unreadable import Unreadable
from remit_engine.limits import CHARTER_BYTES

Resolve = Callable[[str, str], str]
"""Gives the text of an extended charter: its name as written, and the name of the charter that extends it.

One that isn't there is told with an `InputError`; it becomes a finding where the name is written.
"""


@dataclass(frozen=True, slots=True)
class Source:
    """A text to be read.

    Attributes:
        name: of the file, for messages.
        text: what it holds.
        key: what tells it from others; two sources with one key are the same.
    """

    name: str
    text: str
    key: str


def source_from_file(path: Path) -> Source:
    """Read a file.

    Raises:
        Unreadable: it is missing, no file, too large, or not in UTF-8.
    """
    try:
        if stat.S_ISDIR(path.stat().st_mode):
            raise Unreadable("not-a-file", "This is a folder.", "Name the file of the charter in it.")
        with path.open("rb") as file:
            held = file.read(CHARTER_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "no such name"
        raise Unreadable(
            "no-such-file", f"The charter can't be read: {reason}.", "Check its name and folder."
        ) from None
    return Source(str(path), decoded(held), os.path.realpath(path))


def decoded(held: bytes) -> str:
    """Bytes as text.

    Raises:
        Unreadable: there are too many, or they aren't UTF-8.
    """
    if len(held) > CHARTER_BYTES:
        raise Unreadable(
            "too-large", f"The charter has more than {CHARTER_BYTES:,} bytes.", "Leave out what isn't used."
        )
    try:
        return held.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = held[: error.start]
        raise Unreadable(
            "not-utf-8",
            "This isn't text in UTF-8.",
            "Save the file as UTF-8; it may be a workbook, a picture, or text in an older encoding.",
            before.count(b"\n") + 1,
            error.start - before.rfind(b"\n"),
        ) from None


def file_beside(name: str, relative_to: str) -> Source:
    """The charter that a file extends: a path relative to that file.

    Raises:
        Unreadable: the path is absolute, or what it names can't be read or is no plain file.
    """
    if PurePosixPath(name).is_absolute() or PureWindowsPath(name).anchor or "://" in name:
        raise Unreadable(
            "not-beside",
            f"{name[:100]!r} is no path beside this file.",
            "Write it relative: extend: organisation.yaml.",
        )
    path = Path(relative_to).parent / name
    try:
        is_plain = stat.S_ISREG(path.stat().st_mode)
    except (OSError, ValueError):
        is_plain = False
    if not is_plain:
        raise Unreadable(
            "no-such-file", f"There is no file {str(path)[:300]!r}.", "Check the path after extend."
        )
    return source_from_file(path)
