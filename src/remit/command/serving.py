"""The web server behind `remit serve` and `remit demo`: gunicorn, in this process and its workers."""

from __future__ import annotations

import errno
import os
import socket
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.conf import settings
from django.db import connections
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from remit_engine.errors import InputError

FOLDER_OF_METRICS: Final = "PROMETHEUS_MULTIPROC_DIR"
"""Where prometheus_client looks for the name of that folder."""

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


class _Lines(Logger):  # type: ignore[misc]  # gunicorn has no types
    """What gunicorn says goes where all lines go, in the same form."""

    def setup(self, cfg: Any) -> None:  # noqa: ANN401 (gunicorn has no types)
        """No handlers of its own, and no lines for requests: Remit writes those itself."""
        self.cfg = cfg
        self._access_log_enabled = False
        self.error_log.propagate = True
        self.error_log.setLevel(self.LOG_LEVELS[cfg.loglevel])


def serve(listening: socket.socket, *, ready: Callable[[], None], workers: int, threads: int) -> None:
    """Serve until this process is told to stop.

    Args:
        listening: where.
        ready: called once it answers.
        workers: processes.
        threads: of each.
    """
    # A connection to the database that two processes share is broken by the first of them that ends.
    connections.close_all()
    listening.set_inheritable(True)
    with _counted_together(is_wanted=bool(settings.METRICS_KEY)) as forget:
        _Server(
            {
                "bind": f"fd://{listening.fileno()}",
                "workers": workers,
                "threads": threads,
                "worker_class": "gthread",
                "worker_tmp_dir": None,
                "loglevel": "warning",
                "logger_class": _Lines,
                "graceful_timeout": 5,
                "timeout": 120,
                "control_socket_disable": True,
                "when_ready": lambda _: ready(),
                "child_exit": lambda _, worker: forget(worker.pid),
            }
        ).run()


@contextmanager
def _counted_together(*, is_wanted: bool) -> Iterator[Callable[[int], None]]:
    """A folder through which the processes add up what they count; and how one of them is forgotten.

    prometheus_client looks for it once, when it is imported: that happens in the processes, after this.
    """
    if not is_wanted:
        yield lambda _: None
        return
    with tempfile.TemporaryDirectory(prefix="remit-metrics-") as folder:
        os.environ[FOLDER_OF_METRICS] = folder

        def forget(number: int) -> None:
            from prometheus_client.multiprocess import mark_process_dead  # noqa: PLC0415 (see above)

            mark_process_dead(number, folder)  # type: ignore[no-untyped-call]

        yield forget


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
