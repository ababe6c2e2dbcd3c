"""The place that a backup is restored into: whether something is there, and how it is taken.

What was there is kept beside it, in a folder `before-restore-…`: on SQLite the file itself, on PostgreSQL a
backup of it; with it the uploads, by second names, and the secret key.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from pathlib import Path
from typing import Final, Protocol

from django.conf import settings
from django.db import connection

from remit.complaints import search_tables
from remit.core.clock import now
from remit.core.writing import write
from remit.keeping.backup import write_backup
from remit.keeping.places import Target
from remit.keeping.tables import applied, known, tables_of
from remit_engine.errors import InputError

_KEYS: Final = ("secret-key", "push-key.pem")
_BESIDE: Final = ("-wal", "-shm", "-journal")


class Place(Protocol):
    """Where a backup is restored into.

    Attributes:
        kept: where what was there before is; None where nothing was.
    """

    kept: Path | None

    def empty(self) -> None:
        """Keep what is there beside, and take it out; inside the transaction that fills it anew."""

    def prepare(self) -> None:
        """Do what does no harm to what is there still: from here on, only `take` is missing."""

    def take(self) -> None:
        """Be what is served from now on."""


def alone() -> AbstractContextManager[Path]:
    """Nobody else restores here at the same time; an empty folder to work in, gone afterwards.

    Raises:
        InputError: somebody else does, or the folder of the data can't be written to.
    """
    return _alone("restoring")


def moving() -> AbstractContextManager[Path]:
    """The same for a move, which restores in another process meanwhile."""
    return _alone("moving")


@contextmanager
def _alone(doing: str) -> Iterator[Path]:
    data = Path(settings.DATA)
    folder = data / f".{doing}"
    lock = os.open(data / f"{doing}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InputError(
                "busy", "Another process restores or moves this Remit.", "Wait until it has ended."
            ) from None
        shutil.rmtree(folder, ignore_errors=True)  # what a killed one left
        folder.mkdir(mode=0o700)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(lock)


@contextmanager
def of_the_settings(staged: Path, *, over: bool) -> Iterator[Place]:
    """The place that the settings name.

    Args:
        staged: a folder to work in.
        over: whether something may be there.

    Raises:
        InputError: something is there and may not be, or somebody uses it.
    """
    if connection.vendor == "sqlite":
        with _file_of_sqlite(staged, over=over) as place:
            yield place
        return
    is_empty = _is_empty_on_postgresql()
    _need_free(over=over, is_empty=is_empty)
    _need_known_tables()
    if not is_empty:
        need_nobody()
    yield _OnPostgresql(staged, is_empty=is_empty)


def need_nobody() -> None:
    """Refuse while somebody else uses the database of the settings.

    Raises:
        InputError: somebody does.
    """
    if connection.vendor == "sqlite":
        connection.close()
        _need_unused(Path(str(connection.settings_dict["NAME"])))
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        others = cursor.fetchone()[0]
    if others:
        raise _in_use()


class _Files:
    """The uploads and keys of a place, the same for both databases."""

    def __init__(self, staged: Path, *, is_empty: bool) -> None:
        self.kept: Path | None = None
        self.is_empty = is_empty
        self._staged = staged

    def keep_files(self) -> Path:
        """Keep uploads and keys beside; the folder."""
        data = Path(settings.DATA)
        kept = _new_folder(data / f"before-restore-{now():%Y-%m-%dT%H%M%SZ}")
        uploads = Path(settings.MEDIA_ROOT)
        for path in _below(uploads):
            _second_name(path, kept / "uploads" / path.relative_to(uploads))
        for name in _KEYS:
            if (data / name).exists():
                shutil.copy2(data / name, kept / name)
        self.kept = kept
        return kept

    def put_uploads(self) -> None:
        """Put uploads beside those that are there; one that no row names does no harm."""
        staged, uploads = self._staged / "uploads", Path(settings.MEDIA_ROOT)
        for path in _below(staged):
            there = uploads / path.relative_to(staged)
            there.parent.mkdir(parents=True, exist_ok=True)
            path.replace(there)

    def put_keys(self) -> None:
        """Put the keys of the backup in place of those that are there, if there are any."""
        for name in _KEYS:
            if (self._staged / name).exists():
                (self._staged / name).replace(Path(settings.DATA) / name)


class _OnPostgresql(_Files):
    """A database of PostgreSQL: taken when its transaction ends."""

    def empty(self) -> None:
        """Keep what is there beside, and take it out."""
        if not connection.introspection.table_names():
            return
        with write():
            pass  # from here to the end of the transaction, everybody else waits with writing
        if not self.is_empty:
            kept = self.keep_files()
            with Target(kept / "backup.zip").writing() as (file, _):
                write_backup(file, with_keys=True, with_sessions=True, with_uploads=False)
        with connection.schema_editor() as editor:
            search_tables.remove(editor)
        names = ", ".join(f'"{name}"' for name in [*tables_of(applied()), "django_migrations"])
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS {names} CASCADE")

    def prepare(self) -> None:
        """Uploads come first."""
        self.put_uploads()
        if self.is_empty:
            self.put_keys()

    def take(self) -> None:
        """The transaction has ended: all is there."""
        if not self.is_empty:
            self.put_keys()


class _OnSqlite(_Files):
    """A file of SQLite: taken by renaming the new one over it."""

    def __init__(self, staged: Path, file: Path, new: Path, *, is_empty: bool) -> None:
        super().__init__(staged, is_empty=is_empty)
        self._file = file
        self._new = new

    def empty(self) -> None:
        """The new file is empty."""

    def prepare(self) -> None:
        """Make the new file whole in itself; uploads come first."""
        connection.close()
        with closing(sqlite3.connect(self._new, isolation_level=None)) as database:
            if database.execute("PRAGMA quick_check").fetchone() != ("ok",):
                raise InputError(
                    "broken-file", "The new database isn't sound.", "Look at the disk; nothing was changed."
                )
            database.execute("PRAGMA journal_mode=DELETE")
        with self._new.open("r+b") as file:
            os.fsync(file.fileno())
        if not self.is_empty:
            _need_unused(self._file)
            shutil.copymode(self._file, self._new)
            _second_name(self._file, self.keep_files() / self._file.name)
        elif self._file.exists():
            _need_unused(self._file)
        self.put_uploads()
        if self.is_empty:
            self.put_keys()

    def take(self) -> None:
        """By one renaming."""
        for ending in _BESIDE:  # of a database that is gone, or was closed just now
            self._file.with_name(f"{self._file.name}{ending}").unlink(missing_ok=True)
        self._new.replace(self._file)
        descriptor = os.open(self._file.parent, os.O_RDONLY)
        with suppress(OSError):
            os.fsync(descriptor)
        os.close(descriptor)
        if not self.is_empty:
            self.put_keys()


@contextmanager
def _file_of_sqlite(staged: Path, *, over: bool) -> Iterator[Place]:
    """The file of the settings; within this, the connection leads to a new one beside it."""
    file = Path(str(connection.settings_dict["NAME"]))
    connection.close()
    is_empty = _is_empty_file(file)
    _need_free(over=over, is_empty=is_empty)
    if file.exists():
        _need_unused(file)
    new = staged / file.name
    connection.settings_dict["NAME"] = str(new)
    try:
        connection.ensure_connection()
        for pragma in ("journal_mode=MEMORY", "synchronous=OFF"):  # it is thrown away if it isn't whole
            connection.connection.execute(f"PRAGMA {pragma}")
        yield _OnSqlite(staged, file, new, is_empty=is_empty)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = str(file)


def _is_empty_file(file: Path) -> bool:
    """Whether no file is there, or nobody in it yet."""
    if not file.exists():
        return True
    try:
        with closing(sqlite3.connect(file, timeout=20)) as database:
            names = {
                name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            }
            if "people_member" not in names:
                return not names
            return database.execute("SELECT 1 FROM people_member LIMIT 1").fetchone() is None
    except sqlite3.DatabaseError:
        return False  # whatever it is, it isn't nothing


def _is_empty_on_postgresql() -> bool:
    names = connection.introspection.table_names()
    if "people_member" not in names:
        return not names
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM people_member LIMIT 1")
        return cursor.fetchone() is None


def _need_unused(file: Path) -> None:
    """Close a file of SQLite for good, with nothing left beside it; nobody else may have it open."""
    try:
        with closing(sqlite3.connect(file, timeout=0, isolation_level=None)) as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            database.execute("PRAGMA journal_mode=DELETE")
            database.execute("BEGIN EXCLUSIVE")
            database.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        raise _in_use() from error
    except sqlite3.DatabaseError:
        return  # no database at all: nobody uses it as one


def _need_free(*, over: bool, is_empty: bool) -> None:
    if not (is_empty or over):
        raise InputError(
            "not-empty",
            "Somebody works with this Remit already; a backup is restored into an empty one.",
            "Name another REMIT_DATA or DATABASE_URL, or say --over: what is there is kept beside it.",
        )


def _need_known_tables() -> None:
    """Refuse a database whose tables this version can neither keep beside nor take out."""
    strange = sorted(set(applied()) - known())
    if strange:
        raise InputError(
            "newer-tables",
            f"A newer version of Remit set up this database: it knows {'.'.join(strange[0])}, this one "
            "doesn't. So what is in it can't be kept beside the backup, and nothing was touched.",
            "Make a new empty database, name it in DATABASE_URL, and restore into that; this one stays as "
            "it is.",
        )


def _in_use() -> InputError:
    return InputError(
        "in-use",
        "The database is in use.",
        "Stop remit serve and remit work, wherever they run, and try again.",
    )


def _new_folder(path: Path, number: int = 1) -> Path:
    """A folder of this name, or with a number behind it where one that was killed in this second left it."""
    folder = path if number == 1 else path.with_name(f"{path.name}-{number}")
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        return _new_folder(path, number + 1)
    return folder


def _below(folder: Path) -> Iterator[Path]:
    for place, _, names in os.walk(folder):
        yield from (Path(place) / name for name in names)


def _second_name(path: Path, there: Path) -> None:
    """A second name for a file, or a copy where a disk knows none."""
    there.parent.mkdir(parents=True, exist_ok=True)
    there.unlink(missing_ok=True)
    try:
        there.hardlink_to(path)
    except OSError:
        shutil.copy2(path, there)
