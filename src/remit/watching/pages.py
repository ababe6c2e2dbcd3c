"""The pages for an error that nobody foresaw, and for a database that is away or a disk that is full."""

from __future__ import annotations

import errno
import sys
from typing import Final

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader

from remit.core.log_fields import fields_now

_BROKEN, _NOT_NOW = 500, 503
_AGAIN_AFTER_SECONDS = "30"
_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
_OF_POSTGRESQL, _OF_SQLITE = "53100", "SQLITE_FULL"


def broken(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (Django names it)
    """It needs nothing: no database, no session, no member. With the mark by which it is found in the log."""
    error = sys.exc_info()[1]
    is_full = _has_no_room(error)
    is_away = is_full or isinstance(error, InterfaceError | OperationalError)
    words = {"mark": fields_now().get("request", ""), "is_full": is_full}
    page = loader.render_to_string("503.html" if is_away else "500.html", words)
    answer = HttpResponse(page, status=_NOT_NOW if is_away else _BROKEN)
    if is_away:
        answer["Retry-After"] = _AGAIN_AFTER_SECONDS
    return answer


def _has_no_room(error: BaseException | None) -> bool:
    """Whether a disk is full: that of the files, or that of the database."""
    if isinstance(error, OSError):
        return error.errno in _NO_ROOM
    said = error.__cause__ if isinstance(error, OperationalError) else None
    return (
        getattr(said, "sqlstate", "") == _OF_POSTGRESQL or getattr(said, "sqlite_errorname", "") == _OF_SQLITE
    )
