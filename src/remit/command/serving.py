"""The web server behind `remit serve` and `remit demo`: gunicorn, in this process and its workers."""

from __future__ import annotations

import errno
import socket
from typing import Any, Final

import click
from gunicorn.app.base import BaseApplication

from remit_engine.errors import InputError

_TRIED: Final = 50
"""Ports that are tried, one after the other."""


class _Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """Gunicorn with settings of our own; it reads no file and no arguments."""

    def __init__(self, settings: dict[str, Any]) -> None:
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        """Take the settings."""
        for name, value in self._settings.items():
            self.cfg.set(name, value)

    def load(self) -> Any:  # noqa: ANN401 (whatever a WSGI application is)
        """The application, in each worker."""
        from remit.config.wsgi import application  # noqa: PLC0415 (each worker starts Django for itself)

        return application


def serve(listening: socket.socket, *, ready: str, workers: int, threads: int) -> None:
    """Serve until this process is told to stop.

    Args:
        listening: where.
        ready: the line that is printed once it answers.
        workers: processes.
        threads: of each.
    """
    listening.set_inheritable(True)
    _Server(
        {
            "bind": f"fd://{listening.fileno()}",
            "workers": workers,
            "threads": threads,
            "worker_class": "gthread",
            "worker_tmp_dir": None,
            "loglevel": "warning",
            "graceful_timeout": 5,
            "timeout": 120,
            "control_socket_disable": True,
            "when_ready": lambda _: click.echo(ready),
        }
    ).run()


def free_socket(host: str, port: int, *, tries: int = _TRIED) -> tuple[socket.socket, int]:
    """A socket that listens on the first free port from one on.

    Raises:
        InputError: none is free, or there is no such address here.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for number in range(port, min(port + tries, 65536)):
        listening = socket.socket(family, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, number))
            listening.listen(256)
        except OSError as error:
            listening.close()
            if error.errno in {errno.EADDRINUSE, errno.EACCES} and tries > 1:
                continue
            raise InputError(
                "no-port",
                f"Nothing can be served on {host}, port {number}: {error.strerror or error}.",
                "Choose another with --port, or another address with --host.",
            ) from error
        else:
            return listening, number
    raise InputError("no-port", f"No port from {port} on is free.", "Choose another with --port.")
