"""Letting PostgreSQL keep the plans of what finds its rows by their keys.

One plan is right for all such statements. What pages list is planned anew each time: a word of which there
is much is found another way than a rare one.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import connection

_KEPT_AFTER: Final = 2
"""After so many times the plan of a statement is kept, for as long as the connection lasts."""


@contextmanager
def plans_kept() -> Iterator[None]:
    """Statements in here are planned once for a connection; on SQLite nothing changes."""
    if connection.vendor != "postgresql":
        yield
        return
    connection.ensure_connection()
    there = connection.connection
    before = there.prepare_threshold
    there.prepare_threshold = _KEPT_AFTER
    try:
        yield
    finally:
        there.prepare_threshold = before
