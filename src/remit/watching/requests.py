"""A line in the log for every request, and one more in the figures; and the mark by which it is found."""

from __future__ import annotations

import logging
import re
import secrets
import time
from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse

from remit.core.log_fields import lines_about
from remit.watching.metrics import count_request
from remit.watching.probes import answered

HEADER: Final = "X-Request-ID"
_WELL_FORMED: Final = re.compile(r"[0-9a-f-]{16,64}", re.IGNORECASE)
"""Hexadecimal, as proxies make it: what anybody can send ends in the log, and nothing else shall."""

_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_NO_ROUTE: Final = "none"
_STATIC: Final = "static"
_log = logging.getLogger("remit.requests")


class Watched:
    """The outermost layer: answers probes, and watches over everything else.

    The line says which route it was by name. Addresses stay out of it: those of customers and of links hold
    secrets.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Goes on, and writes down how it went."""
        probed = answered(request)
        if probed is not None:
            return probed
        mark = mark_of(request)
        queries = _Queries()
        begun = time.perf_counter()
        with lines_about(request=mark), connection.execute_wrapper(queries):
            response = self._get_response(request)
            response[HEADER] = mark
            _tell(request, response, time.perf_counter() - begun, queries.count)
        return response


def mark_of(request: HttpRequest) -> str:
    """The mark that a proxy gave to a request, where it is well formed; else a new one."""
    given = request.headers.get(HEADER, "")
    return given.lower() if _WELL_FORMED.fullmatch(given) else secrets.token_hex(16)


def method_of(request: HttpRequest) -> str:
    """The method of HTTP; `other` for what isn't one, so that nobody can make up words and labels."""
    return request.method if request.method in _METHODS else "other"


def route_of(request: HttpRequest) -> str:
    """The name of the address that a request came to; never the address itself."""
    match = request.resolver_match
    if match is not None:
        return match.view_name or _NO_ROUTE
    return _STATIC if request.path_info.startswith(settings.STATIC_URL) else _NO_ROUTE


def _tell(request: HttpRequest, response: HttpResponse, seconds: float, queries: int) -> None:
    route = route_of(request)
    # Files of the pages would drown what somebody looks for.
    level = logging.DEBUG if route == _STATIC else logging.INFO
    _log.log(
        level,
        "A request was answered.",
        extra={
            "method": method_of(request),
            "route": route,
            "status": response.status_code,
            "ms": round(seconds * 1000, 1),
            "queries": queries,
        },
    )
    if settings.METRICS_KEY:
        count_request(method_of(request), route, response.status_code, seconds)


class _Queries:
    """Counts what is asked of the database."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute: Callable[..., Any], sql: Any, params: Any, many: Any, context: Any) -> Any:  # noqa: ANN401
        """One more."""
        self.count += 1
        return execute(sql, params, many, context)
