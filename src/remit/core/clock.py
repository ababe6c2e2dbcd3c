"""The one clock. Everything that happens now asks it, so that tests and the demo can say when now is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

_said: ContextVar[datetime | None] = ContextVar("_said", default=None)


def now() -> datetime:
    """This moment, aware, in UTC."""
    return _said.get() or timezone.now()


def today(zone: str) -> date:
    """The day on the wall clock of a time zone (its IANA name)."""
    return now().astimezone(ZoneInfo(zone)).date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Within this context it is another moment, for this thread.

    Args:
        moment: aware.
    """
    token = _said.set(moment)
    try:
        yield
    finally:
        _said.reset(token)
