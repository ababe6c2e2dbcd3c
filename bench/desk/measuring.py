"""Opens the pages of the desk again and again: how often they ask, how long they take, what is read whole."""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import quantiles
from typing import Final

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "remit.config.settings")
django.setup()

from django.apps import apps  # noqa: E402 (only once Django is set up)
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

import remit.config.wsgi  # noqa: E402, F401 (all is loaded before the first page, as in a server)
from bench.desk.filling import fill  # noqa: E402
from bench.desk.pages import Page, pages, to_decide  # noqa: E402
from bench.desk.pinning import core_seconds, pin  # noqa: E402
from bench.desk.plans import read_whole, reading  # noqa: E402
from remit.complaints.models import Complaint, Message  # noqa: E402
from remit.demo.cast import MAIN  # noqa: E402
from remit.people.models import Member  # noqa: E402

_LARGE: Final = 5000
"""Rows from which on a table is too large to be read whole."""
_WHO: Final = {"ana": "a member of the largest team", "ola": "the owner of all ten"}
_WELL: Final = {200, 302}


@dataclass(frozen=True, slots=True)
class Measured:
    """What came out: times in milliseconds, and the large tables that were read whole.

    Attributes:
        cpu: milliseconds that the core worked for it, in this process and in that of PostgreSQL, on average:
            what it takes on a machine where nobody else wants the core.
    """

    who: str
    words: str
    queries: int
    p50: float
    p95: float
    cpu: float
    whole: list[str]


def large_tables() -> set[str]:
    """The tables with many rows."""
    found = set()
    for model in apps.get_models(include_auto_created=True):
        if model._default_manager.all()[:_LARGE].count() == _LARGE:  # noqa: SLF001
            found.add(model._meta.db_table)  # noqa: SLF001
    return found


def measured(client: Client, who: str, page: Page, large: set[str], *, rounds: int, times: int) -> Measured:
    """Open a page many times, in rounds, of which the quickest counts: others use this machine too."""
    _opened(client, page)  # as in a server that runs: the charters in force are compiled, the templates read
    with CaptureQueriesContext(connection) as asked:
        _opened(client, page)
    queries = len(asked)
    whole = {table for sql in reading(asked.captured_queries) for table in read_whole(sql)}
    found, worked = [], core_seconds()
    for _ in range(rounds):
        cuts = quantiles([_opened(client, page) for _ in range(times)], n=20, method="inclusive")
        found.append((cuts[9], cuts[18]))
    cpu = (core_seconds() - worked) * 1000 / (rounds * times)
    p50, p95 = min(found)
    return Measured(who, page.words, queries, p50, p95, cpu, sorted(whole & large))


def opened_as(
    opened: Sequence[Page], large: set[str], *, rounds: int, times: int, only_owner: bool = False
) -> list[Measured]:
    """Open pages as a member of the largest team, and as the owner of all of them, or only as the owner."""
    return [
        measured(client, who, page, large, rounds=rounds, times=times)
        for word, who in list(_WHO.items())[only_owner:]
        for client in [_signed_in(word)]
        for page in opened
    ]


def _signed_in(word: str) -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(Member.objects.get(word=word), backend="remit.people.signing_in.MailAndPassword")
    return client


def _opened(client: Client, page: Page) -> float:
    """Milliseconds that it took; what is sent is made before."""
    address, sent = page.sends() if page.sends else (page.address, None)
    headers = {"HX-Request": "true"} if page.is_part else {}
    started = time.perf_counter()
    if sent is None:
        answer = client.get(address, headers=headers, follow=True)
    else:
        answer = client.post(address, sent, headers=headers)
    took = (time.perf_counter() - started) * 1000
    if answer.status_code not in _WELL:
        raise SystemExit(f"{address}: {answer.status_code} {answer.content.decode()[:2000]}")
    return took


def journal(client: Client) -> dict[str, float]:
    """How long the journal of the last thirty days takes: to its first line, and as a whole."""
    day = MAIN_DAY.format(time.strftime("%Y-%m-%d", time.gmtime(time.time() - 30 * 86400)))
    started = time.perf_counter()
    parts = iter(client.get(day))
    first = next(parts)
    to_first = time.perf_counter() - started
    lines = first.count(b"\n") + sum(part.count(b"\n") for part in parts)
    return {"first": to_first * 1000, "seconds": time.perf_counter() - started, "lines": lines}


MAIN_DAY: Final = f"/books/{MAIN.word}/journal/?since={{}}"


def main() -> None:
    """Fill the database, measure, and write what came out as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("complaints", type=int)
    parser.add_argument("--fill-only", action="store_true")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--times", type=int, default=12)
    parser.add_argument("--only", action="append", help="a page, by its words; all by default")
    parser.add_argument("--owner", action="store_true", help="only as the owner")
    options = parser.parse_args()
    count = fill(options.complaints) if options.complaints else Complaint.objects.count()
    if options.fill_only:
        print(json.dumps({"rows": f"{count:,} complaints", "lines": []}))
        return
    pin()
    large = large_tables()
    opened = [page for page in [*pages(), to_decide()] if not options.only or page.words in options.only]
    found = opened_as(opened, large, rounds=options.rounds, times=options.times, only_owner=options.owner)
    said: dict[str, object] = {
        "rows": f"{count:,} complaints, {Message.objects.count():,} messages",
        "lines": [asdict(each) for each in found],
    }
    if not options.only:
        said |= {"journal": journal(_signed_in("ola"))}
    print(json.dumps(said))


if __name__ == "__main__":
    main()
