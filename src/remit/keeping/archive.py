"""The file of a backup: a zip that any tool opens, and that says by itself whether it is whole.

Its parts are written one after the other, each with the SHA-256 of its content in the manifest. At the very
end, in the comment of the zip, stands the SHA-256 of the whole file: so a byte that was changed or lost is
noticed wherever it stood. That shows damage; somebody who can write the file can also write its sum.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Final, Self, cast

from remit.keeping.manifest import MANIFEST, Manifest, Part
from remit_engine.errors import InputError

_BLOCK: Final = 1 << 20
_LEVEL: Final = 1
"""Of deflate. Measured on a year of the demo: level 6 takes three times as long for a fifth less."""
_SAYS: Final = b"Remit backup, SHA-256 with zeros in place of this: "
_DIGITS: Final = 64
_LONGEST_MANIFEST: Final = 16 << 20


class Writing:
    """Writes an archive into a file that is open for writing.

    Args:
        file: empty, and from its start on.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._sum = _Summing(file)
        self._zip = zipfile.ZipFile(
            cast("IO[bytes]", self._sum), "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL
        )
        self._zip.comment = _SAYS + b"0" * _DIGITS
        self.parts: list[Part] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            # The zip would write its directory now, onto a disk that is full perhaps.
            self._sum.is_given_up = True
            with suppress(Exception):
                self._zip.close()

    @contextmanager
    def part(self, name: str, *, packed: bool = True) -> Iterator[PartWriting]:
        """A part to write into; it is finished when this ends.

        Args:
            name: in the archive.
            packed: False for what is small already, like pictures.
        """
        about = zipfile.ZipInfo(name)
        about.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        about.external_attr = 0o600 << 16
        about._compresslevel = _LEVEL  # type: ignore[attr-defined]  # noqa: SLF001 (no other way before 3.13)
        with self._zip.open(about, "w", force_zip64=True) as stream:
            writing = PartWriting(stream)
            yield writing
        self.parts.append(Part(name, writing.count, writing.bytes, writing.digest))

    def end(self, manifest: Manifest) -> None:
        """Write the manifest, the directory, and the sum of all."""
        self._zip.writestr(MANIFEST, manifest.as_json())
        self._zip.close()
        self._file.seek(-_DIGITS, 2)
        self._file.write(self._sum.digest.encode("ascii"))


class PartWriting:
    """A part that is being written, summed up on its way.

    Attributes:
        count: of its rows or files; counted by whoever writes.
        bytes: so far.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._sum = hashlib.sha256()
        self.count = 0
        self.bytes = 0

    def write(self, content: bytes) -> int:
        """Write on."""
        self._sum.update(content)
        self.bytes += len(content)
        return self._stream.write(content)

    @property
    def digest(self) -> str:
        """SHA-256 of what was written."""
        return self._sum.hexdigest()


class Archive:
    """An archive that is open for reading, after its sums were looked at.

    Attributes:
        manifest: what it says about itself.
    """

    def __init__(self, opened: zipfile.ZipFile, manifest: Manifest) -> None:
        self._zip = opened
        self.manifest = manifest

    @contextmanager
    def part(self, name: str) -> Iterator[IO[bytes]]:
        """A part to read from."""
        with self._zip.open(name) as stream:
            yield stream


@contextmanager
def opened_archive(path: Path) -> Iterator[Archive]:
    """An archive, once it is sure that every byte of it is the one that was written.

    Raises:
        InputError: it isn't there, is no backup, is damaged, or is of a newer version.
    """
    with _file(path) as file:
        _need_whole(file, path)
        try:
            with zipfile.ZipFile(file) as opened:
                archive = Archive(opened, _manifest(opened))
                _need_parts(opened, archive.manifest, path)
                yield archive
        except zipfile.BadZipFile as error:
            raise _no_backup(path) from error


class _Summing:
    """A file that can only be written on, and is summed up on its way."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._sum = hashlib.sha256()
        self.is_given_up = False

    def write(self, content: bytes) -> int:
        if self.is_given_up:
            return len(content)
        self._sum.update(content)
        self._file.write(content)
        return len(content)

    def flush(self) -> None:
        if not self.is_given_up:
            self._file.flush()

    @property
    def digest(self) -> str:
        return self._sum.hexdigest()


@contextmanager
def _file(path: Path) -> Iterator[IO[bytes]]:
    try:
        file = path.open("rb")
    except OSError as error:
        raise InputError(
            "cannot-read", f"Remit can't read {path}: {error.strerror}.", "Check its name and its folder."
        ) from error
    with file:
        yield file


def _need_whole(file: IO[bytes], path: Path) -> None:
    """Refuse a file whose sum isn't the one at its end."""
    length = file.seek(0, 2)
    if length < len(_SAYS) + _DIGITS:
        raise _no_backup(path)
    file.seek(length - _DIGITS - len(_SAYS))
    says, noted = file.read(len(_SAYS)), file.read(_DIGITS)
    if says != _SAYS:
        raise _no_backup(path)
    file.seek(0)
    found, left = hashlib.sha256(), length - _DIGITS
    while left:
        block = file.read(min(_BLOCK, left))
        if not block:
            raise _damaged(path)
        found.update(block)
        left -= len(block)
    found.update(b"0" * _DIGITS)
    if found.hexdigest().encode("ascii") != noted:
        raise _damaged(path)
    file.seek(0)


def _manifest(opened: zipfile.ZipFile) -> Manifest:
    try:
        with opened.open(MANIFEST) as stream:
            return Manifest.of_json(stream.read(_LONGEST_MANIFEST))
    except (KeyError, TypeError, ValueError) as error:
        raise _no_backup(Path(str(opened.filename))) from error


def _need_parts(opened: zipfile.ZipFile, manifest: Manifest, path: Path) -> None:
    """Refuse an archive whose parts aren't those of the manifest."""
    if sorted(opened.namelist()) != sorted([MANIFEST, *(part.name for part in manifest.parts)]):
        raise _damaged(path)
    for part in manifest.parts:
        found, length = hashlib.sha256(), 0
        with opened.open(part.name) as stream:
            while block := stream.read(_BLOCK):
                found.update(block)
                length += len(block)
        if (length, found.hexdigest()) != (part.bytes, part.sha256):
            raise _damaged(path)


def _no_backup(path: Path) -> InputError:
    return InputError(
        "no-backup", f"{path} is no backup of Remit, or its end is missing.", "Choose another file."
    )


def _damaged(path: Path) -> InputError:
    return InputError(
        "damaged-backup",
        f"{path} is damaged: it isn't what was written. Nothing was touched.",
        "Take another copy of it, or an earlier backup.",
    )
