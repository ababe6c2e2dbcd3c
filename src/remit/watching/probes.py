"""What machines ask: does it live, can it serve, what are its figures. Answered before all else is done.

A load balancer asks by number, not by name, and knows nobody who could sign in. So these three addresses
stand before the check of the host, sessions and sign-in, and answer with words that give nothing away.
"""

from __future__ import annotations

import hmac
import json
import logging
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from remit.watching.health import WORKER, Watch
from remit.watching.metrics import shown

_BEARER: Final = "Bearer "
_READING: Final = ("GET", "HEAD")
_log = logging.getLogger(__name__)
_watch: Final = Watch()


def health(_: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is looked at."""
    return HttpResponse("alive\n", content_type="text/plain")


def ready(request: HttpRequest) -> HttpResponse:
    """Whether pages can be served: 200, or 503 with what fails in a word each.

    A worker that fell silent is told, but pages are served without it; a server that left its load balancer
    for that would make a small trouble a large one. Who wants to hear of it asks `/ready?worker=needed`.
    """
    failed = _watch.failing()
    in_the_way = failed if request.GET.get("worker") == "needed" else failed - {WORKER}
    answer = json.dumps({"ready": not in_the_way, "failed": sorted(failed)})
    return HttpResponse(f"{answer}\n", "application/json", 503 if in_the_way else 200)


def metrics(request: HttpRequest) -> HttpResponse:
    """The figures, for who knows the key; without a key there is no such address."""
    if not settings.METRICS_KEY:
        return HttpResponse("There are no figures without REMIT_METRICS_KEY.\n", "text/plain", 404)
    given = request.headers.get("Authorization", "")
    if not given.startswith(_BEARER) or not _is_key(given.removeprefix(_BEARER)):
        response = HttpResponse("A key is needed.\n", "text/plain", 401)
        response["WWW-Authenticate"] = 'Bearer realm="metrics"'
        return response
    text, media_type = shown(request.headers.get("Accept", ""))
    return HttpResponse(text, content_type=media_type)


def _is_key(given: str) -> bool:
    return hmac.compare_digest(given.strip().encode(), settings.METRICS_KEY.encode())


PROBES: Final[Mapping[str, Callable[[HttpRequest], HttpResponse]]] = MappingProxyType(
    {"/health": health, "/ready": ready, "/metrics": metrics}
)


def answered(request: HttpRequest) -> HttpResponse | None:
    """The answer to one of them; None for all other addresses."""
    probe = PROBES.get(request.path_info)
    if probe is None:
        return None
    try:
        response = (
            probe(request)
            if request.method in _READING
            else HttpResponseNotAllowed(_READING, b"", "text/plain")
        )
    except Exception:  # noqa: BLE001 (it is logged; these stand outside of what else catches errors)
        _log.exception("A probe couldn't be answered.")
        response = HttpResponse("It couldn't be looked at.\n", "text/plain", 500)
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
