"""`remit serve` and `remit work` as processes of their own, on a free port."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_REMIT: Final = [sys.executable, "-c", "from remit.command import main; main()"]
_PATIENCE: Final = 60.0


@contextmanager
def served(*, workers: int, threads: int) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """A server that answers; its port and its process."""
    port = _free_port()
    options = ["--port", str(port), "--workers", str(workers), "--threads", str(threads)]
    with _running([*_REMIT, "serve", *options]) as process:
        _wait_for(port)
        yield port, process


@contextmanager
def working() -> Iterator[subprocess.Popen[bytes]]:
    """A worker."""
    with _running([*_REMIT, "work"]) as process:
        yield process


@contextmanager
def _running(command: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(_PATIENCE)


def _free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("localhost", 0))
        return int(tried.getsockname()[1])


def _wait_for(port: int) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        with socket.socket() as tried:
            if tried.connect_ex(("localhost", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("The server doesn't answer.")
