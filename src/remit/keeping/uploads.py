"""Uploads into a backup and out of it: a tar, one file after the other, so that their number is no matter.

A file is written before the write that names it ends, and never changed: whatever a snapshot names is on the
disk. More may come or go while they are copied. One that no row names does no harm.
"""

from __future__ import annotations

import os
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Final, cast

from remit.keeping.archive import PartWriting
from remit_engine.errors import InputError

_BLOCK: Final = 1 << 20


def pack(folder: Path, into: PartWriting, told: Callable[[int], None] = lambda _files: None) -> None:
    """Write every file below a folder.

    Args:
        folder: may be missing.
        into: its count becomes that of the files.
        told: hears how many are done.
    """
    with tarfile.open(fileobj=cast("IO[bytes]", into), mode="w|", format=tarfile.PAX_FORMAT) as tar:
        for path in _files(folder):
            _pack_one(tar, path, path.relative_to(folder).as_posix(), into)
            tar.members.clear()  # type: ignore[attr-defined]  # it keeps them all, else
            told(into.count)


def unpack(stream: IO[bytes], folder: Path, told: Callable[[int], None] = lambda _files: None) -> int:
    """Write the files of such a tar below a folder.

    Args:
        stream: whose sum was looked at.
        folder: made where it is missing.
        told: hears how many are done.

    Returns:
        how many.

    Raises:
        InputError: a name in it leads out of the folder.
    """
    done = 0
    with tarfile.open(fileobj=stream, mode="r|") as tar:
        for about in tar:
            content = tar.extractfile(about)
            name = PurePosixPath(about.name)
            if content is None or name.is_absolute() or ".." in name.parts:
                raise InputError(
                    "odd-file",
                    f"The backup holds a file with a name that leads elsewhere: {about.name}.",
                    "Remit doesn't make such backups; take another one.",
                )
            _unpack_one(content, folder / name, about)
            tar.members.clear()  # type: ignore[attr-defined]
            done += 1
            told(done)
    return done


def _files(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders.sort()
        yield from (Path(place) / name for name in sorted(names))


def _pack_one(tar: tarfile.TarFile, path: Path, name: str, into: PartWriting) -> None:
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return  # removed meanwhile, and with it the row that named it
    with file:
        about = tarfile.TarInfo(name)
        found = os.fstat(file.fileno())
        about.size, about.mtime, about.mode = found.st_size, int(found.st_mtime), 0o600
        tar.addfile(about, _Exactly(file, about.size))  # type: ignore[arg-type]
        into.count += 1


def _unpack_one(content: IO[bytes], path: Path, about: tarfile.TarInfo) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        while block := content.read(_BLOCK):
            file.write(block)
        file.flush()
        os.fsync(file.fileno())
    os.utime(path, (about.mtime, about.mtime))


class _Exactly:
    """A file of which so many bytes are read, whatever becomes of it meanwhile."""

    def __init__(self, file: IO[bytes], length: int) -> None:
        self._file = file
        self._left = length

    def read(self, wanted: int) -> bytes:
        """The next bytes; zeros where it has become shorter."""
        content = self._file.read(min(wanted, self._left)).ljust(min(wanted, self._left), b"\0")
        self._left -= len(content)
        return content
