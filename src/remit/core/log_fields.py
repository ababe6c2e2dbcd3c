"""What every line of the log is about, for as long as it is: a request, a job. Words of people never."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType
from typing import Final

_NOTHING: Final[Mapping[str, object]] = MappingProxyType({})
_now: ContextVar[Mapping[str, object]] = ContextVar("log_fields", default=_NOTHING)


@contextmanager
def lines_about(**fields: object) -> Iterator[None]:
    """Within this context every line of this thread carries these fields, too.

    Args:
        fields: numbers, names of code, marks that nobody can guess a person from.
    """
    token = _now.set({**_now.get(), **fields})
    try:
        yield
    finally:
        _now.reset(token)


def fields_now() -> Mapping[str, object]:
    """The fields that hold at this moment."""
    return _now.get()
