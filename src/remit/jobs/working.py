"""A worker: takes jobs one after the other, and says while it works that it is alive."""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

from django.db import (
    DatabaseError,
    InterfaceError,
    OperationalError,
    close_old_connections,
    connection,
    connections,
)

from remit.core.clock import now
from remit.core.log_fields import lines_about
from remit.core.writing import write
from remit.jobs import schedule
from remit.jobs.claiming import claim, give_back, lease, renew
from remit.jobs.errors import GivenBack
from remit.jobs.inline import work_on
from remit.jobs.models import Job, Worker

_IDLE_SECONDS: Final = 1.0
_log = logging.getLogger(__name__)


def name_for_this_worker() -> str:
    """A name that no other worker has: machine, process, and a few letters."""
    return f"{socket.gethostname()[:40]}-{os.getpid()}-{secrets.token_hex(4)}"


def work_until(stop: threading.Event, name: str = "") -> int:
    """Work the jobs until somebody says stop; the one in hand is done to its end, or given back.

    Returns:
        how many jobs were worked.

    Raises:
        GivenBack: the handler of a signal raised it, some time after somebody said stop.
    """
    pulse = _Pulse(name or name_for_this_worker())
    worked, is_set_up = 0, False
    with pulse.beating():
        while not stop.is_set():
            try:
                if not is_set_up:
                    schedule.set_up()
                    is_set_up = True
                worked += 1 if _one_job(pulse) else _pause(stop)
            except Exception as error:  # noqa: BLE001 (it is logged; whatever it is, the worker goes on)
                # The database is away, or busy: the job in hand is taken again when its lease has passed.
                _log_trouble("the worker couldn't go on, and tries again", error)
                connections.close_all()
                _pause(stop)
    return worked


def work_off(name: str = "") -> int:
    """Work what is due now, and what comes of it, until nothing is due any more.

    Returns:
        how many jobs were worked.
    """
    pulse = _Pulse(name or name_for_this_worker())
    worked = 0
    schedule.set_up()
    with pulse.beating():
        while _one_job(pulse):
            worked += 1
    return worked


def _one_job(pulse: _Pulse) -> bool:
    """Work one job; False where none is due."""
    close_old_connections()
    schedule.add_due()
    job = claim(pulse.name)
    if job is None:
        return False
    with pulse.having(job), lines_about(job=job.pk, task=job.task, attempt=job.attempts):
        begun = time.perf_counter()
        try:
            error = work_on(job)
        except GivenBack:
            connections.close_all()  # One of them may be in the middle of a question.
            give_back(job)
            _log.warning("A job is given back: it takes longer than the worker may.")
            raise
        took = {"ms": round((time.perf_counter() - begun) * 1000, 1)}
        if error is None:
            _log.info("A job is done.", extra=took)
        else:
            _log.warning("A job failed.", extra=took, exc_info=error)
    return True


def _log_trouble(what: str, error: Exception) -> None:
    """A line; with a trace unless only the database is away, which goes on for as long as it does."""
    if isinstance(error, InterfaceError | OperationalError):
        _log.warning("%s: the database can't be reached (%s)", what, type(error).__name__)
    else:
        _log.error(what, exc_info=error)


def _pause(stop: threading.Event) -> int:
    stop.wait(_IDLE_SECONDS)
    return 0


class _Pulse:
    """Says that a worker is alive, and keeps the job that it has in hand; in a thread of its own.

    Args:
        name: of the worker.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._job: Job | None = None
        self._stop = threading.Event()

    @contextmanager
    def beating(self) -> Iterator[None]:
        """Within this context the worker is known to be alive."""
        self._try_to_say()
        thread = threading.Thread(target=self._beat, name="pulse", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._stop.set()
            thread.join()
            with suppress(DatabaseError):  # It is away: the row is swept in a day.
                Worker.objects.filter(name=self.name).delete()

    @contextmanager
    def having(self, job: Job) -> Iterator[None]:
        """Within this context the lease of a job is renewed."""
        self._job = job
        try:
            yield
        finally:
            self._job = None

    def _beat(self) -> None:
        try:
            while not self._stop.wait(lease().total_seconds() / 4):
                self._try_to_say()
        finally:
            connection.close()

    def _try_to_say(self) -> None:
        try:
            self._say()
        except Exception as error:  # noqa: BLE001 (it is logged; whatever it is, the worker goes on)
            _log_trouble("the worker couldn't say that it is alive, and tries again", error)
            connection.close()

    def _say(self) -> None:
        job = self._job
        if job is not None:
            renew(job)
        with write():
            Worker.objects.update_or_create(name=self.name, defaults={"seen_at": now()})
