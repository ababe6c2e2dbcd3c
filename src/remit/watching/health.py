"""Whether this process can serve: what a load balancer asks for, and a monitor."""

from __future__ import annotations

import logging
import tempfile
import threading
import time
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.db import DatabaseError, connection

from remit.core.clock import now
from remit.jobs.claiming import lease
from remit.jobs.models import Worker
from remit.watching.tables import tables_now

DATABASE: Final = "database"
TABLES: Final = "tables"
DISK: Final = "disk"
WORKER: Final = "worker"

_KEPT_SECONDS: Final = 2.0
"""However often somebody asks, nothing is looked at more often than that."""

_log = logging.getLogger(__name__)


def failing() -> frozenset[str]:
    """What isn't as it should be at this moment: `database`, `tables`, `disk`, `worker`."""
    found = set() if _can_write() else {DISK}
    try:
        if not tables_now().are_current:
            found.add(TABLES)
        elif not is_worker_heard():
            found.add(WORKER)
    except DatabaseError:
        connection.close()
        found.add(DATABASE)
    return frozenset(found)


def is_worker_heard() -> bool:
    """Whether some worker said lately that it is alive."""
    return Worker.objects.filter(seen_at__gt=now() - 2 * lease()).exists()


def _can_write() -> bool:
    """Whether uploads could be kept."""
    try:
        with tempfile.TemporaryFile(dir=settings.DATA) as file:
            file.write(b"?")
            file.flush()
    except OSError:
        return False
    return True


class Watch:
    """Looks at what fails, not too often, and writes a line when that changes.

    Args:
        look: what fails now.
        clock: seconds that only go forward.
    """

    def __init__(
        self,
        look: Callable[[], frozenset[str]] = failing,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._look = look
        self._clock = clock
        self._turn = threading.Lock()
        self._seen_at: float | None = None
        self._failing: frozenset[str] = frozenset()

    def failing(self) -> frozenset[str]:
        """What failed when it was looked at last, at most two seconds ago."""
        with self._turn:
            if self._seen_at is None or self._clock() - self._seen_at >= _KEPT_SECONDS:
                before, self._failing = self._failing, self._look()
                self._seen_at = self._clock()
                self._tell(before)
            return self._failing

    def _tell(self, before: frozenset[str]) -> None:
        if self._failing == before:
            return
        if self._failing:
            _log.warning("Something isn't as it should be.", extra={"failed": sorted(self._failing)})
        else:
            _log.info("Everything is as it should be again.")
