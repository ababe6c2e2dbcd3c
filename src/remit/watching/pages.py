"""The pages for an error that nobody foresaw, and for a database that is away."""

from __future__ import annotations

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader

from remit.core.log_fields import fields_now

_BROKEN, _NOT_NOW = 500, 503
_AGAIN_AFTER_SECONDS = "30"


def broken(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (Django names it)
    """It needs nothing: no database, no session, no member. With the mark by which it is found in the log."""
    is_away = isinstance(sys.exc_info()[1], InterfaceError | OperationalError)
    page = loader.render_to_string(
        "503.html" if is_away else "500.html", {"mark": fields_now().get("request", "")}
    )
    answer = HttpResponse(page, status=_NOT_NOW if is_away else _BROKEN)
    if is_away:
        answer["Retry-After"] = _AGAIN_AFTER_SECONDS
    return answer
