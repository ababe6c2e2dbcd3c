"""Work about personal data that is done later: wiping, exports, and what goes by age."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django_tasks import task

from remit.complaints.search_tables import forget_old_words
from remit.core.clock import now
from remit.core.writing import write
from remit.jobs.queue import later
from remit.jobs.schedule import every
from remit.privacy.actions import ageing, erasing, handing_out
from remit.privacy.queries.rules import is_night

_AGAIN_AFTER = timedelta(minutes=5)


@task()
def wipe() -> None:
    """Take what was erased out of the search index and the write-ahead log of the database."""
    is_more, begins = True, True
    while is_more:
        with write():
            is_more = forget_old_words(begins=begins)
        begins = False
    if not _log_is_empty():
        with write():
            later(wipe, unique_key="privacy-wipe", run_at=now() + _AGAIN_AFTER)


def _log_is_empty() -> bool:
    """Write the log into the file, and empty it; False where somebody reads from it just now."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return True
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return bool(cursor.fetchone()[0] == 0)


@task()
def make_export(export: int) -> None:
    """Put together all that is held about a customer."""
    handing_out.make_export(export)


@every(hours=1)
@task()
def end_exports() -> None:
    """Remove exports whose day is over."""
    handing_out.end_exports()


@every(hours=1)
@task()
def look_whether_it_is_night() -> None:
    """Begin what goes by age, in the small hours of the organisation, once a night."""
    erasing.note_down()
    if is_night():
        ageing.begin_night()


@task()
def go_on(night: int) -> None:
    """Erase what is older than it has to be, some at a time."""
    ageing.go_on(night)
