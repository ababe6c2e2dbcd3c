"""Starting the application behind a command that works on its database."""

from __future__ import annotations

import atexit
import gc
import os

import django

from remit.config.checking import check_environment, problems
from remit.config.values import Problem


def start_application() -> None:
    """Make Django ready; its settings come from the environment.

    Raises:
        InputError: some of them are wrong; it says which, and how to mend them, all at once.
    """
    check_environment()
    _start()


def start_as_it_is() -> list[Problem]:
    """Make Django ready though settings are wrong, for whoever says what is.

    Returns:
        what is wrong with them.

    Raises:
        InputError: they are so wrong that nothing can be started.
    """
    try:
        _start()
    except Exception:
        check_environment()
        raise
    return problems(os.environ)


def _start() -> None:
    """Load everything; it stays, so nobody looks for garbage in it, which took a sixth of the time."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "remit.config.settings")
    gc.disable()
    try:
        django.setup()
    finally:
        gc.freeze()
        gc.enable()
    atexit.register(_close)


def _close() -> None:
    """Close the database as the command ends: SQLite then leaves nothing beside its one file."""
    from django.db import connections  # noqa: PLC0415 (Django isn't ready before)

    connections.close_all()


def need_tables() -> None:
    """Refuse to read a database that isn't set up for this version of Remit.

    Raises:
        InputError: saying how to set it up, or that a newer version did.
    """
    from remit.watching import setting_up  # noqa: PLC0415 (its tables need Django started)

    setting_up.need_tables()


def set_up_tables() -> None:
    """Make or change the tables for this version; where several start at once, one after the other.

    Raises:
        InputError: a newer version set up this database, or it refuses a change.
    """
    from remit.watching import setting_up  # noqa: PLC0415 (its tables need Django started)

    setting_up.set_up_tables()
