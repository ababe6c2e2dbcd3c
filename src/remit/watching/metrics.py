"""Figures for Prometheus: requests of all processes of this server, and how work and database stand."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import groupby
from typing import Final

from django.db import DatabaseError, connection
from prometheus_client import CollectorRegistry, Histogram
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import choose_encoder
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from remit.watching.figures import Figure, figures
from remit.watching.tables import this_version

_KEPT_SECONDS: Final = 5.0
_SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

_own = CollectorRegistry()
_requests = Histogram(
    "remit_request_seconds",
    "Time that a request took, by the name of its route.",
    ("method", "route", "status"),
    buckets=_SECONDS,
    registry=_own,
)


def count_request(method: str, route: str, status: int, seconds: float) -> None:
    """Add one request.

    Args:
        method: of HTTP, or `other`.
        route: the name of its address, never the address.
        status: the code of the answer.
        seconds: that it took.
    """
    _requests.labels(method, route, str(status)).observe(seconds)


def shown(accepted: str) -> tuple[bytes, str]:
    """All figures as text, and its media type.

    Args:
        accepted: the media types that the reader says it takes.
    """
    registry = _own
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:  # set by remit serve before its processes start
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    encode, media_type = choose_encoder(accepted)
    both = CollectorRegistry()
    both.register(_Requests(registry))
    both.register(_house)
    return encode(both), media_type


class _Requests(Collector):
    """What the processes of this server counted."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._registry = registry

    def collect(self) -> Iterator[Metric]:
        """All of it."""
        yield from self._registry.collect()


class _House(Collector):
    """How work and database stand; asked for again after some seconds at the earliest."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._asked_at: float | None = None
        self._figures: list[Figure] = []

    def describe(self) -> list[Metric]:
        """Nothing: to know the names it needn't ask the database."""
        return []

    def collect(self) -> Iterator[Metric]:
        """Each figure; `remit_database_up` is 0, and the others are missing, where there is no database."""
        yield _info()
        with self._turn:
            is_up = self._ask()
            found = list(self._figures)
        up = GaugeMetricFamily("remit_database_up", "1 while the database answers, else 0.")
        up.add_metric((), float(is_up))
        yield up
        for name, group in groupby(found if is_up else [], key=lambda figure: figure.name):
            yield _family(name, list(group))

    def _ask(self) -> bool:
        """Look at the database, unless that was done a moment ago; False where it doesn't answer."""
        at = time.monotonic()
        if self._asked_at is not None and at - self._asked_at < _KEPT_SECONDS:
            return True
        self._asked_at = None
        try:
            self._figures = list(figures())
        except DatabaseError:
            with suppress(DatabaseError):
                connection.close()
            return False
        self._asked_at = at
        return True


def _info() -> Metric:
    family = GaugeMetricFamily("remit_info", "1; the label says which version runs.", labels=("version",))
    family.add_metric((this_version(),), 1)
    return family


def _family(name: str, same: list[Figure]) -> Metric:
    labels = tuple(same[0].labels)
    family = GaugeMetricFamily(name, same[0].about, labels=labels)
    for figure in same:
        family.add_metric([figure.labels[label] for label in labels], figure.value)
    return family


_house: Final = _House()
