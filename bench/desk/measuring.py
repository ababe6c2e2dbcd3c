"""Opens the pages of the desk again and again: how often they ask, how long they take, what is read whole."""

from __future__ import annotations

import json
import os
import sys
import time
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

from bench.desk.filling import fill  # noqa: E402
from bench.desk.plans import read_whole, reading  # noqa: E402
from remit.complaints.filters import TAB_WORDS  # noqa: E402
from remit.complaints.models import Complaint  # noqa: E402
from remit.demo.cast import MAIN  # noqa: E402
from remit.people.models import Member  # noqa: E402

_LARGE: Final = 5000
"""Rows from which on a table is too large to be read whole."""
_TIMES: Final = 20
_WHO: Final = {"ana": "a member of one team", "ola": "the owner of ten"}


@dataclass(frozen=True, slots=True)
class Page:
    """What is opened: what it is called, where it is, and whether only a part of it is fetched."""

    words: str
    address: str
    is_part: bool = False


@dataclass(frozen=True, slots=True)
class Measured:
    """What came out: times in milliseconds, and the large tables that were read whole."""

    who: str
    words: str
    queries: int
    p50: float
    p95: float
    whole: list[str]


def pages() -> list[Page]:
    """The main pages, of a complaint in the middle of all that are open."""
    some = (
        Complaint.objects.filter(closed_at=None, team__word=MAIN.word)
        .exclude(order=None)
        .exclude(customer=None)
    )
    complaint = some.order_by("pk")[some.count() // 2]
    at = f"/complaints/{complaint.number}/"
    newest = Complaint.objects.order_by("-number").values_list("number", flat=True)[0]
    return [
        *(Page(f"List: {words}", f"/complaints/?tab={tab}") for tab, words in TAB_WORDS.items()),
        Page("List: one category", f"/complaints/?tab=all&category={complaint.category}"),
        Page("Search: a word", "/complaints/?q=cold"),
        Page("Search: two words", "/complaints/?q=cold+pizza"),
        Page("Search: a number", f"/complaints/?q=C-{complaint.number}"),
        Page("New ones", f"/complaints/new-ones/?since={newest - 3}", is_part=True),
        Page("Complaint", at),
        *_parts(at),
        Page("Approvals", "/approvals/"),
        Page("To hand over", "/remedies/"),
        Page("Customers", "/customers/"),
        Page("Customers: a name", "/customers/?q=anna"),
        Page("Customer", f"/customers/{complaint.customer_id}/"),
        Page("Customer's page", f"/c/{complaint.token}/"),
        Page("Charter", f"/charter/{MAIN.word}/"),
        Page("Notices", "/notices/"),
    ]


def _parts(at: str) -> list[Page]:
    """What the page of a complaint fetches by itself."""
    return [
        Page("Make it right, while typing", f"{at}make-it-right/?kind=refund&value=12", is_part=True),
        Page("Complaints like this one", f"{at}alike/", is_part=True),
        Page("What happened", f"{at}timeline/", is_part=True),
    ]


def large_tables() -> set[str]:
    """The tables with many rows."""
    found = set()
    for model in apps.get_models(include_auto_created=True):
        if model._default_manager.all()[:_LARGE].count() == _LARGE:  # noqa: SLF001
            found.add(model._meta.db_table)  # noqa: SLF001
    return found


def measured(client: Client, who: str, page: Page, large: set[str]) -> Measured:
    """Open a page many times."""
    headers = {"HX-Request": "true"} if page.is_part else {}
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(page.address, headers=headers)
    if answer.status_code != 200:
        raise SystemExit(f"{page.address}: {answer.status_code}")
    queries = len(asked)
    whole = {table for sql in reading(asked.captured_queries) for table in read_whole(sql)}
    times = []
    for _ in range(_TIMES):
        started = time.perf_counter()
        client.get(page.address, headers=headers)
        times.append((time.perf_counter() - started) * 1000)
    cuts = quantiles(times, n=20, method="inclusive")
    return Measured(who, page.words, queries, cuts[9], cuts[18], sorted(whole & large))


def main() -> None:
    """Fill the database, measure, and write what came out as JSON."""
    count = fill(int(sys.argv[1]))
    large = large_tables()
    found = []
    for word, who in _WHO.items():
        client = Client(headers={"host": "localhost"})
        client.force_login(Member.objects.get(word=word), backend="remit.people.signing_in.MailAndPassword")
        found += [measured(client, who, page, large) for page in pages()]
    print(json.dumps({"complaints": count, "lines": [asdict(each) for each in found]}))


if __name__ == "__main__":
    main()
