"""The one helper that opens a write: all of it happens, or nothing, and one after the other.

One write at a time, on both databases. On SQLite because there is one writer anyway, and its own waiting is
unfair: writers queue at a file lock beside the database, first come, first served. On PostgreSQL because the
trail is a chain, whose end every write would wait for at last: taken first, the same wait can't deadlock.

On PostgreSQL the next one doesn't wait for the disk: a write is committed, and its turn is over, before it
is on the disk; whoever wrote waits for that afterwards, together with all others who do. The log of
PostgreSQL has one order, so what is on the disk is always whole up to some write, and nobody is told of a
write that could still be lost.

Inside a write nothing outside is called: no mail, no payment. What has to follow is a row (a job, a notice)
written with its cause.
"""

from __future__ import annotations

import fcntl
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Final, TypeVar

from django.db import Error, connection, transaction

from remit.core.kept_plans import plans_kept
from remit.core.sent_ahead import line, sent_ahead, settle

_LOCK_NUMBER: Final = 0x72656D6974  # "remit": the advisory lock on PostgreSQL

_TURN: Final = "SELECT pg_advisory_xact_lock(%s), set_config('synchronous_commit', 'off', true)"

_Part = TypeVar("_Part")
_here = threading.local()


@contextmanager
def write(*, begins_by_asking: bool = False) -> Iterator[None]:
    """A write; inside another one it becomes part of that.

    An exception undoes all of it, the outer one included: nothing may catch it in between. Where the commit
    itself fails nobody knows whether it came through: then what `if_undone` and `if_kept` say is left be.

    Args:
        begins_by_asking: the first thing in it is a question under `asked_often`: on PostgreSQL it goes
            together with the wait for the turn. Before it is answered it may still be another's turn.

    Raises:
        RuntimeError: somebody did, and would take the write for done.
    """
    if is_writing():
        try:
            yield
        except BaseException:
            transaction.set_rollback(True)
            raise
        return
    kept: list[Callable[[], None]] = []
    _here.undone, _here.kept = [], kept
    try:
        with _turn(), plans_kept(), sent_ahead(), transaction.atomic():
            if connection.vendor == "postgresql":
                _take_turn_on_postgres(begins_by_asking=begins_by_asking)
            _here.last = {}
            try:
                yield
                _end()
            except BaseException:
                with suppress(Error):  # the one that is told is the first
                    settle()
                raise
            finally:
                del _here.last
    except BaseException:
        _do_outside(reversed(_here.undone))
        raise
    finally:
        del _here.undone, _here.kept
    _do_outside(kept)


def is_writing() -> bool:
    """Whether this thread is inside a write."""
    return hasattr(_here, "last")


def at_the_end(step: Callable[[Sequence[_Part]], None], part: _Part) -> None:
    """Do something as the last part of the write that is open, once for all parts that were said for it.

    Args:
        step: what is done with them, in the order in which they were said.
        part: one of them.

    Raises:
        RuntimeError: there is none.
    """
    if not is_writing():
        raise RuntimeError("at_the_end() outside a write()")
    _here.last.setdefault(step, []).append(part)


def end_so_far() -> None:
    """Do now what was to be the last part of the write that is open: what comes later stands behind it.

    Raises:
        RuntimeError: there is none.
    """
    if not is_writing():
        raise RuntimeError("end_so_far() outside a write()")
    while _here.last:
        step = next(iter(_here.last))
        step(_here.last.pop(step))


def if_undone(step: Callable[[], None]) -> None:
    """Do something outside of the database, such as removing a file, if the write that is open is undone.

    What the system refuses then is let be: the error that undid the write is the one to tell.

    Raises:
        RuntimeError: there is none.
    """
    if not is_writing():
        raise RuntimeError("if_undone() outside a write()")
    _here.undone.append(step)


def if_kept(step: Callable[[], None]) -> None:
    """Do something outside of the database, such as removing a file, once the outermost write is committed.

    What the system refuses then is let be, and a crash before it leaves it undone: something looks later for
    what was left, such as `core.left_files`.

    Raises:
        RuntimeError: there is no write.
    """
    if not is_writing():
        raise RuntimeError("if_kept() outside a write()")
    _here.kept.append(step)


def _end() -> None:
    """All but the commit. Where an error would leave something outside, no error may come with the commit."""
    if transaction.get_rollback():
        raise RuntimeError("an error of an inner write was caught: nothing of the outer one is kept")
    end_so_far()
    if _here.undone:
        settle()
    _here.undone.clear()


def _do_outside(steps: Iterable[Callable[[], None]]) -> None:
    for step in steps:
        with suppress(OSError):
            step()


def _take_turn_on_postgres(*, begins_by_asking: bool) -> None:
    """Wait for one's turn, which ends with the commit; the disk is waited for behind it."""
    mine = line()
    if begins_by_asking and mine is not None:
        mine.send(_TURN, [_LOCK_NUMBER])
    else:
        with connection.cursor() as cursor:
            cursor.execute(_TURN, [_LOCK_NUMBER])
    transaction.on_commit(_wait_for_the_disk)


def _wait_for_the_disk() -> None:
    """Come back once all that was committed before is as safe as `synchronous_commit` asks for.

    A message in the log, that nobody reads, is a commit of its own: as every commit it waits until the log is
    on the disk up to itself, and on the standbys that the operator wants to wait for. A transaction that
    writes nothing wouldn't wait: https://www.postgresql.org/docs/current/wal-async-commit.html
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_logical_emit_message(true, 'remit', '')")


@contextmanager
def _turn() -> Iterator[None]:
    """One's turn to write: at once on PostgreSQL, where the database keeps the queue."""
    if connection.vendor != "sqlite":
        yield
        return
    lock = os.open(f"{connection.settings_dict['NAME']}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)
