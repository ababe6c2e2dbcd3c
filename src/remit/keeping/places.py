"""Where a backup stands: written under a passing name, and given its own when it is whole."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Final

from django.conf import settings

from remit.core.clock import now
from remit_engine.errors import InputError

_NAME: Final = re.compile(r"remit-\d{4}-\d{2}-\d{2}T\d{6}Z(-\d+)?\.zip")
_PASSING: Final = ".remit-backup-"
_LAST: Final = "last-backup.json"
_FULL: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@dataclass(frozen=True, slots=True)
class Target:
    """Where a backup shall stand.

    Attributes:
        path: a file, or a folder in which it gets a name of its own from the moment.
        force: whether a file that is there may be replaced.
    """

    path: Path
    force: bool = False

    @contextmanager
    def writing(self) -> Iterator[tuple[IO[bytes], Path]]:
        """A file to write into, and where it will stand; it stands there once this ended well.

        Whatever happens before leaves nothing behind; what a killed one left is removed by the next.

        Raises:
            InputError: it can't be written, or the disk is full.
        """
        path = self._path()
        folder = path.parent
        with _in_words(path):
            _remove_left(folder)
            passing = folder / f"{_PASSING}{secrets.token_hex(6)}.part"
            descriptor = os.open(passing, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
            try:
                with os.fdopen(descriptor, "r+b") as file:
                    fcntl.flock(file, fcntl.LOCK_EX)  # says that somebody still writes it
                    yield file, path
                    file.flush()
                    os.fsync(file.fileno())
                    self._give_name(passing, path)
            finally:
                passing.unlink(missing_ok=True)
            _keep_names(folder)

    def _path(self) -> Path:
        """The file; refused where it can't be."""
        path = self.path
        if path.is_dir():
            return _free_name(path)
        if not path.parent.is_dir():
            raise InputError(
                "no-folder", f"There is no folder {path.parent}.", "Make it first, or choose another."
            )
        if path.exists() and not (self.force and path.is_file()):
            raise _is_there(path)
        return path

    def _give_name(self, passing: Path, path: Path) -> None:
        if self.force:
            passing.replace(path)
            return
        try:
            path.hardlink_to(passing)
        except FileExistsError:
            raise _is_there(path) from None
        except OSError:  # a disk without second names
            if path.exists():
                raise _is_there(path) from None
            passing.replace(path)


def remove_older(folder: Path, keep: int) -> list[Path]:
    """Remove all backups of a folder but the newest; only what has a name that a backup gets there.

    Returns:
        those that were removed.
    """
    older = backups_in(folder)[:-keep]
    for path in older:
        path.unlink(missing_ok=True)
    return older


def backups_in(folder: Path) -> list[Path]:
    """The backups of a folder by their names, the oldest first."""
    named = (path for path in folder.iterdir() if _NAME.fullmatch(path.name) and path.is_file())
    return sorted(named, key=lambda path: (path.name[:_STEM], len(path.name), path.name))


def note_last_backup(made_at: datetime, path: Path, size: int) -> None:
    """Note in the folder of the data that a backup was made; `remit doctor` looks there."""
    noted = {"made_at": made_at.isoformat(), "path": str(path.resolve()), "bytes": size}
    passing = Path(settings.DATA) / f".{_LAST}-{secrets.token_hex(6)}"
    with suppress(OSError):  # the backup is made, whether or not that can be noted
        passing.write_text(json.dumps(noted), encoding="utf-8")
        passing.replace(Path(settings.DATA) / _LAST)


def last_backup() -> dict[str, Any] | None:
    """What was noted of the last backup; None where none was made."""
    try:
        noted: dict[str, Any] = json.loads((Path(settings.DATA) / _LAST).read_text(encoding="utf-8"))
        noted["made_at"] = datetime.fromisoformat(noted["made_at"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return noted


_STEM: Final = len("remit-2026-11-28T100000Z")


def _free_name(folder: Path) -> Path:
    stem = f"remit-{now():%Y-%m-%dT%H%M%SZ}"
    path, number = folder / f"{stem}.zip", 1
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}.zip"
    return path


def _remove_left(folder: Path) -> None:
    """Remove what killed backups left under passing names; whoever still writes has it locked."""
    for path in folder.glob(f"{_PASSING}*.part"):
        with suppress(OSError), path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.unlink()


def _keep_names(folder: Path) -> None:
    """See to it that the names in a folder outlive a loss of power."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _in_words(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise InputError(
                "disk-full",
                f"There isn't enough room in {path.parent} for it. Nothing was left behind.",
                "Make room, or choose another folder.",
            ) from error
        raise InputError(
            "cannot-write",
            f"Remit can't write {path}: {error.strerror or error}.",
            "Choose another place, or mend that first.",
        ) from error


def _is_there(path: Path) -> InputError:
    return InputError(
        "is-there", f"{path} is there already.", "Choose another name, or say --force to replace it."
    )
