"""Opens the pages of django-helpdesk as those of Remit are opened; what came out as JSON."""

from __future__ import annotations

import argparse
import json
import os
import re
import time
from collections.abc import Callable
from statistics import quantiles
from typing import Any, Final
from urllib.parse import urlencode

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.desk.helpdesk.settings")
django.setup()

from django.contrib.auth import get_user_model  # noqa: E402 (only once Django is set up)
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from helpdesk.models import FollowUp, Ticket  # noqa: E402

from bench.desk.helpdesk.filling import fill, source  # noqa: E402
from bench.desk.pinning import core_seconds, pin  # noqa: E402

_SLOW: Final = 2.0
"""Seconds from which on a page is opened only a few times."""
_FEW: Final = 2
_ROWS: Final = re.compile(r"/datatables_ticket_list/[^\"'?<]+")
Opened = Callable[[], None]


def pages(client: Client, texts: dict[str, str], tickets: dict[str, int]) -> dict[str, Opened]:
    """The pages that both have, named as those of Remit; a list and a search with the rows they fetch."""

    def page(address: str) -> Opened:
        return lambda: _get(client, address)

    def rows(query: str) -> Opened:
        def opened() -> None:
            page = _get(client, f"/tickets/?{query}").content.decode()
            found = _ROWS.search(page)
            if found is None:
                raise SystemExit(f"The list of {query} says nowhere where its rows are.")
            _get(client, f"{found[0]}?start=0&length=50&draw=1")

        return opened

    return {
        "List: Open": rows("status=1&sort=created&sortreverse=on"),
        "List: All": rows("sort=created&sortreverse=on"),
        **{f"Search: {words}": rows(urlencode({"q": q})) for words, q in texts.items()},
        "Complaint, 5 messages": page(f"/tickets/{tickets['usual']}/"),
        "Complaint, 300 messages": page(f"/tickets/{tickets['longest']}/"),
        "Public form": page("/tickets/submit/"),
    }


def _get(client: Client, address: str) -> Any:  # noqa: ANN401 (an answer of Django)
    answer = client.get(address)
    if answer.status_code != 200:
        raise SystemExit(f"{address}: {answer.status_code} {answer.headers} {answer.content.decode()[:1500]}")
    return answer


def measured(words: str, opened: Opened, rounds: int, times: int) -> dict[str, Any]:
    """How often it asks and how long it takes, in milliseconds; the quickest round counts."""
    started = time.perf_counter()
    with CaptureQueriesContext(connection) as asked:
        opened()
    queries = asked.final_queries - asked.initial_queries if asked.final_queries else len(asked)
    if time.perf_counter() - started > _SLOW:
        rounds, times = 1, _FEW
    found, worked = [], core_seconds()
    for _ in range(rounds):
        cuts = quantiles([_milliseconds(opened) for _ in range(times)], n=20, method="inclusive")
        found.append((cuts[9], cuts[18]))
    cpu = (core_seconds() - worked) * 1000 / (rounds * times)
    p50, p95 = min(found)
    return {"words": words, "queries": queries, "p50": p50, "p95": p95, "cpu": cpu, "times": rounds * times}


def _milliseconds(opened: Opened) -> float:
    started = time.perf_counter()
    opened()
    return (time.perf_counter() - started) * 1000


def main() -> None:
    """Fill, measure, and write what came out as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("asked", help="JSON: what is looked for, and the numbers of two tickets")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--times", type=int, default=12)
    options = parser.parse_args()
    asked = json.loads(options.asked)
    fill(source())
    pin()
    client = Client(headers={"host": "localhost"})
    client.force_login(get_user_model().objects.get(username__startswith="ola-"))
    lines = [
        measured(words, opened, options.rounds, options.times)
        for words, opened in pages(client, asked["texts"], asked["tickets"]).items()
    ]
    said = {"tickets": Ticket.objects.count(), "followups": FollowUp.objects.count(), "lines": lines}
    print(json.dumps(said))


if __name__ == "__main__":
    main()
