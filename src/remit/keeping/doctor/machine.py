"""What the doctor sees of the machine: settings, versions, the folder of the data, keys, backups."""

from __future__ import annotations

import os
import platform
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from datetime import timedelta
from importlib import metadata
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import validate_host

from remit.core.clock import now
from remit.keeping.doctor.finding import Finding, in_words, look, ok, wrong
from remit.keeping.places import last_backup

_OLDEST_SQLITE: Final = (3, 34, 0)
"""The first that finds parts of words (FTS5 with trigrams)."""
_LITTLE_ROOM: Final = 1_000_000_000
_NO_ROOM: Final = 200_000_000
_OLD_BACKUP: Final = timedelta(days=2)
_OTHERS: Final = 0o077


def versions() -> Iterator[Finding]:
    """Of Remit, Python, and SQLite."""
    remit, python = metadata.version("remit"), platform.python_version()
    words = f"Remit {remit}, Python {python}, SQLite {sqlite3.sqlite_version}."
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        yield wrong("versions", words, "Take a Python with SQLite 3.34 or later, or PostgreSQL.")
        return
    yield ok("versions", words)


def what_is_set() -> Iterator[Finding]:
    """The settings, as far as they can be judged by themselves."""
    address = urlsplit(settings.ADDRESS)
    hosts = settings.ALLOWED_HOSTS
    if settings.DEBUG:
        yield wrong("settings", "REMIT_DEBUG shows traces to everybody.", "Unset REMIT_DEBUG.")
    if settings.DEMO:
        yield look("settings", "REMIT_DEMO lets everybody in.", "Unset it, unless this is a demo.")
    if settings.IS_FOR_TRYING:
        yield look(
            "settings",
            "This Remit was restored for trying: no mail leaves it.",
            "Restore without --for-trying to work with it.",
        )
    if not settings.ADDRESS:
        yield look("settings", "REMIT_ADDRESS isn't set: links in mails lead nowhere.", "Set it.")
    elif not validate_host(_as_hosts_name_it(address.hostname or ""), hosts):
        yield wrong(
            "settings",
            f"REMIT_HOSTS doesn't name {address.hostname}, of REMIT_ADDRESS.",
            "Add it to REMIT_HOSTS.",
        )
    elif address.scheme != "https":
        yield look(
            "settings",
            "REMIT_ADDRESS isn't https: passwords go in the open.",
            "Put a proxy with TLS in front.",
        )
    else:
        yield ok("settings", f"Remit is at {address.hostname}.")
    if "*" in hosts and not settings.DEMO:
        yield look("settings", "REMIT_HOSTS takes every name.", "Name the host of REMIT_ADDRESS alone.")


def _as_hosts_name_it(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def folder() -> Iterator[Finding]:
    """The folder of the data, and the room on its disk."""
    data = Path(settings.DATA)
    if not os.access(data, os.W_OK | os.X_OK):
        yield wrong("data folder", f"{data} can't be written to.", "Give it to the user that Remit runs as.")
        return
    mode = stat.S_IMODE(data.stat().st_mode)
    if mode & 0o007:
        yield look("data folder", f"Everybody on this machine can look into {data}.", f"chmod 700 {data}")
    else:
        yield ok("data folder", f"{data} is closed to others.")
    left = shutil.disk_usage(data).free
    words = f"{left / 1_000_000_000:,.1f} GB are left."
    if left < _NO_ROOM:
        yield wrong("disk", words, "Make room now: nothing can be written without it.")
    elif left < _LITTLE_ROOM:
        yield look("disk", words, "Make room soon.")
    else:
        yield ok("disk", words)


def keys() -> Iterator[Finding]:
    """The secret key: given, or kept in a file that nobody else reads."""
    if os.environ.get("REMIT_SECRET_KEY"):
        yield ok("secret key", "It is given by REMIT_SECRET_KEY; keep a copy of it elsewhere.")
        return
    file = Path(settings.DATA) / "secret-key"
    if not file.exists():
        yield wrong("secret key", f"There is no {file}.", "Put the one of your backup there.")
    elif stat.S_IMODE(file.stat().st_mode) & _OTHERS:
        yield wrong("secret key", f"Others on this machine can read {file}.", f"chmod 600 {file}")
    else:
        yield ok("secret key", "Only its owner can read it; keep a copy of it elsewhere.")


def backups() -> Iterator[Finding]:
    """When the last backup was made, as far as it was noted here."""
    last = last_backup()
    how = "Run remit backup every night, by its timer or from cron."
    if last is None:
        yield look("backup", "No backup was made with remit backup yet.", how)
        return
    ago = now() - last["made_at"]
    words = f"The last one was made {in_words(ago)} ago: {last['path']}."
    if not Path(last["path"]).exists():
        yield look("backup", f"{words} It isn't there any more.", "See that it was taken elsewhere.")
    elif ago > _OLD_BACKUP:
        yield look("backup", words, how)
    else:
        yield ok("backup", words)
