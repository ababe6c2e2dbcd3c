"""Files that the command reads and writes: checked before the work, written all together or not at all."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType, TracebackType
from typing import IO, Self

from remit_engine.errors import InputError

NOTHING_WRITTEN = "Nothing was written."


def readable_file(typed: str) -> Path:
    """The file to read.

    Raises:
        InputError: it isn't there, or isn't a file.
    """
    path = Path(typed)
    if typed == "-":
        raise InputError(
            "needs-file",
            "Remit reads a log twice, so it needs a file and can't read from a pipe.",
            "Save the log first and give the name of the file.",
        )
    with _as_input_error(path, "read"):
        if path.is_dir():
            raise InputError("is-folder", f"{path} is a folder.", "Give the name of a file in it.")
        if not path.exists():
            raise InputError("no-file", f"There is no file {path}.", "Check its name and its folder.")
        if not path.is_file():
            raise InputError(
                "needs-file",
                f"{path} is not an ordinary file; Remit reads a log twice.",
                "Save the log first and give the name of that file.",
            )
        path.open("rb").close()
    return path


@dataclass(frozen=True, slots=True)
class _Planned:
    """A file to come: where it will stand, and where it is collected until then (a file without a name)."""

    path: Path
    content: IO[bytes]


class Outputs:
    """Files that appear all together at the end, or not at all.

    Until `publish` everything is kept in files without a name in the same folders, which vanish by
    themselves however the process ends.

    Args:
        force: whether files that are there may be replaced.
        inputs: files that are read and must never be replaced, even so.
    """

    def __init__(self, *, force: bool, inputs: tuple[Path, ...] = ()) -> None:
        self._force = force
        self._inputs = inputs
        self._planned: list[_Planned] = []
        self._published = False
        self._closing = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):
            self._closing.close()
        if error is not None and self._planned and not self._published:
            error.add_note(NOTHING_WRITTEN)

    def plan(self, path: Path) -> IO[bytes]:
        """A file to write into; it gets its name when all are published.

        Raises:
            InputError: it can't or mustn't be written there.
        """
        with _as_input_error(path, "write"):
            self._refuse(path)
            content = self._closing.enter_context(
                tempfile.TemporaryFile(dir=path.resolve().parent)  # noqa: SIM115 (the stack closes it)
            )
        self._planned.append(_Planned(path, content))
        return content

    def drop(self, content: IO[bytes]) -> None:
        """Don't publish this file after all."""
        self._planned = [planned for planned in self._planned if planned.content is not content]

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files that are planned, or written."""
        return tuple(planned.path for planned in self._planned)

    def publish(self) -> None:
        """Give all files their names, or none of them.

        Raises:
            InputError: one of them can't be written; the others are taken back.
        """
        with _undisturbed():
            done: list[_Placed] = []
            try:
                for planned in self._planned:
                    with _as_input_error(planned.path, "write"):
                        done.append(_Placed.of(planned, force=self._force))
            except BaseException:
                for placed in reversed(done):
                    placed.take_back()
                raise
            for placed in done:
                placed.settle()
            self._published = True

    def _refuse(self, path: Path) -> None:
        """Raise what speaks against writing there."""
        if path.is_dir():
            raise InputError("is-folder", f"{path} is a folder.", "Give the name of a file in it.")
        if not path.resolve().parent.is_dir():
            raise InputError(
                "no-folder", f"There is no folder {path.parent}.", "Make it first, or choose another."
            )
        if any(_same(path, planned.path) for planned in self._planned):
            raise InputError(
                "same-output", f"{path} would be written twice.", "Give every output a name of its own."
            )
        if any(_same(path, source) for source in self._inputs):
            raise InputError(
                "output-is-input", f"{path} is the file that is read.", "Choose another name for the output."
            )
        if path.exists() and not path.is_file():
            raise InputError("not-a-file", f"{path} is not an ordinary file.", "Choose another name.")
        if path.exists() and not self._force:
            raise _would_overwrite(path)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A file that stands at its place, and what stood there before."""

    path: Path
    before: Path | None

    @classmethod
    def of(cls, planned: _Planned, *, force: bool) -> Self:
        """Put a file at its place in one step."""
        path = planned.path.resolve()
        named = _named_copy(planned.content, path)
        try:
            before = _kept(path) if force and path.exists() else None
            if force:
                named.replace(path)
            else:
                _move_to_free_place(named, path)
        finally:
            named.unlink(missing_ok=True)
        return cls(path, before)

    def take_back(self) -> None:
        """Make it as it was."""
        if self.before is None:
            self.path.unlink(missing_ok=True)
        else:
            self.before.replace(self.path)

    def settle(self) -> None:
        """Forget what was before."""
        if self.before is not None:
            self.before.unlink(missing_ok=True)


def _named_copy(content: IO[bytes], path: Path) -> Path:
    """The content under a passing name beside its place, safely on the disk."""
    named = _passing_name(path)
    try:
        with named.open("xb") as file:
            content.seek(0)
            shutil.copyfileobj(content, file, 1 << 20)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        named.unlink(missing_ok=True)
        raise
    return named


def _kept(path: Path) -> Path:
    """A second name, or a copy where there are none, of what stands at a place."""
    kept = _passing_name(path)
    try:
        kept.hardlink_to(path)
    except OSError:
        shutil.copy2(path, kept)
    return kept


def _move_to_free_place(named: Path, path: Path) -> None:
    """Take the place unless somebody took it meanwhile; a link, where there are links, does both at once."""
    try:
        path.hardlink_to(named)
    except FileExistsError:
        raise _would_overwrite(path) from None
    except OSError:
        if path.exists():
            raise _would_overwrite(path) from None
        named.replace(path)


def _passing_name(path: Path) -> Path:
    return path.with_name(f".remit-{secrets.token_hex(6)}.part")


def _would_overwrite(path: Path) -> InputError:
    return InputError(
        "would-overwrite",
        f"{path} is there already.",
        "Choose another name, or say --force to replace it.",
    )


def _same(one: Path, other: Path) -> bool:
    """Whether two names mean one file, there or still to come."""
    if one.exists() and other.exists():
        return one.samefile(other)
    return os.path.normcase(one.resolve()) == os.path.normcase(other.resolve())


@contextmanager
def _as_input_error(path: Path, act: str) -> Iterator[None]:
    """Say in words what the operating system has against a file."""
    try:
        yield
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "no file can be called that"
        raise InputError(
            f"cannot-{act}", f"Remit can't {act} {path}: {why}.", "Choose another file or mend that first."
        ) from error


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Hold back Ctrl-C for the moment in which the files get their names."""
    held: list[tuple[int, FrameType | None]] = []
    before = signal.signal(signal.SIGINT, lambda number, frame: held.append((number, frame)))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if held:
        raise KeyboardInterrupt
