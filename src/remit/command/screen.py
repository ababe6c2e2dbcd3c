"""What the command shows on: the answer on stdout, progress on stderr."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper
from types import TracebackType
from typing import Final, Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TaskProgressColumn, TextColumn, TimeRemainingColumn

PIPED_WIDTH: Final = 88
WIDEST: Final = 100


def forgiving_streams() -> None:
    """Make stdout and stderr take every character, whatever the encoding of the console."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8" if os.name == "nt" else None, errors="replace")


class PlainConsole(Console):
    """A console that leaves it to the end of the command what a closed pipe means."""

    def on_broken_pipe(self) -> None:
        """Pass it on; rich would end the process with exit code 1."""
        raise BrokenPipeError


def answer_console() -> Console:
    """The console of the answer: as wide as reads well, and always the same when piped into something."""
    console = Console()
    width = min(console.width, WIDEST) if console.is_terminal else PIPED_WIDTH
    return PlainConsole(highlight=False, width=width)


class Waiting:
    """Shows on stderr how far the work is, if somebody sits before it."""

    def __init__(self) -> None:
        console = Console(stderr=True)
        self._bar = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(complete_style="green", finished_style="green", pulse_style="green"),
            TaskProgressColumn(style="default"),
            TimeRemainingColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal or console.is_dumb_terminal,
        )
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def doing(self, what: str) -> None:
        """Something of unknown length begins."""
        if self._task is not None:
            self._bar.remove_task(self._task)
        self._task = self._bar.add_task(what, total=None)

    def progress(self, done: int, total: int) -> None:
        """So much of it is done; the form in which readers of the engine tell it."""
        if self._task is not None:
            self._bar.update(self._task, completed=done, total=total)

    def share(self, what: str, share: float) -> None:
        """So large a share of all is done, and this is being done now."""
        if self._task is not None:
            self._bar.update(self._task, description=what, completed=share, total=1)
