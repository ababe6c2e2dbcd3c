"""The installed command as a real process, also on a terminal (POSIX)."""

import os
import pty
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Self

REMIT = Path(sys.executable).with_name("remit")
"""The command as installed beside the Python that runs the tests."""


_STYLE = re.compile(r"\x1b\[[\d;?]*[a-zA-Z]")


def environment(**changed: str) -> dict[str, str]:
    """The environment of a plain terminal of 80 columns, whatever the one of the tests is."""
    kept = {
        name: value for name, value in os.environ.items() if name not in {"COLUMNS", "NO_COLOR", "LC_ALL"}
    }
    return kept | {"COLUMNS": "80", "LC_ALL": "C.UTF-8"} | changed


class OnTerminal:
    """`remit` with a terminal of 100 columns for its stderr, and its stdout if wanted."""

    def __init__(self, *arguments: object, folder: Path, stdout_too: bool = False, **env: str) -> None:
        self._screen, terminal = pty.openpty()
        settings = environment(**{"TERM": "xterm-256color", "COLUMNS": "100"} | env)
        self.process = subprocess.Popen(
            [REMIT, *map(str, arguments)],
            cwd=folder,
            env=settings,
            stdin=subprocess.DEVNULL,
            stdout=terminal if stdout_too else subprocess.PIPE,
            stderr=terminal,
        )
        os.close(terminal)
        self.seen = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()
        os.close(self._screen)

    @property
    def lines(self) -> list[str]:
        """What the screen shows, line by line, without styles."""
        return _STYLE.sub("", self.seen).replace("\r", "").splitlines()

    def wait_for(self, words: str) -> None:
        """Read the screen until the words stand there."""
        for piece in self._pieces():
            self.seen += piece
            if words in self.seen:
                return
        raise AssertionError(f"{words!r} never came; there was {self.seen!r}")

    def interrupt(self) -> int:
        """Press Ctrl-C, and return the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.end()

    def end(self) -> int:
        """Read the screen to its end, and return the exit code."""
        self.seen += "".join(self._pieces())
        return self.process.wait()

    def _pieces(self) -> Iterator[str]:
        while True:
            try:
                piece = os.read(self._screen, 4096)
            except OSError:  # Linux says so when the other side has ended.
                return
            if not piece:
                return
            yield piece.decode("utf-8", errors="replace")
