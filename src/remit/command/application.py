"""Starting the application behind a command that works on its database."""

from __future__ import annotations

import os

import django

from remit.config.checking import check_environment


def start_application() -> None:
    """Make Django ready; its settings come from the environment.

    Raises:
        InputError: some of them are wrong; it says which, and how to mend them, all at once.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "remit.config.settings")
    check_environment()
    django.setup()


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
